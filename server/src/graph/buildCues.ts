// Which Dockerfiles the image builds in view name for a container: the one of its own description, those of pipelines and
// scripts, then of compose files.

import { joinUri, type Uri } from '../base/uri.ts';
import { repositoryName } from '../facts/imageReference.ts';
import type { Pipeline, PipelineBuild, PipelineRender } from '../facts/pipeline.ts';
import type { Container, EnvironmentVariable, TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue, type Value } from '../facts/value.ts';
import { isProduction } from './dockerfileNames.ts';
import { originOf } from './foreignImages.ts';
import {
  buildsOf,
  isBuildOf,
  isTagged,
  namesFile,
  type PlacedBuild,
  type PlacedPipeline,
  pipelines,
  placedBuild,
  rendersOf,
  repositoryExpression,
} from './pipelines.ts';
import type { View } from './view.ts';

/** A Dockerfile that may build an image, and what the build command says beside it. */
export interface Candidate {
  readonly uri: Uri;
  readonly context?: Uri;
  readonly target?: string;
  readonly arguments?: readonly EnvironmentVariable[];
}

export interface Cue {
  readonly certain: boolean;
  readonly because: string;
  readonly candidates: readonly Candidate[];
}

/** A container, and where its task definition stands. */
export interface Subject {
  readonly container: Container;
  readonly file: Uri;
  readonly folder: Uri;
  /** Which container of its task definition it is. */
  readonly index: number;
}

/** `target: dev` of a compose file is for the developer's machine, and so is what it hands to that stage. */
const developmentStage = /^(?:dev|develop|development|local|debug|test|testing|ci)$/i;

/** The build that the container's own description states. */
export function statedCue({ container, folder: root }: Subject, view: View): Cue | undefined {
  const { build } = container;
  if (!build) return undefined;
  const { dockerfile, context: folder, target: stage, arguments: given } = build;
  const context = knownValue(folder);
  const target = knownValue(stage);
  const implied = dockerfile.state === 'absent' && context !== undefined ? joinUri(context, 'Dockerfile') : undefined;
  const stated = knownValue(dockerfile) ?? implied;
  const uri = stated === undefined || view.exists(stated) ? stated : inOtherCase(stated, root, view);
  if (uri === undefined) return undefined;
  const isAbove = context !== undefined && uri.toLowerCase().startsWith(`${context.toLowerCase()}/`);
  const candidate = {
    uri,
    ...(context === undefined ? {} : { context: isAbove ? uri.slice(0, context.length) : context }),
    ...(target === undefined ? {} : { target }),
    ...(given.length === 0 ? {} : { arguments: given }),
  };
  const certain = uri === stated;
  const because = certain
    ? 'its own description builds the image from it'
    : 'its own description names it, in other upper and lower case';
  return { certain, because, candidates: [candidate] };
}

/** The one Dockerfile of that path on the disks of macOS and Windows, which do not tell upper from lower case. */
function inOtherCase(path: Uri, folder: Uri, view: View): Uri | undefined {
  const spelled = path.toLowerCase();
  const [found, other] = view.filesWith('dockerfile', folder).filter((uri) => uri.toLowerCase() === spelled);
  return other === undefined ? found : undefined;
}

function candidateOf({ build, dockerfile, context }: PlacedBuild): Candidate {
  const target = knownValue(build.target);
  const development = target !== undefined && developmentStage.test(target);
  return {
    uri: dockerfile,
    context,
    ...(target === undefined || development ? {} : { target }),
    ...(build.buildArguments.length === 0 || development ? {} : { arguments: build.buildArguments }),
  };
}

/** Where several builds fit: those for production, those that are pushed, those of a pipeline that deploys this file. */
function strongest(builds: readonly PlacedBuild[], { file, folder }: Subject, view: View): readonly Candidate[] {
  const tests: readonly ((build: PlacedBuild) => boolean)[] = [
    ({ dockerfile }) => isProduction(dockerfile, folder),
    ({ build }) => build.pushes,
    ({ placed }) => deploysFile(placed, file, view),
  ];
  let kept = builds;
  for (const test of tests) {
    const passing = kept.filter(test);
    if (passing.length > 0) kept = passing;
  }
  return kept.map(candidateOf);
}

