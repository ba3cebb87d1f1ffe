// What the pipelines in view do to a task definition: which file is live, which container gets a new image.

import { joinUri, type Uri } from '../base/uri.ts';
import type { Pipeline, PipelineBuild, PipelineRender } from '../facts/pipeline.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue, type Value } from '../facts/value.ts';
import type { Link } from './deployment.ts';
import type { View } from './view.ts';

export interface PlacedPipeline {
  readonly uri: Uri;
  /** The folder its paths count from. */
  readonly root: Uri;
  readonly pipeline: Pipeline;
}

/** The repository's root for a pipeline file: above `.github`, else the file's analysed folder. */
function rootOf(uri: Uri, view: View): Uri {
  const dot = uri.lastIndexOf('/.github/');
  return dot > 0 ? uri.slice(0, dot) : view.folderOf(uri);
}

export function pipelines(folder: Uri, view: View): readonly PlacedPipeline[] {
  return view
    .filesWith('pipeline', folder)
    .flatMap((uri) =>
      (view.facts(uri)?.facts ?? []).flatMap((fact) =>
        fact.kind === 'pipeline' ? [{ uri, root: rootOf(uri, view), pipeline: fact }] : [],
      ),
    );
}

/** The workspace file that a pipeline's path names. */
export function namedFile(placed: PlacedPipeline, path: Value<string>): Uri | undefined {
  const text = knownValue(path);
  return text === undefined || text === '' ? undefined : joinUri(placed.root, text);
}

/** The task-definition files that a pipeline renders or deploys. */
function liveFiles(placed: PlacedPipeline): readonly { readonly uri: Uri; readonly at: Link['from'] }[] {
  return [...placed.pipeline.renders, ...placed.pipeline.deploys].flatMap((step) => {
    const uri = namedFile(placed, step.taskDefinition);
    return uri === undefined ? [] : [{ uri, at: step.taskDefinition.at }];
  });
}

/** Why this file is a copy that is not deployed: a pipeline in view names another file of the same family. */
export function staleBecause(taskDefinition: TaskDefinition, folder: Uri, view: View): Link | undefined {
  const family = knownValue(taskDefinition.family);
  if (family === undefined) return undefined;
  const live = pipelines(folder, view).flatMap(liveFiles);
  if (live.some((file) => file.uri === taskDefinition.at.uri)) return undefined;
  const sameFamily = new Set(view.filesWithFamily(family));
  const other = live.find((file) => sameFamily.has(file.uri));
  return (
    other && {
      from: taskDefinition.nameAt,
      to: other.at,
      certain: true,
      because: `the pipeline deploys ${other.uri.slice(folder.length + 1)} of the same family`,
    }
  );
}

/** The render steps that write a container of a task-definition file. */
export function rendersOf(
  file: Uri,
  containerName: string | undefined,
  folder: Uri,
  view: View,
): readonly PipelineRender[] {
  return pipelines(folder, view).flatMap((placed) =>
    placed.pipeline.renders.filter((render) => {
      const target = namedFile(placed, render.taskDefinition);
      // A task definition fetched during the run is not a file; its container's name still tells.
      if (target !== undefined && target !== file && view.exists(target)) return false;
      const name = knownValue(render.containerName);
      return name === undefined || containerName === undefined || name === containerName;
    }),
  );
}

export interface PlacedBuild {
  readonly placed: PlacedPipeline;
  readonly build: PipelineBuild;
  readonly dockerfile: Uri;
  readonly context: Uri;
}

/** Image builds whose Dockerfile is a file of the workspace. */
export function buildsOf(placed: PlacedPipeline, view: View): readonly PlacedBuild[] {
  return placed.pipeline.builds.flatMap((build) => {
    const directory = knownValue(build.workingDirectory);
    if (build.workingDirectory.state === 'dynamic') return [];
    const base = directory === undefined ? placed.root : joinUri(placed.root, directory);
    if (build.context.state === 'dynamic' || build.dockerfile.state === 'dynamic') return [];
    const context = joinUri(base, knownValue(build.context) ?? '.');
    const named = knownValue(build.dockerfile);
    // `docker build -f` and build-push-action's `file` count from the working directory, not from the context.
    const candidates =
      named === undefined ? [joinUri(context, 'Dockerfile')] : [joinUri(base, named), joinUri(context, named)];
    const dockerfile = candidates.find((candidate) => view.exists(candidate));
    return dockerfile === undefined ? [] : [{ placed, build, dockerfile, context }];
  });
}
