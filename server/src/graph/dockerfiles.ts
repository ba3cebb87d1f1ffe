// Which Dockerfile builds a container's image, strongest cue first. One candidate of the strongest cue wins; several
// that differ leave the container unlinked, with the reason.

import { isWellKnownImage } from '../aws/wellKnownImages.ts';
import { basename, dirname, isWithin, joinUri, type Uri } from '../base/uri.ts';
import { type Dockerfile, stageChain } from '../facts/dockerfile.ts';
import { factOf } from '../facts/fileFacts.ts';
import { repositoryName } from '../facts/imageReference.ts';
import type { Container, TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue, type Value } from '../facts/value.ts';
import type { Link } from './deployment.ts';
import { buildsOf, namedFile, type PlacedBuild, pipelines } from './pipelines.ts';
import type { View } from './view.ts';

export interface Build {
  readonly uri: Uri;
  readonly dockerfile: Dockerfile;
  readonly stage: number;
  readonly context: Uri;
  readonly link: Link;
}

export type DockerfileLink = { readonly build: Build } | { readonly unlinked: string };

interface Candidate {
  readonly uri: Uri;
  readonly context?: Uri;
  readonly target?: string;
}

interface Cue {
  readonly certain: boolean;
  readonly because: string;
  readonly candidates: readonly Candidate[];
}

/** The distinguishing part of a Dockerfile's name: `api` of `Dockerfile.api`, `api.Dockerfile`, `api-Dockerfile`. */
function variantOf(uri: Uri): string {
  return basename(uri)
    .replace(/(?:docker|container)file/i, '')
    .replace(/^[.\-_]+|[.\-_]+$/g, '')
    .toLowerCase();
}

const notProduction =
  /(?:^|[.\-_/])(?:dev|develop|development|local|test|tests|testing|e2e|ci|debug|devcontainer|example|examples|docs)(?:[.\-_/]|$)/i;

function isProduction(uri: Uri, folder: Uri): boolean {
  return !notProduction.test(`${dirname(uri).slice(folder.length)}/`) && !notProduction.test(variantOf(uri));
}

/** Names by which a Dockerfile may be called: its variant and its folder. */
function namesOf(uri: Uri, folder: Uri): readonly string[] {
  const home = dirname(uri);
  return [variantOf(uri), home === folder ? '' : basename(home).toLowerCase()].filter((name) => name !== '');
}

/** The Dockerfiles of an analysed folder, findable by name and by folder. */
interface DockerfileIndex {
  readonly all: readonly Uri[];
  readonly byName: ReadonlyMap<string, readonly Uri[]>;
  readonly byFolder: ReadonlyMap<Uri, readonly Uri[]>;
}

/** Kept by the list they were made of, which stays the same array until a Dockerfile comes or goes. */
const indexes = new WeakMap<readonly Uri[], DockerfileIndex>();

function indexOf(every: readonly Uri[], folder: Uri): DockerfileIndex {
  const kept = indexes.get(every);
  if (kept) return kept;
  const production = every.filter((uri) => isProduction(uri, folder));
  const all = production.length > 0 ? production : every;
  const index = {
    all,
    byName: grouped(all, (uri) => namesOf(uri, folder)),
    byFolder: grouped(all, (uri) => [dirname(uri)]),
  };
  indexes.set(every, index);
  return index;
}

function grouped(uris: readonly Uri[], keysOf: (uri: Uri) => readonly string[]): ReadonlyMap<string, readonly Uri[]> {
  const groups = new Map<string, Uri[]>();
  for (const uri of uris) {
    for (const key of new Set(keysOf(uri))) {
      const group = groups.get(key);
      if (group) group.push(uri);
      else groups.set(key, [uri]);
    }
  }
  return groups;
}

function fromSettings(container: Container, file: Uri, folder: Uri, view: View): Cue | undefined {
  const name = knownValue(container.name);
  const setting = view
    .links(folder)
    .find((link) => joinUri(folder, link.taskDefinition) === file && link.container === name);
  return (
    setting && {
      certain: true,
      because: 'the settings link it',
      candidates: [{ uri: joinUri(folder, setting.dockerfile) }],
    }
  );
}

function candidateOf(build: PlacedBuild): Candidate {
  const target = knownValue(build.build.target);
  return { uri: build.dockerfile, context: build.context, ...(target === undefined ? {} : { target }) };
}

