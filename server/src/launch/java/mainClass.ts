// The file of the class that a JVM program starts with: named by the command or the build file, else found by the habits
// of its name.

import type { Uri } from '../../base/uri.ts';
import { basename, joinUri } from '../../base/uri.ts';
import type { ContainerProcess } from '../launcher.ts';
import type { JavaStart } from './commandLine.ts';
import type { JavaBuild } from './projects.ts';

const MOST_FOLDERS = 300;
const sourceFolders = ['src/main/java', 'src/main/kotlin', 'src'];
/** Likeliest first. */
const habits = [
  /^\w*Application\.(?:java|kt)$/,
  /^(?:Main|App)\.(?:java|kt)$/,
  /^\w*(?:Main|App|Server|Launcher)\.(?:java|kt)$/,
];

/** Folders of sources of a module and of those it uses. */
export function sourceRoots(build: JavaBuild): readonly Uri[] {
  return build.folders.flatMap((folder) => sourceFolders.map((path) => joinUri(folder, path)));
}

export function mainClassFile(process: ContainerProcess, build: JavaBuild, start: JavaStart): Uri | undefined {
  const named = commandClass(start) ?? build.project.mainClass?.value;
  const found = named === undefined ? undefined : classFile(process, build, named);
  return found ?? habitualFile(process, build);
}

function commandClass({ target }: JavaStart): string | undefined {
  if (target?.kind !== 'class' || target.name.state !== 'known') return undefined;
  return target.name.value.replace(/^[^/]*\//, '');
}

/** Kotlin's top-level functions stand in a class that is called like the file. */
function classFile(process: ContainerProcess, build: JavaBuild, name: string): Uri | undefined {
  const path = name.replace(/\$.*$/, '').replaceAll('.', '/');
  for (const root of sourceRoots(build)) {
    for (const candidate of [`${path}.java`, `${path}.kt`, `${path.replace(/Kt$/, '')}.kt`]) {
      const uri = joinUri(root, candidate);
      if (process.files.exists(uri)) return uri;
    }
  }
  // Kotlin need not put packages into folders.
  const short = path.slice(path.lastIndexOf('/') + 1).replace(/Kt$/, '');
  const same = programFiles(process, build).filter((uri) => basename(uri) === `${short}.kt`);
  return same.length === 1 ? same[0] : undefined;
}

/** The one file that is named like a program; undefined where there are several. */
function habitualFile(process: ContainerProcess, build: JavaBuild): Uri | undefined {
  const files = programFiles(process, build);
  for (const habit of habits) {
    const found = files.filter((uri) => habit.test(basename(uri)));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return files.length === 1 ? files[0] : undefined;
}

function programFiles(process: ContainerProcess, build: JavaBuild): readonly Uri[] {
  const open = sourceFolders.slice(0, 2).map((path) => joinUri(build.folder, path));
  const files: Uri[] = [];
  for (let index = 0; index < open.length && index < MOST_FOLDERS; index++) {
    const folder = open[index];
    if (folder === undefined) break;
    files.push(...process.files.list(folder).filter((uri) => /\.(?:java|kt)$/.test(uri)));
    open.push(...process.files.folders(folder));
  }
  return files;
}
