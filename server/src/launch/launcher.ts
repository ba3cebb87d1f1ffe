// The one interface of a launcher: a command that starts the container's program, or starts another command.

import type { BaseImageFacts } from '../aws/baseImages.ts';
import type { Uri } from '../base/uri.ts';
import type { Dockerfile } from '../facts/dockerfile.ts';
import type { Listens } from '../facts/listens.ts';
import type { ServedRoute } from '../facts/routing.ts';
import type { Dynamic, Known, Step, Value } from '../facts/value.ts';
import type { Files } from './files.ts';

/** A running command of the container. Paths are the container's. */
export interface ContainerProcess {
  /** `argv[0]` is the command; words that cannot be known are `dynamic`. */
  readonly argv: readonly Value<string>[];
  readonly environment: Environment;
  readonly workingDirectory: string;
  readonly image: ImageFiles;
  readonly files: Files;
  /** What is known of the image below the build. */
  readonly base: BaseImageFacts | undefined;
  /** Commands and copy destinations of the build: what may have changed the base image's own files. */
  readonly buildTexts: readonly string[];
  /** The stages of the image, the lowest first, and what scripts did to its files before this process started. */
  readonly build: ImageBuild | undefined;
  readonly changes: readonly FileCommand[];
  /** The reference of an image that is not built here. */
  readonly imageReference: Known<string> | undefined;
  /** The folder of the workspace that the image is built from. */
  readonly context: Uri | undefined;
  /** How reasons name a file of the workspace. */
  readonly shownPath: (uri: Uri) => string;
  /** The steps that led here. */
  readonly trail: readonly Step[];
}

/** The Dockerfile that an image is built by. */
export interface ImageBuild {
  readonly dockerfile: Dockerfile;
  readonly stage: number;
  readonly context: Uri;
}

/** A command that ran and may have written files. */
export interface FileCommand {
  readonly words: readonly Value<string>[];
  /** Files that it reads and writes; `input` is the text of a here-document or here-string. */
  readonly reads: Value<string> | undefined;
  readonly input: Value<string> | undefined;
  readonly writes: { readonly path: Value<string>; readonly appends: boolean } | undefined;
  /** `continues`: it reads what the command before it prints. */
  readonly pipe: 'none' | 'starts' | 'continues';
  readonly environment: Environment;
  readonly workingDirectory: string;
  /** As it is written. */
  readonly step: Step;
}

/** The environment of a process. A variable that may be set by something unseen is `dynamic`. */
export interface Environment {
  /** `undefined` where it is surely not set. */
  get(name: string): Value<string> | undefined;
  /** Whether something in view sets this very name. */
  named(name: string): boolean;
  /** This environment with variables set on top. */
  with(entries: readonly { readonly name: string; readonly value: Value<string> }[]): Environment;
  without(names: readonly string[]): Environment;
  /** Nothing set: `env -i`. */
  cleared(): Environment;
  /** Anything may be set by something that is not in view. */
  opened(by: Dynamic): Environment;
}

/** Which file of the workspace stands at a path of the container. */
export interface ImageFiles {
  /** The workspace file at an absolute container path, whether or not it exists; undefined where nothing was copied there. */
  workspaceUri(containerPath: string): Uri | undefined;
  /** The absolute container paths of a workspace file. */
  containerPaths(uri: Uri): readonly string[];
  /** Whether everything in the image below its base image is seen: no opaque ADD, no copy from unseen images. */
  readonly complete: boolean;
}

/** The program is found: `program` is the file it starts from, where there is one. */
export interface Found {
  readonly kind: 'listens';
  readonly listens: Listens;
  readonly program?: Uri;
  /** Where the launcher knows more of them than the file tells: the paths that the program answers. */
  readonly routes?: () => readonly ServedRoute[] | undefined;
}

export type Outcome =
  | Found
  /** The command runs another command instead of itself: `sh -c`, `npm start`, `exec "$@"`. */
  | { readonly kind: 'run'; readonly process: ContainerProcess }
  /** It runs one of several branches, and all processes of that branch side by side. */
  | { readonly kind: 'branches'; readonly branches: readonly Branch[] };

export interface Branch {
  /** Empty where nothing keeps running. */
  readonly processes: readonly ContainerProcess[];
}

export interface Launcher {
  readonly id: string;
  /** Whether this launcher understands a command; `command` is argv[0] without its folders. */
  runs(command: string, process: ContainerProcess): boolean;
  resolve(process: ContainerProcess): Outcome;
}

/** An outcome that could not be decided. `reason` is a sentence without its full stop. */
export function unknownOutcome(process: ContainerProcess, reason: string, program?: Uri): Found {
  const listens: Listens = { state: 'unknown', reason, because: process.trail };
  return program === undefined ? { kind: 'listens', listens } : { kind: 'listens', listens, program };
}