function deploysFile(placed: PlacedPipeline, file: Uri, view: View): boolean {
  const steps = [...placed.pipeline.renders, ...placed.pipeline.deploys];
  return steps.some((step) => namesFile(placed, step.taskDefinition, file, view));
}

const who: Readonly<Record<Exclude<Pipeline['origin'], 'compose'>, string>> = {
  workflow: 'the pipeline',
  script: 'a build script',
};

/** A build whose tag names the container's repository, else the build whose image a pipeline writes into the container. */
export function* pipelineCues(subject: Subject, view: View): Iterable<Cue> {
  for (const origin of ['workflow', 'script'] as const) {
    const placed = pipelines(subject.folder, view).filter(({ pipeline }) => pipeline.origin === origin);
    const cue = namedBuild(subject, placed, who[origin], view) ?? renderedBuild(subject, placed, view);
    if (cue) yield cue;
  }
}

function namedBuild(subject: Subject, placed: readonly PlacedPipeline[], what: string, view: View): Cue | undefined {
  const repository = repositoryName(subject.container.image);
  const builds = placed
    .flatMap((one) => one.pipeline.builds.map((build) => ({ one, build })))
    .filter(({ build }) => isBuildOf(build, subject.container.image))
    .flatMap(({ one, build }) => placedBuild(one, build, view));
  if (builds.length === 0) return undefined;
  return {
    certain: true,
    because: `${what} builds ${repository ?? 'the image'} from it`,
    candidates: strongest(builds, subject, view),
  };
}

function renderedBuild(subject: Subject, placed: readonly PlacedPipeline[], view: View): Cue | undefined {
  const rendered = placed.flatMap((one) => {
    const renders = one.pipeline.renders.filter((render) => rendersSubject(one, render, subject, view));
    if (renders.length === 0) return [];
    const builds = buildsOf(one, view);
    const same = builds.filter((build) => renders.some((render) => isBuildOf(build.build, render.image)));
    if (same.length > 0) return same;
    const isOnlyBuild =
      builds.length === one.pipeline.builds.length && new Set(builds.map((build) => build.dockerfile)).size === 1;
    return isOnlyBuild && renders.some((render) => mayBeAnyBuild(render.image)) ? builds : [];
  });
  if (rendered.length === 0) return undefined;
  const because = 'the workflow that deploys this container builds it';
  return { certain: true, because, candidates: strongest(rendered, subject, view) };
}

/** Whether a pipeline that builds images writes one into the container that is surely none of them. */
export function isBuiltElsewhere(subject: Subject, view: View): boolean {
  return pipelines(subject.folder, view).some((placed) => {
    const { builds, renders } = placed.pipeline;
    const isTold = ({ tags }: PipelineBuild): boolean => tags.length > 0 && tags.every(tellsRepository);
    if (builds.length === 0 || !builds.every(isTold)) return false;
    return renders.some(
      (render) =>
        rendersSubject(placed, render, subject, view) &&
        tellsRepository(render.image) &&
        !builds.some((build) => isBuildOf(build, render.image)),
    );
  });
}

/** An expression tells apart only from another expression: a name and an expression may be the same repository. */
function tellsRepository(image: Value<string>): boolean {
  return repositoryExpression(image) !== undefined;
}

/** Whether an image is one word for whatever was built: `${{ steps.build.outputs.image }}`, `$IMAGE`. */
function mayBeAnyBuild(image: Value<string>): boolean {
  if (image.state !== 'dynamic') return false;
  return repositoryExpression(image) === undefined || !/[/:]/.test(image.text.replace(/\$\{\{[^{}]*\}\}/g, ''));
}

