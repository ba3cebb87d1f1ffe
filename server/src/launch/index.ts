// The door of this room: what does a container really run, and which ports does that open.

import type { BaseImageFacts } from '../aws/baseImages.ts';
import { baseImage, baseImageName } from '../aws/baseImages.ts';
import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Dockerfile } from '../facts/dockerfile.ts';
import { writtenReference } from '../facts/imageReference.ts';
import type { Listens } from '../facts/listens.ts';
import type { ServedRoute } from '../facts/routing.ts';
import type { Container, EnvironmentVariable } from '../facts/taskDefinition.ts';
import type { Step, Value } from '../facts/value.ts';
import { dynamic, known, knownValue } from '../facts/value.ts';
import { buildTexts, runTexts } from './buildTexts.ts';
import { containerCommand } from './containerCommand.ts';
import { containerEnvironment, explained } from './environment.ts';
import type { Files } from './files.ts';
import { buildImage, type Image } from './image.ts';
import type { ContainerProcess, ImageFiles } from './launcher.ts';
import { missingEntry } from './missingEntry.ts';
import { publishedListens } from './publishedServers.ts';
import { routesOf } from './routes.ts';
import { runProcess } from './run.ts';
import { shownPath } from './text.ts';

export interface LaunchInput {
  readonly container: Container;
  /** Absent where the image is built elsewhere; its reference may still name a well-known image. */
  readonly build?: {
    readonly uri: Uri;
    readonly dockerfile: Dockerfile;
    /** Index of the stage that becomes the image. */
    readonly stage: number;
    /** The folder the build's COPY sources count from. */
    readonly context: Uri;
  };
  /** Variables that a pipeline writes into the container; they beat everything else. */
  readonly injected: readonly EnvironmentVariable[];
  readonly files: Files;
}

export interface LaunchResult {
  /** Argv after the task definition's overrides; empty where nothing of it is known. */
  readonly command: readonly Value<string>[];
  /** The workspace file the program starts from. */
  readonly program: Uri | undefined;
  readonly listens: Listens;
  /** The paths that the program answers, where all of them can be seen. To be asked only where a path matters: it reads all files of the program. */
  readonly routes: () => readonly ServedRoute[] | undefined;
  /** A script that the command names and that the image surely does not hold. */
  readonly missingEntry:
    | { readonly path: string; readonly at: Location; readonly because: readonly Step[] }
    | undefined;
}

const withoutProgram = { program: undefined, routes: () => undefined, missingEntry: undefined };

/** The reason where nothing but the image's reference is known. */
export const BUILT_ELSEWHERE = 'the image is built elsewhere, so its program cannot be read';

export function launch(input: LaunchInput): LaunchResult {
  return input.build === undefined ? launchForeign(input) : launchBuilt(input, input.build);
}

function launchBuilt(input: LaunchInput, build: NonNullable<LaunchInput['build']>): LaunchResult {
  const { container, files } = input;
  const image = buildImage(build.dockerfile, build.stage, build.context, files);
  const { argv, trail } = containerCommand(container, image);
  const reference = knownValue(image.baseImage);
  const base = reference === undefined ? undefined : baseImage(reference);
  const workingDirectory = workingDirectoryOf(container, image.workingDirectory);
  if (workingDirectory === undefined) {
    return undecided(argv, 'the working directory of the container is filled in elsewhere', trail);
  }
  const process: ContainerProcess = {
    argv,
    environment: containerEnvironment(input, explainedImage(image), undefined),
    workingDirectory,
    image: image.files,
    files,
    base,
    buildTexts: buildTexts(build.dockerfile, build.stage),
    build,
    changes: [],
    imageReference: undefined,
    context: build.context,
    shownPath: (uri) => shownPath(uri, build.context),
    trail,
  };
  const keepsEntrypoint = image.entrypoint === undefined && container.entryPoint.state === 'absent';
  const published = keepsEntrypoint ? publishedListens(process, reference ?? '', image.baseImage.at) : undefined;
  if (published !== undefined) return { command: argv, ...withoutProgram, listens: published.listens };
  if (argv.length === 0) {
    const reason = `neither ${shownPath(build.uri, build.context)} nor a known base image says what it runs`;
    return undecided(argv, reason, trail);
  }
  const { listens, program, routes } = runProcess(process);
  return {
    command: argv,
    program,
    listens,
    routes: routes ?? (() => (program === undefined ? undefined : routesOf(process, program))),
    missingEntry: missingEntry(process, runTexts(build.dockerfile)),
  };
}

