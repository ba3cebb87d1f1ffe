// What a Dockerfile says about the image it builds. Variables of ARG and ENV are expanded where the file decides them.

import type { Location } from '../base/text.ts';
import type { Value } from './value.ts';

export interface Dockerfile {
  readonly kind: 'dockerfile';
  readonly at: Location;
  /** In order; the last one is what a build without `--target` gives. Empty for a file without FROM. */
  readonly stages: readonly Stage[];
}

export interface Stage {
  readonly at: Location;
  /** The name after `AS`, lower case as Docker compares it. */
  readonly name?: string;
  /** The base image as written, variables expanded; `at` is the reference. */
  readonly from: Value<string>;
  /** Index of the earlier stage this one starts from; absent when `from` is an image. */
  readonly fromStage?: number;
  /** Instructions that matter at run time or to the file system, in order. Those after ONBUILD are left out. */
  readonly instructions: readonly Instruction[];
}

export type Instruction =
  | { readonly kind: 'env'; readonly name: string; readonly value: Value<string>; readonly at: Location }
  | { readonly kind: 'arg'; readonly name: string; readonly value: Value<string>; readonly at: Location }
  | { readonly kind: 'expose'; readonly port: Value<number>; readonly protocol: 'tcp' | 'udp'; readonly at: Location }
  | { readonly kind: 'workdir'; readonly path: Value<string>; readonly at: Location }
  | { readonly kind: 'user'; readonly user: Value<string>; readonly at: Location }
  | Copy
  | { readonly kind: 'run'; readonly command: ImageCommand; readonly at: Location }
  | { readonly kind: 'entrypoint'; readonly command: ImageCommand; readonly at: Location }
  | { readonly kind: 'cmd'; readonly command: ImageCommand; readonly at: Location }
  | { readonly kind: 'shell'; readonly words: readonly string[]; readonly at: Location }
  | { readonly kind: 'healthcheck'; readonly check: ImageHealthCheck | 'none'; readonly at: Location };

/** COPY or ADD. `from` is the stage's index or an image reference for `--from`. Heredocs are no sources. */
export interface Copy {
  readonly kind: 'copy';
  readonly sources: readonly Value<string>[];
  /** As written; relative ones count from the working directory. A trailing `/` is kept. */
  readonly destination: Value<string>;
  readonly from?: { readonly stage: number } | { readonly image: string };
  /** Files that stand in the Dockerfile itself, below the instruction. */
  readonly inline?: readonly InlineFile[];
  /** ADD of an URL or an archive brings in what nobody here can see. */
  readonly opaque: boolean;
  readonly at: Location;
}

/** `name` is what it is called where the destination is a folder. */
export interface InlineFile {
  readonly name: string;
  readonly text: Value<string>;
}

/**
 * `exec`: the JSON array's words. `shell`: one word, the text that `/bin/sh -c` gets; continuation lines are joined.
 * `at` is the whole instruction's argument.
 */
export interface ImageCommand {
  readonly form: 'exec' | 'shell';
  readonly words: readonly Value<string>[];
  readonly at: Location;
}

/** Times in seconds; absent options are undefined (Docker's defaults: 30, 30, 3, 0). */
export interface ImageHealthCheck {
  readonly command: ImageCommand;
  readonly interval?: number;
  readonly timeout?: number;
  readonly retries?: number;
  readonly startPeriod?: number;
}

/** A stage and the stages it starts from, the final one first. */
export function stageChain(dockerfile: Dockerfile, stage: number): readonly Stage[] {
  const chain: Stage[] = [];
  for (let index: number | undefined = stage; index !== undefined && chain.length < dockerfile.stages.length; ) {
    const current: Stage | undefined = dockerfile.stages[index];
    if (!current) break;
    chain.push(current);
    index = current.fromStage;
  }
  return chain;
}
