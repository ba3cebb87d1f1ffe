// What a Dockerfile says about the module that its image is built from: paths of archives that it copies, tasks that it
// runs, the folder that it lies in.

import type { Uri } from '../../base/uri.ts';
import { dirname, isWithin, relativePath } from '../../base/uri.ts';
import { runTexts } from '../buildTexts.ts';
import type { ContainerProcess } from '../launcher.ts';
import { wordText } from '../text.ts';

const ARCHIVE = /\.[jw]ar$|(?:^|\/)(?:target|build)(?:\/|$)/;

/** Of folders of modules below a root, those that the Dockerfile speaks of; empty where it speaks of none. */
export function hintedModules(process: ContainerProcess, root: Uri, modules: readonly Uri[]): readonly Uri[] {
  const names = (module: Uri) => relativePath(root, module) ?? '';
  const copied = archiveSources(process);
  const byCopy = modules.filter((module) => copied.some((source) => namesFolder(source, names(module))));
  if (byCopy.length > 0) return longest(byCopy);
  const runs = process.build === undefined ? [] : runTexts(process.build.dockerfile);
  const byRun = modules.filter((module) => runs.some((text) => runsModule(text, names(module))));
  if (byRun.length > 0) return byRun;
  const dockerfile = process.build?.dockerfile.at.uri;
  return dockerfile === undefined ? [] : modules.filter((module) => isWithin(module, dirname(dockerfile)));
}

/** `api` lies in `services/api`: the deepest folder is meant. */
function longest(modules: readonly Uri[]): readonly Uri[] {
  return modules.filter((module) => !modules.some((other) => other !== module && isWithin(module, other)));
}

/** What any stage copies from where a build puts its archives. */
function archiveSources(process: ContainerProcess): readonly string[] {
  const instructions = process.build?.dockerfile.stages.flatMap((stage) => stage.instructions) ?? [];
  return instructions.flatMap((instruction) =>
    instruction.kind === 'copy' ? instruction.sources.map(wordText).filter((source) => ARCHIVE.test(source)) : [],
  );
}

function namesFolder(source: string, name: string): boolean {
  return name !== '' && `/${source}/`.includes(`/${name}/`);
}

/** `mvn -pl api package`, `./gradlew :api:bootJar`, `cd api && mvn package`. */
function runsModule(text: string, name: string): boolean {
  const task = name.replaceAll('/', ':');
  return text
    .split(/[\s,;&|]+/)
    .some(
      (word, index, words) =>
        word.startsWith(`:${task}:`) ||
        word.startsWith(`${task}:`) ||
        (/^(?:-pl|--projects|-p|-f|cd)$/.test(words[index - 1] ?? '') && word.replace(/^:|\/pom\.xml$/g, '') === name),
    );
}
