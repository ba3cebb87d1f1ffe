// The image a Dockerfile stage builds: its command, environment and files, inherited through `FROM … AS`.

import type { Uri } from '../base/uri.ts';
import type { Dockerfile, ImageCommand, ImageHealthCheck } from '../facts/dockerfile.ts';
import type { Value } from '../facts/value.ts';
import type { Files } from './files.ts';
import type { ImageFiles } from './launcher.ts';

export interface Image {
  /** The image below every stage of this file: `python:3.12-slim`. */
  readonly baseImage: Value<string>;
  /** Undefined where neither this file nor a known base image sets it. */
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

export type BuildImage = (
  dockerfile: Dockerfile,
  stage: number,
  context: Uri,
  files: Pick<Files, 'exists' | 'folderExists'>,
) => Image;