/** What the base image sets has the place of FROM. */
function explainedImage({ environment, baseImage: from }: Image): ReadonlyMap<string, Value<string>> {
  const entries = new Map<string, Value<string>>();
  for (const [name, value] of environment) {
    const label = value.at === from.at ? 'the base image sets' : 'ENV';
    entries.set(name, explained(name, value, value.at, label));
  }
  return entries;
}

function workingDirectoryOf(container: Container, image: string | undefined): string | undefined {
  const { workingDirectory } = container;
  if (workingDirectory.state === 'absent') return image;
  return workingDirectory.state === 'known' ? workingDirectory.value : undefined;
}

function undecided(command: readonly Value<string>[], reason: string, because: readonly Step[]): LaunchResult {
  return { command, ...withoutProgram, listens: { state: 'unknown', reason, because } };
}

const noFiles: ImageFiles = { workspaceUri: () => undefined, containerPaths: () => [], complete: false };

/** An image that is built elsewhere: only well-known images and self-explaining commands say something. */
function launchForeign(input: LaunchInput): LaunchResult {
  const { container, files } = input;
  const reference = writtenReference(container.image) ?? '';
  const base = isPublished(reference) ? baseImage(reference) : undefined;
  const at = container.image.at;
  const command = containerCommand(container, { ...foreignStart(base, at), shell: ['/bin/sh', '-c'] });
  const elsewhere = dynamic('', at, 'the image is built elsewhere and may set it');
  const workingDirectory = workingDirectoryOf(container, base?.workingDirectory ?? '/') ?? '/';
  const process: ContainerProcess = {
    argv: command.argv,
    environment: containerEnvironment(input, new Map(), base === undefined ? elsewhere : undefined),
    workingDirectory,
    image: noFiles,
    files,
    base,
    buildTexts: [],
    build: undefined,
    changes: [],
    imageReference: base !== undefined && container.image.state === 'known' ? container.image : undefined,
    context: undefined,
    shownPath: (uri) => shownPath(uri, undefined),
    trail: command.trail,
  };
  const given = containerCommand(container, { entrypoint: undefined, cmd: undefined, shell: [] }).argv;
  const asPublished = { ...process, argv: given, environment: containerEnvironment(input, new Map(), undefined) };
  const isStartKnown = base !== undefined || container.entryPoint.state === 'known';
  const { listens } = isStartKnown ? runProcess(process) : { listens: undefined };
  if (listens !== undefined && listens.state !== 'unknown') {
    return { command: command.argv, ...withoutProgram, listens };
  }
  const published = container.entryPoint.state === 'absent' ? publishedListens(asPublished, reference, at) : undefined;
  if (published !== undefined) return { command: command.argv, ...withoutProgram, listens: published.listens };
  const isForeign = base === undefined || command.argv.length === 0;
  const reason = isForeign
    ? BUILT_ELSEWHERE
    : listens?.state === 'unknown'
      ? listens.reason
      : 'the image does not say what it runs';
  return undecided(command.argv, reason, command.trail);
}

/** `nginx` of a company's own registry is its own build. */
function isPublished(reference: string): boolean {
  return !/^[^/]+\.dkr\.ecr\.|^ghcr\.io\/|\.jfrog\.io\/|\.azurecr\.io\//.test(baseImageName(reference).repository);
}

function foreignStart(base: BaseImageFacts | undefined, at: Location) {
  const words = (list: readonly string[] | undefined) =>
    list && { form: 'exec' as const, words: list.map((word) => known(word, at)), at };
  return { entrypoint: words(base?.entrypoint), cmd: words(base?.cmd) };
}
