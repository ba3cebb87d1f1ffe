// What the pipelines in view do to a task definition: which file is live, which container gets a new image.

import { equalData } from '../base/equal.ts';
import { dirname, joinUri, type Uri } from '../base/uri.ts';
import { factOf } from '../facts/fileFacts.ts';
import { repositoryName } from '../facts/imageReference.ts';
import type { Pipeline, PipelineBuild, PipelineRender } from '../facts/pipeline.ts';
import type { Container, TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue, type Value } from '../facts/value.ts';
import type { Link } from './deployment.ts';
import { calledFile, withCalls } from './pipelineCalls.ts';
import type { View } from './view.ts';

export interface PlacedPipeline {
  readonly uri: Uri;
  /** The folders that its paths may count from, the likelier first. */
  readonly roots: readonly Uri[];
  readonly pipeline: Pipeline;
}

/** A workflow of GitHub counts from the folder that holds `.github`; who starts a script stands at the root or beside it. */
function rootsOf(uri: Uri, pipeline: Pipeline, view: View): readonly Uri[] {
  const dot = uri.lastIndexOf('/.github/');
  if (dot > 0) return [uri.slice(0, dot)];
  const home = dirname(uri);
  const folder = view.folderOf(uri);
  if (home === folder || pipeline.origin === 'compose') return [home];
  return pipeline.pathsFrom === 'file' ? [home, folder] : [folder, home];
}

/** Kept for one view, which answers the same as long as it lives: every container asks. */
const placed = new WeakMap<View, Map<Uri, readonly PlacedPipeline[]>>();

/** The pipelines of a folder, each with the files that it calls; what is only called is none of its own. */
export function pipelines(folder: Uri, view: View): readonly PlacedPipeline[] {
  const byFolder = placed.get(view) ?? new Map<Uri, readonly PlacedPipeline[]>();
  placed.set(view, byFolder);
  const kept = byFolder.get(folder);
  if (kept) return kept;
  const written = view.filesWith('pipeline', folder).flatMap((uri) => {
    const fact = factOf(view.facts(uri), 'pipeline');
    return fact ? [{ uri, roots: rootsOf(uri, fact, view), pipeline: fact }] : [];
  });
  const called = new Set(
    written.flatMap(({ roots, pipeline }) =>
      pipeline.calls.flatMap((call) => roots.slice(0, 1).flatMap((root) => calledFile(root, call, view) ?? [])),
    ),
  );
  const all = written
    .filter(({ uri }) => !called.has(uri))
    .map((one) => ({ ...one, pipeline: withCalls(one.roots[0] ?? folder, one.pipeline, view) }));
  byFolder.set(folder, all);
  return all;
}

/** The workspace file that a pipeline's path names; where none is there, the likeliest place. */
export function namedFile(placed: PlacedPipeline, path: Value<string>, view: View): Uri | undefined {
  const places = placesOf(placed, path);
  return places.length > 1 ? (places.find((uri) => view.exists(uri)) ?? places[0]) : places[0];
}

/** Whether a pipeline's path names this very file. */
export function namesFile(placed: PlacedPipeline, path: Value<string>, file: Uri, view: View): boolean {
  return placesOf(placed, path).includes(file) && namedFile(placed, path, view) === file;
}

interface Places {
  readonly roots: readonly Uri[];
  readonly uris: readonly Uri[];
}

/** Every deployment compares its files with those of every pipeline. */
const placesOfPaths = new WeakMap<Value<string>, Places>();

function placesOf({ roots }: PlacedPipeline, path: Value<string>): readonly Uri[] {
  const text = knownValue(path);
  if (text === undefined || text === '') return [];
  const kept = placesOfPaths.get(path);
  if (kept && equalData(kept.roots, roots)) return kept.uris;
  const uris = roots.map((root) => joinUri(root, text));
  placesOfPaths.set(path, { roots, uris });
  return uris;
}

/** The task-definition files that a pipeline renders or deploys. */
function liveFiles(placed: PlacedPipeline, view: View): readonly { readonly uri: Uri; readonly at: Link['from'] }[] {
  return [...placed.pipeline.renders, ...placed.pipeline.deploys].flatMap((step) => {
    const uri = namedFile(placed, step.taskDefinition, view);
    return uri === undefined ? [] : [{ uri, at: step.taskDefinition.at }];
  });
}