/** A build whose tag names the container's repository, else the build whose image the workflow renders into the container. */
function fromPipelines(container: Container, file: Uri, folder: Uri, view: View): Cue | undefined {
  const repository = repositoryName(container.image);
  const name = knownValue(container.name);
  const named: Candidate[] = [];
  const rendered: Candidate[] = [];
  for (const placed of pipelines(folder, view)) {
    const builds = buildsOf(placed, view);
    named.push(...builds.filter((build) => pushesTo(build, repository)).map(candidateOf));
    const renders = placed.pipeline.renders.filter(
      (render) => namedFile(placed, render.taskDefinition) === file && knownValue(render.containerName) === name,
    );
    const same = builds.filter((build) => renders.some((render) => isImageOf(build, render.image)));
    const isOnlyBuild =
      builds.length === placed.pipeline.builds.length && new Set(builds.map((build) => build.dockerfile)).size === 1;
    if (same.length > 0) rendered.push(...same.map(candidateOf));
    else if (renders.length > 0 && isOnlyBuild) rendered.push(...builds.map(candidateOf));
  }
  if (named.length > 0)
    return { certain: true, because: `the pipeline builds ${repository} from it`, candidates: named };
  if (rendered.length === 0) return undefined;
  return { certain: true, because: 'the workflow that deploys this container builds it', candidates: rendered };
}

/** The one Dockerfile that the pipelines build and push, where their tags do not name another repository. */
function onlyPushed(container: Container, folder: Uri, view: View): Cue | undefined {
  const repository = repositoryName(container.image);
  const candidates: Candidate[] = [];
  for (const placed of pipelines(folder, view)) {
    const pushing = placed.pipeline.builds.filter((build) => build.pushes);
    const builds = buildsOf(placed, view).filter(({ build }) => build.pushes);
    if (builds.length < pushing.length) return undefined;
    candidates.push(...builds.filter((build) => mayPushTo(build, repository)).map(candidateOf));
  }
  if (new Set(candidates.map((candidate) => candidate.uri)).size !== 1) return undefined;
  return { certain: false, because: 'the only Dockerfile that the pipelines push an image of', candidates };
}

function mayPushTo({ build }: PlacedBuild, repository: string | undefined): boolean {
  if (repository === undefined) return true;
  return build.tags.some((tag) => [undefined, repository].includes(repositoryName(tag)));
}

function pushesTo({ build }: PlacedBuild, repository: string | undefined): boolean {
  return repository !== undefined && build.tags.some((tag) => repositoryName(tag) === repository);
}

/** Whether a build pushes the image: by the repository's name, or by the very expression. */
function isImageOf(placed: PlacedBuild, image: Value<string>): boolean {
  if (pushesTo(placed, repositoryName(image))) return true;
  return (
    image.state === 'dynamic' &&
    image.text !== '' &&
    placed.build.tags.some((tag) => tag.state === 'dynamic' && tag.text === image.text)
  );
}

function byNames(name: string | undefined, because: string, index: DockerfileIndex): Cue | undefined {
  const candidates = name === undefined || name === '' ? [] : (index.byName.get(name.toLowerCase()) ?? []);
  return candidates.length === 0
    ? undefined
    : { certain: false, because, candidates: candidates.map((uri) => ({ uri })) };
}

/** Dockerfiles in the nearest folder at or above the task definition that has any. */
function above(file: Uri, index: DockerfileIndex, folder: Uri): Cue | undefined {
  for (let home = dirname(file); isWithin(folder, home); home = dirname(home)) {
    const here = index.byFolder.get(home);
    if (!here) continue;
    const plain = here.filter((uri) => variantOf(uri) === '');
    const because =
      here.length === 1
        ? 'the only Dockerfile above the task definition'
        : 'the plain Dockerfile above the task definition';
    return { certain: false, because, candidates: (plain.length === 1 ? plain : here).map((uri) => ({ uri })) };
  }
  return undefined;
}

/** Folders that say where Dockerfiles lie, not what they build. */
const placeWords = new Set(['docker', 'build', 'deploy', 'deployment', 'ecs', 'aws', 'infra', 'prod', 'production']);

/** A Dockerfile whose name begins or ends the container's or repository's: `api` of `acme-api`. */
function byPartOfName(name: string | undefined, index: DockerfileIndex): Cue | undefined {
  const parts = (name ?? '').toLowerCase().split(/[-_.]/, 12);
  const names = parts.slice(1).flatMap((_, cut) => {
    const halves = [parts.slice(0, cut + 1), parts.slice(cut + 1)];
    return halves.flatMap((half) => [half.join('-'), half.join('_')]);
  });
  const telling = names.filter((part) => part.length > 1 && !placeWords.has(part));
  const candidates = [...new Set(telling.flatMap((part) => index.byName.get(part) ?? []))];
  if (candidates.length !== 1) return undefined;
  const because = `its folder or name is a part of ${name}`;
  return { certain: false, because, candidates: candidates.map((uri) => ({ uri })) };
}

