// The image a Dockerfile stage builds: its command, environment and files, inherited through `FROM … AS`.

import { baseImage } from '../aws/baseImages.ts';
import type { Uri } from '../base/uri.ts';
import {
  type Dockerfile,
  type ImageCommand,
  type ImageHealthCheck,
  type Instruction,
  type Stage,
  stageChain,
} from '../facts/dockerfile.ts';
import { dynamic, known, knownValue, type Value } from '../facts/value.ts';
import { dockerIgnore, type LeavesOut } from './dockerIgnore.ts';
import { absolutePath, type FileLookup, ImageFileMap } from './imageFiles.ts';
import type { ImageFiles } from './launcher.ts';

export interface Image {
  /** The image below every stage of this file: `python:3.12-slim`. */
  readonly baseImage: Value<string>;
  /**
   * Undefined where neither this file nor a known base image sets it, and where the base image's own entrypoint only
   * ends in `exec "$@"`: then the command is what runs.
   */
  readonly entrypoint: ImageCommand | undefined;
  readonly cmd: ImageCommand | undefined;
  /** What the shell forms are run with: `/bin/sh -c`. */
  readonly shell: readonly string[];
  /** ENV of all inherited stages and of the known base image, the last setting of each name. */
  readonly environment: ReadonlyMap<string, Value<string>>;
  /** Absolute; `/` where nothing sets it, undefined where it is dynamic. */
  readonly workingDirectory: string | undefined;
  readonly healthCheck: ImageHealthCheck | 'none' | undefined;
  readonly files: ImageFiles;
}

export type BuildImage = (dockerfile: Dockerfile, stage: number, context: Uri, files: FileLookup) => Image;

/** Follows the stages from the base image to the one asked for. */
export const buildImage: BuildImage = (dockerfile, stage, context, files) =>
  build(stage, {
    dockerfile,
    context,
    files,
    leavesOut: dockerIgnore(files, context, dockerfile.at.uri),
    built: new Map(),
  });

interface Build {
  readonly dockerfile: Dockerfile;
  readonly context: Uri;
  readonly files: FileLookup;
  readonly leavesOut: LeavesOut;
  readonly built: Map<number, OpenImage>;
}

interface OpenImage {
  baseImage: Value<string>;
  entrypoint: ImageCommand | undefined;
  cmd: ImageCommand | undefined;
  shell: readonly string[];
  environment: Map<string, Value<string>>;
  workingDirectory: string | undefined;
  healthCheck: ImageHealthCheck | 'none' | undefined;
  files: ImageFileMap;
}

function build(index: number, run: Build): OpenImage {
  const finished = run.built.get(index);
  if (finished) return finished;
  const stages = stageChain(run.dockerfile, index).toReversed();
  const image = startOn(stages[0], run);
  // Remembered before it is followed: a copy from itself ends here.
  run.built.set(index, image);
  for (const stage of stages) follow(stage, image, index, run);
  return image;
}

function startOn(stage: Stage | undefined, run: Build): OpenImage {
  const from = stage?.from ?? dynamic('', run.dockerfile.at);
  const reference = knownValue(from);
  const base = reference === undefined ? undefined : baseImage(reference);
  const command = (words: readonly string[] | undefined): ImageCommand | undefined =>
    words && { form: 'exec', words: words.map((word) => known(word, from.at)), at: from.at };
  // What ONBUILD of a base image copies in, nobody here can see.
  const complete = base !== undefined && !base.bringsProgram && !/onbuild/.test(reference ?? '');
  return {
    baseImage: from,
    entrypoint: base?.passesThrough ? undefined : command(base?.entrypoint),
    cmd: command(base?.cmd),
    shell: ['/bin/sh', '-c'],
    environment: new Map(Object.entries(base?.environment ?? {}).map(([name, value]) => [name, known(value, from.at)])),
    workingDirectory: base?.workingDirectory ?? '/',
    healthCheck: undefined,
    files: new ImageFileMap(run.context, run.files, complete, run.leavesOut),
  };
}

function follow(stage: Stage, image: OpenImage, index: number, run: Build): void {
  if (image.workingDirectory !== undefined) image.files.addFolder(image.workingDirectory);
  let setsCommand = false;
  for (const instruction of stage.instructions) {
    if (instruction.kind === 'cmd') setsCommand = true;
    // https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
    if (instruction.kind === 'entrypoint' && !setsCommand) image.cmd = undefined;
    apply(instruction, image, index, run);
  }
}

function apply(instruction: Instruction, image: OpenImage, index: number, run: Build): void {
  switch (instruction.kind) {
    case 'env':
      image.environment.set(instruction.name, instruction.value);
      return;
    case 'workdir': {
      const path = knownValue(instruction.path);
      image.workingDirectory = path === undefined ? undefined : absolutePath(path, image.workingDirectory);
      if (image.workingDirectory !== undefined) image.files.addFolder(image.workingDirectory);
      return;
    }
    case 'copy':
      image.files.copy(instruction, image.workingDirectory, (stage) =>
        stage < index ? build(stage, run).files : undefined,
      );
      return;
    case 'run':
      image.files.run(instruction.command, image.workingDirectory);
      return;
    case 'entrypoint':
      image.entrypoint = orNothing(instruction.command);
      return;
    case 'cmd':
      image.cmd = orNothing(instruction.command);
      return;
    case 'shell':
      image.shell = instruction.words;
      return;
    case 'healthcheck':
      image.healthCheck = instruction.check;
      return;
    default:
  }
}

/** `ENTRYPOINT []` and `CMD []` take the inherited one away. */
function orNothing(command: ImageCommand): ImageCommand | undefined {
  return command.form === 'exec' && command.words.length === 0 ? undefined : command;
}
