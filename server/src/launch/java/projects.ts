// Which folder of the workspace an archive of the image was built from, and what that project says with its parents and
// the modules it uses.

import type { Uri } from '../../base/uri.ts';
import { basename, dirname, joinUri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { JavaProject } from '../../facts/javaProject.ts';
import type { Known } from '../../facts/value.ts';
import { containerPath } from '../argv.ts';
import type { ContainerProcess } from '../launcher.ts';
import { lastSegment } from '../text.ts';
import { hintedModules } from './moduleHints.ts';
import { versionCatalog } from './versionCatalog.ts';

export interface JavaBuild {
  /** The folder of the module that is built. */
  readonly folder: Uri;
  readonly file: Uri;
  readonly project: JavaProject;
  /** Libraries of the module, of its parents and of the modules it uses. */
  readonly dependencies: readonly Known<string>[];
  readonly plugins: readonly string[];
  readonly complete: boolean;
  /** The module's folder and those of the modules it uses: their resources end in the archive. */
  readonly folders: readonly Uri[];
}

const MOST_LEVELS = 6;
const MOST_MODULES = 60;
const buildFiles = ['build.gradle', 'build.gradle.kts', 'pom.xml'];
const settingsFiles = ['settings.gradle', 'settings.gradle.kts'];

/** The build behind an archive, a script or a folder of classes at a path of the container. */
export function javaBuild(process: ContainerProcess, path: string): JavaBuild | 'several' | undefined {
  const absolute = containerPath(process, path);
  const target = process.image.workspaceUri(absolute);
  const copied = target === undefined ? copiedFrom(process, absolute) : undefined;
  const folder = target === undefined ? folderBySource(process, copied) : buildFolder(process, dirname(target));
  if (folder === undefined) return undefined;
  return applicationIn(
    process,
    folder,
    [target, copied, absolute].flatMap((name) => archiveStem(name) ?? []),
  );
}

/** The build that a folder of the workspace holds: `mvn -pl api spring-boot:run` names a module. */
export function buildIn(process: ContainerProcess, folder: Uri, module?: string): JavaBuild | 'several' | undefined {
  const root = buildFolder(process, folder);
  return root === undefined ? undefined : applicationIn(process, root, module === undefined ? [] : [module]);
}

/** The nearest folder at or above one that holds a build file. */
function buildFolder(process: ContainerProcess, folder: Uri): Uri | undefined {
  let current = folder;
  for (let level = 0; level < MOST_LEVELS && current.includes('://'); level++) {
    if (buildFileIn(process, current) !== undefined || settingsIn(process, current) !== undefined) return current;
    current = dirname(current);
  }
  return undefined;
}

function buildFileIn(process: ContainerProcess, folder: Uri): Uri | undefined {
  return buildFiles.map((name) => joinUri(folder, name)).find((uri) => process.files.exists(uri));
}

function settingsIn(process: ContainerProcess, folder: Uri): Uri | undefined {
  return settingsFiles.map((name) => joinUri(folder, name)).find((uri) => process.files.exists(uri));
}

function projectAt(process: ContainerProcess, file: Uri | undefined): JavaProject | undefined {
  return file === undefined ? undefined : factOf(process.files.facts(file), 'javaProject');
}

/** The source that a COPY line of the build names for a path: `/workspace/api/build/libs/*.jar`. */
function copiedFrom(process: ContainerProcess, absolute: string): string | undefined {
  for (const text of process.buildTexts.toReversed()) {
    const words = text.split(' ');
    const destination = words.at(-1) ?? '';
    const source = words.find((word) => /\.[jw]ar$|\/(?:target|build)(?:\/|$)/.test(word));
    if (words.length < 2 || source === undefined || source === destination) continue;
    const isFile = lastSegment(destination) === lastSegment(absolute);
    if (isFile || absolute.startsWith(containerPath(process, destination))) return source;
  }
  return undefined;
}

/** The deepest folder of the workspace whose path ends like the source's, else the build's own folder. */
function folderBySource(process: ContainerProcess, source: string | undefined): Uri | undefined {
  const { context } = process;
  if (context === undefined) return undefined;
  const path = source?.replace(/\/?(?:target|build|out)(?:\/.*)?$/, '') ?? '';
  const segments = path.split('/').filter(Boolean);
  for (let start = 0; start < segments.length; start++) {
    const folder = joinUri(context, segments.slice(start).join('/'));
    if (buildFileIn(process, folder) !== undefined) return folder;
  }
  return buildFolder(process, context);
}

function archiveStem(path: string | undefined): string | undefined {
  const name = path === undefined ? '' : lastSegment(path);
  const stem = name.replace(/\.[jw]ar$/, '').replace(/[-_]?(?:[*?]|\d+\.\d|\$).*$/, '');
  return stem === '' || stem === 'app' ? undefined : stem;
}

/** The project of a folder, or the one of its modules that makes a program. */
function applicationIn(
  process: ContainerProcess,
  folder: Uri,
  names: readonly string[],
): JavaBuild | 'several' | undefined {
  const file = buildFileIn(process, folder);
  const modules = modulesBelow(process, folder);
  const own = projectAt(process, file);
  if (file !== undefined && own !== undefined && (modules.length === 0 || holdsProgram(process, folder, own))) {
    return assembled(process, folder, file, own);
  }
  const builds = modules.flatMap((module) => {
    const uri = buildFileIn(process, module);
    const project = projectAt(process, uri);
    return uri !== undefined && project !== undefined && project.packaging !== 'modules'
      ? [assembled(process, module, uri, project)]
      : [];
  });
  const named = builds.filter((build) => names.some((name) => isNamed(build, name)));
  const programs = (named.length > 0 ? named : builds).filter(makesProgram);
  if (programs.length > 1) {
    const hinted = hintedModules(
      process,
      folder,
      programs.map((build) => build.folder),
    );
    return hinted.length === 1 ? programs.find((build) => build.folder === hinted[0]) : 'several';
  }
  if (programs.length === 1) return programs[0];
  if (programs.length === 0 && named.length === 1) return named[0];
  if (builds.length > 0) return 'several';
  return file === undefined || own === undefined ? undefined : assembled(process, folder, file, own);
}

/** A root project may have modules and be a program itself. */
function holdsProgram(process: ContainerProcess, folder: Uri, project: JavaProject): boolean {
  return project.packaging !== 'modules' && process.files.folderExists(joinUri(folder, 'src/main'));
}

function makesProgram({ project, plugins }: JavaBuild): boolean {
  if (project.mainClass !== undefined) return true;
  return plugins.some((plugin) =>
    /^org\.springframework\.boot$|spring-boot-maven-plugin$|quarkus|^application$|shadow|maven-shade-plugin$|maven-assembly-plugin$|ktor|micronaut/.test(
      plugin,
    ),
  );
}

function isNamed({ folder, project }: JavaBuild, name: string): boolean {
  return [basename(folder), project.name, project.archiveName].includes(name);
}

/** Folders of all modules that a root names, and of theirs. */
function modulesBelow(process: ContainerProcess, root: Uri): readonly Uri[] {
  const found: Uri[] = [];
  const open = [root];
  while (open.length > 0 && found.length < MOST_MODULES) {
    const folder = open.shift();
    if (folder === undefined) break;
    const listing = projectAt(process, settingsIn(process, folder))?.modules ?? [];
    const modules = [...listing, ...(projectAt(process, buildFileIn(process, folder))?.modules ?? [])];
    for (const module of modules) {
      const child = joinUri(folder, module);
      if (child === root || found.includes(child)) continue;
      found.push(child);
      open.push(child);
    }
  }
  return found;
}

function assembled(process: ContainerProcess, folder: Uri, file: Uri, project: JavaProject): JavaBuild {
  const parents = parentsOf(process, folder);
  const used = usedModules(process, folder, project, [...parents.keys()].at(-1) ?? folder);
  const projects = [project, ...parents.values(), ...used.values()];
  const catalog = versionCatalog(process, folder);
  const missing = projects
    .flatMap(({ dependencies }) => dependencies)
    .filter(({ value }) => value.startsWith('project:'));
  return {
    folder,
    file,
    project,
    dependencies: projects.flatMap(({ dependencies }) => dependencies.flatMap((name) => catalog.resolve(name))),
    plugins: [project, ...parents.values()].flatMap(({ plugins }) =>
      plugins.flatMap((plugin) => catalog.plugin(plugin)),
    ),
    complete: (parents.size > 0 || projects.every(({ complete }) => complete)) && missing.length <= used.size,
    folders: [folder, ...used.keys()],
  };
}

/** Parents whose libraries the module has too, nearest first. */
function parentsOf(process: ContainerProcess, folder: Uri): ReadonlyMap<Uri, JavaProject> {
  const parents = new Map<Uri, JavaProject>();
  let current = dirname(folder);
  for (let level = 0; level < MOST_LEVELS && current.includes('://'); level++) {
    const project = projectAt(process, buildFileIn(process, current));
    if (project?.appliesToModules) parents.set(current, project);
    current = dirname(current);
  }
  return parents;
}

/** Modules of the same build that a project uses, and those that they use. */
function usedModules(
  process: ContainerProcess,
  folder: Uri,
  project: JavaProject,
  root: Uri,
): ReadonlyMap<Uri, JavaProject> {
  const used = new Map<Uri, JavaProject>();
  const open = [{ folder, project }];
  const places = [root, dirname(folder), dirname(dirname(folder)), folder];
  while (open.length > 0 && used.size < MOST_MODULES) {
    const current = open.shift();
    for (const { value } of current?.project.dependencies ?? []) {
      const path = value.startsWith('project:') ? value.slice('project:'.length) : siblingName(current?.project, value);
      if (path === undefined) continue;
      const child = places
        .map((place) => joinUri(place, path))
        .find((place) => buildFileIn(process, place) !== undefined);
      const found = child === undefined ? undefined : projectAt(process, buildFileIn(process, child));
      if (child === undefined || found === undefined || child === folder || used.has(child)) continue;
      used.set(child, found);
      open.push({ folder: child, project: found });
    }
  }
  return used;
}

/** Maven names modules as it names libraries; their folders are mostly called like their artifacts. */
function siblingName(project: JavaProject | undefined, dependency: string): string | undefined {
  if (project?.tool !== 'maven' || /^(?:org\.springframework|io\.quarkus|org\.apache)/.test(dependency))
    return undefined;
  return dependency.slice(dependency.indexOf(':') + 1);
}