/** Whether a pipeline surely writes another image into the container: it names the container or the file. */
export function isReplaced({ container, file, folder }: Subject, taskDefinition: TaskDefinition, view: View): boolean {
  const renders = new Set(rendersOf(container, taskDefinition, view));
  const name = knownValue(container.name);
  const isNamed = ({ containerName }: PipelineRender): boolean =>
    name !== undefined && knownValue(containerName) === name;
  return pipelines(folder, view).some((placed) =>
    placed.pipeline.renders.some(
      (render) =>
        renders.has(render) &&
        render.image.state !== 'absent' &&
        (isNamed(render) || namesFile(placed, render.taskDefinition, file, view)),
    ),
  );
}

/** Whether a step writes this very container of this very file. */
function rendersSubject(placed: PlacedPipeline, render: PipelineRender, subject: Subject, view: View): boolean {
  const name = knownValue(render.containerName);
  const isNamed = name !== undefined && name === knownValue(subject.container.name);
  if (!isNamed && render.containerIndex !== subject.index) return false;
  return namesFile(placed, render.taskDefinition, subject.file, view);
}

/** A compose file's build of the same image, else of the service that is called like the container. */
export function composeCue(subject: Subject, view: View): Cue | undefined {
  const builds = pipelines(subject.folder, view)
    .filter(({ pipeline }) => pipeline.origin === 'compose')
    .flatMap((placed) => buildsOf(placed, view))
    .filter(({ dockerfile }) => isProduction(dockerfile, subject.folder));
  const repository = repositoryName(subject.container.image);
  const same = builds.filter(({ build }) => isTagged(build, repository));
  if (same.length > 0) {
    return {
      certain: true,
      because: `the compose file builds ${repository} from it`,
      candidates: same.map(candidateOf),
    };
  }
  const name = knownValue(subject.container.name)?.toLowerCase();
  const names = [name, originOf(subject.container) === 'own' ? repository : undefined];
  const called = builds.filter(
    ({ build }) => build.service !== undefined && names.includes(build.service.toLowerCase()),
  );
  if (called.length === 0) return undefined;
  const because = `the compose file builds service ${called[0]?.build.service} from it`;
  return { certain: false, because, candidates: called.map(candidateOf) };
}

/** The one Dockerfile that the pipelines build and push, where their tags do not name another repository. */
export function onlyPushedCue({ container, folder }: Subject, view: View): Cue | undefined {
  const repository = repositoryName(container.image);
  const candidates: Candidate[] = [];
  for (const placed of pipelines(folder, view)) {
    if (placed.pipeline.origin !== 'workflow') continue;
    const pushing = placed.pipeline.builds.filter((build) => build.pushes);
    const builds = buildsOf(placed, view).filter(({ build }) => build.pushes);
    if (builds.length < pushing.length) return undefined;
    candidates.push(...builds.filter((build) => mayPushTo(build, repository)).map(candidateOf));
  }
  if (new Set(candidates.map((candidate) => candidate.uri)).size !== 1) return undefined;
  return { certain: false, because: 'the only Dockerfile that the pipelines push an image of', candidates };
}

/** Whether builds in view make images of this Dockerfile, and all of them are surely of other repositories. */
export function isBuiltForAnother(dockerfile: Uri, { container, folder }: Subject, view: View): boolean {
  const repository = repositoryName(container.image);
  const builds = pipelines(folder, view)
    .filter(({ pipeline }) => pipeline.origin !== 'compose')
    .flatMap((placed) => buildsOf(placed, view))
    .filter((placed) => placed.dockerfile === dockerfile && placed.build.tags.length > 0);
  return builds.length > 0 && !builds.some((placed) => mayPushTo(placed, repository));
}

function mayPushTo({ build }: PlacedBuild, repository: string | undefined): boolean {
  if (repository === undefined) return true;
  return build.tags.some((tag) => [undefined, repository].includes(repositoryName(tag)));
}