/** Why this file is a copy that is not deployed: a pipeline in view names another file of the same family. */
export function staleBecause(taskDefinition: TaskDefinition, folder: Uri, view: View): Link | undefined {
  const family = knownValue(taskDefinition.family);
  if (family === undefined) return undefined;
  const sameFamily = new Set(view.filesWithFamily(family));
  if (sameFamily.size < 2) return undefined;
  const live = pipelines(folder, view).flatMap((placed) => liveFiles(placed, view));
  if (live.some((file) => file.uri === taskDefinition.at.uri)) return undefined;
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
export function rendersOf(container: Container, taskDefinition: TaskDefinition, view: View): readonly PipelineRender[] {
  const file = taskDefinition.at.uri;
  const index = taskDefinition.containerDefinitions.items.indexOf(container);
  return pipelines(view.folderOf(file), view).flatMap((placed) =>
    placed.pipeline.renders.filter((render) => {
      if (!mayRender(placed, render, file, view)) return false;
      if (render.containerIndex !== undefined) return render.containerIndex === index;
      const name = knownValue(render.containerName);
      const own = knownValue(container.name);
      return name === undefined || own === undefined || name === own;
    }),
  );
}

/** A task definition fetched during the run is not a file; its container's name still tells. */
function mayRender(placed: PlacedPipeline, render: PipelineRender, file: Uri, view: View): boolean {
  const target = namedFile(placed, render.taskDefinition, view);
  return target === undefined || target === file || !view.exists(target);
}

export interface PlacedBuild {
  readonly placed: PlacedPipeline;
  readonly build: PipelineBuild;
  readonly dockerfile: Uri;
  readonly context: Uri;
}

/** Image builds whose Dockerfile is a file of the workspace. */
export function buildsOf(placed: PlacedPipeline, view: View): readonly PlacedBuild[] {
  return placed.pipeline.builds.flatMap((build) => placedBuild(placed, build, view));
}

/** At the likelier of its roots; empty where its Dockerfile is not in view. */
export function placedBuild(placed: PlacedPipeline, build: PipelineBuild, view: View): readonly PlacedBuild[] {
  return placed.roots.flatMap((root) => placedAt(root, placed, build, view)).slice(0, 1);
}

function placedAt(root: Uri, placed: PlacedPipeline, build: PipelineBuild, view: View): readonly PlacedBuild[] {
  const { workingDirectory, context: folder, dockerfile: named } = build;
  if ([workingDirectory, folder, named].some((path) => path.state === 'dynamic')) return [];
  const base = joinUri(root, knownValue(workingDirectory) ?? '.');
  const context = joinUri(base, knownValue(folder) ?? '.');
  const path = knownValue(named);
  // `docker build -f` and build-push-action's `file` count from the working directory, compose's `dockerfile` from the context.
  const both = [joinUri(base, path ?? ''), joinUri(context, path ?? '')];
  const places = placed.pipeline.origin === 'compose' ? both.reverse() : both;
  const candidates =
    path === undefined ? ['Dockerfile', 'dockerfile', 'Containerfile'].map((name) => joinUri(context, name)) : places;
  const dockerfile = candidates.find((candidate) => view.exists(candidate));
  return dockerfile === undefined ? [] : [{ placed, build, dockerfile, context }];
}

/** Whether a build makes an image of this repository. */
export function isTagged(build: PipelineBuild, repository: string | undefined): boolean {
  return repository !== undefined && build.tags.some((tag) => repositoryName(tag) === repository);
}

/** Whether a build makes the image: by the repository's name, or by the expression that stands in its place. */
export function isBuildOf(build: PipelineBuild, image: Value<string>): boolean {
  if (isTagged(build, repositoryName(image))) return true;
  const expression = repositoryExpression(image);
  return expression !== undefined && build.tags.some((tag) => repositoryExpression(tag) === expression);
}

/** `${{secrets.REPOSITORY}}` of `$REGISTRY/${{ secrets.REPOSITORY }}:$TAG`; undefined where only a whole run tells it. */
export function repositoryExpression(image: Value<string>): string | undefined {
  if (image.state !== 'dynamic' || !image.text.includes('$')) return undefined;
  const text = image.text
    .slice(0, 1000)
    .replace(/\$\{\{\s*([^{}]*?)\s*\}\}/g, (_, inner: string) => `\${{${inner.replace(/[/:]/g, ' ')}}}`);
  const last = text.slice(text.lastIndexOf('/') + 1).replace(/[:@].*$/s, '');
  return !last.includes('$') || /\b(?:outputs|needs)\./.test(last) ? undefined : last;
}
