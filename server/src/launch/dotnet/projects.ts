// Which project of the workspace a .NET program was built from: the project files that the Dockerfile names, that lie in
// the folders it builds in, and those that their solutions list.

import type { Uri } from '../../base/uri.ts';
import { basename, dirname, joinUri } from '../../base/uri.ts';
import type { Instruction } from '../../facts/dockerfile.ts';
import type { DotnetProject } from '../../facts/dotnetProject.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { knownValue } from '../../facts/value.ts';
import type { Files } from '../files.ts';
import { buildImage } from '../image.ts';
import { absolutePath } from '../imageFiles.ts';
import type { ContainerProcess, ImageBuild, ImageFiles } from '../launcher.ts';
import { wordText } from '../text.ts';

export interface Project {
  readonly uri: Uri;
  readonly project: DotnetProject;
}

const PROJECT_FILE = /\.(?:cs|fs|vb)proj$/;
const NAMED_FILE = /\.(?:(?:cs|fs|vb)proj|slnx?)$/;
const MOST_PROJECTS = 200;

/** Whether the build of the image runs .NET's compiler. */
export function isBuiltByDotnet(build: ImageBuild | undefined): build is ImageBuild {
  return (
    build?.dockerfile.stages.some(({ instructions }) =>
      instructions.some((instruction) => /\bdotnet\s+(?:publish|build)\b/.test(runText(instruction))),
    ) ?? false
  );
}

/** The project whose program is called `name`. */
export function projectNamed(process: ContainerProcess, name: string): Project | undefined {
  const { build, files } = process;
  if (build === undefined) return undefined;
  const projects = [...projectFiles(build, files, name)].slice(0, MOST_PROJECTS);
  for (const uri of projects) {
    const project = readProject(files, uri);
    if (project !== undefined && assemblyOf(uri, project) === name) return { uri, project };
  }
  return undefined;
}

export function readProject(files: Files, uri: Uri): DotnetProject | undefined {
  return files.exists(uri) ? factOf(files.facts(uri, 'dotnetProject'), 'dotnetProject') : undefined;
}

function assemblyOf(uri: Uri, project: DotnetProject): string {
  return project.assemblyName ?? basename(uri).replace(PROJECT_FILE, '');
}

/** The only project file in a folder. */
export function projectIn(files: Files, folder: Uri): Project | undefined {
  const [uri, other] = files.list(folder).filter((file) => PROJECT_FILE.test(file));
  const project = uri === undefined || other !== undefined ? undefined : readProject(files, uri);
  return uri === undefined || project === undefined ? undefined : { uri, project };
}

/** Every project file that the build may use, the likeliest first. */
function projectFiles(build: ImageBuild, files: Files, name: string): ReadonlySet<Uri> {
  const { named, folders } = placesOf(build, files);
  const found = new Set<Uri>();
  const addFile = (uri: Uri) => {
    if (!files.exists(uri)) return;
    if (PROJECT_FILE.test(uri)) found.add(uri);
    else for (const project of solutionProjects(files, uri)) found.add(project);
  };
  for (const uri of named) addFile(uri);
  for (const folder of [...folders, build.context]) {
    for (const path of ['', `/${name}`, `/src/${name}`]) {
      const inside = files.list(folder + path);
      for (const uri of inside) if (PROJECT_FILE.test(uri) || /\.slnx?$/.test(uri)) addFile(uri);
    }
  }
  for (const uri of found) {
    if (found.size > MOST_PROJECTS) break;
    for (const path of readProject(files, uri)?.projects ?? []) addFile(joinUri(dirname(uri), path));
  }
  return found;
}

function solutionProjects(files: Files, uri: Uri): readonly Uri[] {
  const solution = factOf(files.facts(uri, 'dotnetSolution'), 'dotnetSolution');
  return (solution?.projects ?? []).map((path) => joinUri(dirname(uri), path)).filter((path) => files.exists(path));
}

interface BuildPlaces {
  /** Project and solution files that instructions name. */
  readonly named: readonly Uri[];
  /** Folders that it works in or copies from. */
  readonly folders: ReadonlySet<Uri>;
}

function placesOf(build: ImageBuild, files: Files): BuildPlaces {
  const named: Uri[] = [];
  const folders = new Set<Uri>();
  for (const [index, stage] of build.dockerfile.stages.entries()) {
    const image = buildImage(build.dockerfile, index, build.context, files).files;
    let workingDirectory: string | undefined = '/';
    for (const instruction of stage.instructions) {
      if (instruction.kind === 'workdir') {
        const path = knownValue(instruction.path);
        workingDirectory = path === undefined ? undefined : absolutePath(path, workingDirectory);
        const folder = workingDirectory === undefined ? undefined : image.workspaceUri(workingDirectory);
        if (folder !== undefined) folders.add(folder);
      }
      if (instruction.kind === 'copy' && instruction.from === undefined) {
        for (const source of instruction.sources) addCopied(build.context, wordText(source), named, folders);
      }
      for (const path of namedFiles(runText(instruction))) {
        named.push(...locate(build, image, path, workingDirectory));
      }
    }
  }
  return { named, folders };
}

function addCopied(context: Uri, source: string, named: Uri[], folders: Set<Uri>): void {
  const uri = joinUri(context, `./${source.replace(/^\/+/, '')}`);
  if (/[*?]/.test(basename(uri))) folders.add(dirname(uri));
  else if (/\.(?:\w+proj|slnx?)$/.test(uri)) named.push(uri);
  else folders.add(uri);
}

function runText(instruction: Instruction): string {
  return instruction.kind === 'run' ? instruction.command.words.map(wordText).join(' ') : '';
}

function namedFiles(text: string): readonly string[] {
  const words = text.split(/[\s"'[\],=;]+/).filter((word) => NAMED_FILE.test(word));
  return words.map((path) => path.replaceAll('\\', '/'));
}

/** A path of the build as files of the workspace: through what was copied, else as it stands. */
function locate(
  build: ImageBuild,
  image: ImageFiles,
  path: string,
  workingDirectory: string | undefined,
): readonly Uri[] {
  const absolute = absolutePath(path, workingDirectory);
  const copied = absolute === undefined ? undefined : image.workspaceUri(absolute);
  const asWritten = joinUri(build.context, `./${path.replace(/^\/+/, '')}`);
  return copied === undefined ? [asWritten] : [copied, asWritten];
}