/** Cues in the order of their strength; later ones are looked for only where earlier ones gave nothing. */
function* cues(container: Container, taskDefinition: TaskDefinition, view: View): Iterable<Cue | undefined> {
  const file = taskDefinition.at.uri;
  const folder = view.folderOf(file);
  yield fromSettings(container, file, folder, view);
  yield fromPipelines(container, file, folder, view);
  const image = knownValue(container.image);
  const index = indexOf(view.filesWith('dockerfile', folder), folder);
  const repository = repositoryName(container.image);
  const repositoryCue = byNames(repository, `its folder or name is that of the image repository ${repository}`, index);
  if (image !== undefined && isForeignImage(image)) {
    if (image.includes('.dkr.')) yield repositoryCue;
    return;
  }
  yield repositoryCue;
  const name = knownValue(container.name);
  const several = index.all.length > 1;
  const nameCue = byNames(name, `its folder or name is that of container ${name}`, index);
  if (several) yield nameCue ?? byPartOfName(repository, index) ?? byPartOfName(name, index);
  const shared = sharesWeakCue(container, taskDefinition);
  if (!shared) yield onlyPushed(container, folder, view);
  if (!shared) yield above(file, index, folder);
  yield nameCue;
  const [only] = index.all;
  if (only !== undefined && !several && !shared) {
    yield { certain: false, because: 'the only Dockerfile in view', candidates: [{ uri: only }] };
  }
}

/** `mongo:7.0`: nobody pushes an image of their own to Docker Hub without a name before the slash. */
const officialImage = /^[a-z][a-z0-9._-]{1,60}:v?\d/;

function isForeignImage(image: string): boolean {
  return isWellKnownImage(image) || officialImage.test(image);
}

/** Whether another container of the task, with an image of its own, could claim a Dockerfile by its place alone just as well. */
function sharesWeakCue(container: Container, taskDefinition: TaskDefinition): boolean {
  const repository = repositoryName(container.image);
  return taskDefinition.containerDefinitions.items.some((other) => {
    if (other === container) return false;
    const image = knownValue(other.image);
    if (image !== undefined && isForeignImage(image)) return false;
    return repositoryName(other.image) !== repository || repository === undefined;
  });
}

/** The folder that COPY counts from, where no build says it: the one at or above the Dockerfile that holds most sources. */
function guessContext(uri: Uri, dockerfile: Dockerfile, folder: Uri, view: View): Uri {
  const sources = dockerfile.stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction) =>
      instruction.kind === 'copy' && instruction.from === undefined
        ? instruction.sources.flatMap((source) => knownValue(source) ?? [])
        : [],
    ),
  );
  const plain = sources.filter(
    (source) => !/[*?[]/.test(source) && source !== '.' && source !== './' && source !== '/',
  );
  let best = dirname(uri);
  let bestCount = -1;
  for (let home = dirname(uri); isWithin(folder, home); home = dirname(home)) {
    const count = plain.filter((source) => {
      const target = joinUri(home, source.replace(/^\/+/, ''));
      return view.exists(target) || view.folderExists(target);
    }).length;
    if (count > bestCount) {
      best = home;
      bestCount = count;
    }
    if (bestCount === plain.length) break;
  }
  return best;
}

function toBuild(candidate: Candidate, cue: Cue, container: Container, folder: Uri, view: View): Build | undefined {
  const dockerfile = factOf(view.facts(candidate.uri), 'dockerfile');
  if (!dockerfile || dockerfile.stages.length === 0) return undefined;
  const target = candidate.target?.toLowerCase();
  const named = target === undefined ? -1 : dockerfile.stages.findIndex((stage) => stage.name === target);
  const stage = named >= 0 ? named : dockerfile.stages.length - 1;
  const to = stageChain(dockerfile, stage)[0]?.at ?? dockerfile.at;
  return {
    uri: candidate.uri,
    dockerfile,
    stage,
    context: candidate.context ?? guessContext(candidate.uri, dockerfile, folder, view),
    link: { from: container.nameAt, to, certain: cue.certain, because: cue.because },
  };
}

export function dockerfileOf(container: Container, taskDefinition: TaskDefinition, view: View): DockerfileLink {
  const folder = view.folderOf(taskDefinition.at.uri);
  for (const cue of cues(container, taskDefinition, view)) {
    if (!cue) continue;
    const distinct = [...new Map(cue.candidates.map((candidate) => [candidate.uri, candidate])).values()];
    const [first, second] = distinct;
    if (first === undefined) continue;
    if (second !== undefined) {
      const names = distinct.map((candidate) => candidate.uri.slice(folder.length + 1)).join(', ');
      return { unlinked: `Several Dockerfiles could build it (${names}); settle it with "links" in steadystate.json.` };
    }
    const build = toBuild(first, cue, container, folder, view);
    if (build) return { build };
  }
  return { unlinked: 'No Dockerfile in view builds its image; name one with "links" in steadystate.json.' };
}
