// The door of this room: what does a container really run, and which ports does that open.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { Dockerfile } from '../facts/dockerfile.ts';
import type { Listens } from '../facts/listens.ts';
import type { Container, EnvironmentVariable } from '../facts/taskDefinition.ts';
import type { Step, Value } from '../facts/value.ts';
import type { Files } from './files.ts';

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
  /** A script that the command names and that the image surely does not hold. */
  readonly missingEntry: { readonly path: string; readonly at: Location; readonly because: readonly Step[] } | undefined;
}
