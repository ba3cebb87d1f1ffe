// A pipeline put together from the shell scripts of one file, whatever format holds them. What the commands do is read
// in `workflowScript.ts`.

import { type Location, locationOf, type SourceFile } from '../base/text.ts';
import { dirname, type Uri } from '../base/uri.ts';
import type {
  Pipeline,
  PipelineBuild,
  PipelineCount,
  PipelineDeploy,
  PipelineEdit,
  PipelineRender,
  PipelineWait,
} from '../facts/pipeline.ts';
import { dynamic, known, type Value } from '../facts/value.ts';
import type { JobScripts } from './workflowScript.ts';
import { COMPUTED, type Names, type PlacedText } from './workflowText.ts';

/** Whether a text does anything to images or ECS. */
export const PIPELINE_CUES = /\b(?:docker|podman|nerdctl|buildx|kaniko|buildah)\b|\becs\b/i;

/** What the steps of a pipeline were found to do. */
export interface FoundSteps {
  readonly builds: PipelineBuild[];
  readonly renders: PipelineRender[];
  readonly deploys: PipelineDeploy[];
  readonly edits: PipelineEdit[];
  readonly registrations: Location[];
  readonly waits: PipelineWait[];
  readonly counts: PipelineCount[];
  readonly otherImages: Value<string>[];
}

export function noSteps(): FoundSteps {
  return {
    builds: [],
    renders: [],
    deploys: [],
    edits: [],
    registrations: [],
    waits: [],
    counts: [],
    otherImages: [],
  };
}

/** Adds what the scripts of a job did. */
export function finishJob(scripts: JobScripts, found: FoundSteps): void {
  const done = scripts.finish();
  found.builds.push(...done.builds);
  found.renders.push(...done.renders);
  found.deploys.push(...done.deploys);
  found.edits.push(...done.edits);
  found.registrations.push(...done.registrations);
  found.waits.push(...done.waits);
  found.counts.push(...done.counts);
  found.otherImages.push(...done.otherImages);
}

/** The pipeline; undefined where the steps do nothing to images or services. */
export function pipelineOf(
  at: Location,
  place: Pick<Pipeline, 'origin' | 'pathsFrom'>,
  found: FoundSteps,
): Pipeline | undefined {
  const isEmpty = Object.values(found).every((steps: readonly unknown[]) => steps.length === 0);
  return isEmpty ? undefined : { kind: 'pipeline', at, ...place, ...found, calls: [], inputs: [] };
}

/** A part of a file's text. */
export function partOf(file: SourceFile, start: number, text: string): PlacedText {
  return { text, place: (from, to) => locationOf(file.uri, start + from, start + to) };
}

/** The path of a file's folder on its machine, as `$(dirname "$0")` gives it. */
export function homeOf(uri: Uri): string {
  return dirname(uri).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
}

/** Names with one more variable, its text expanded by those that are known. */
export function withVariable(names: Names, name: string, text: string): Map<string, string> {
  const expanded = text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (match, braced?: string, bare?: string) => {
    return names.get(`env.${braced ?? bare}`) ?? match;
  });
  return new Map(names).set(`env.${name}`, expanded);
}

/** A text of a file that is not a shell's: known unless a variable or template stands in it. */
export function settledText(text: string, at: Location): Value<string> {
  return /[$<]|\{\{/.test(text) ? dynamic(text, at, COMPUTED) : known(text, at);
}
