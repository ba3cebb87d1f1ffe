// Which Dockerfile builds a container's image, strongest cue first. One candidate of the strongest cue wins; several
// that differ leave the container unlinked, with the reason.

import { dirname, isWithin, joinUri, type Uri } from '../base/uri.ts';
import { type Dockerfile, stageChain } from '../facts/dockerfile.ts';
import { factOf } from '../facts/fileFacts.ts';
import { repositoryName, writtenReference } from '../facts/imageReference.ts';
import type { Container, TaskDefinition } from '../facts/taskDefinition.ts';
import { knownValue } from '../facts/value.ts';
import { withArguments } from './buildArguments.ts';
import {
  type Candidate,
  type Cue,
  composeCue,
  isBuiltElsewhere,
  isReplaced,
  onlyPushedCue,
  pipelineCues,
  type Subject,
  statedCue,
} from './buildCues.ts';
import type { Link } from './deployment.ts';
import { type DockerfileIndex, dockerfilesNamed, indexOf, plainOf } from './dockerfileNames.ts';
import { namesProject, originOf } from './foreignImages.ts';
import { above, inProject } from './placeCues.ts';
import { unlinkedReason } from './reasons.ts';
import type { View } from './view.ts';

export interface Build {
  readonly uri: Uri;
  readonly dockerfile: Dockerfile;
  readonly stage: number;
  readonly context: Uri;
  readonly link: Link;
}

export type DockerfileLink =
  | { readonly build: Build }
  /** `candidates` are the builds among which nothing in view decides. */
  | { readonly unlinked: string; readonly candidates: readonly Build[] };

/** More candidates than these are not compared. */
const MOST_CANDIDATES = 4;

function fromSettings({ container, file, folder }: Subject, view: View): Cue | undefined {
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

function byNames(name: string | undefined, because: string, index: DockerfileIndex): Cue | undefined {
  const named = name === undefined || name === '' ? [] : dockerfilesNamed(index, name);
  const candidates = plainOf(named);
  return candidates.length === 0
    ? undefined
    : { certain: false, because, candidates: candidates.map((uri) => ({ uri })) };
}

/** Names that a container has where nobody named it. */
const everybodysNames = /^(?:app|application|container|main|server|service)$/i;

/** A name that every second container has means no Dockerfile that lies farther away than others. */
function ofContainer(cue: Cue | undefined, { container, file }: Subject, index: DockerfileIndex): Cue | undefined {
  if (cue === undefined || !everybodysNames.test(knownValue(container.name) ?? '')) return cue;
  const nearest = Math.max(...index.all.map((uri) => sharedFolders(file, uri)));
  const candidates = cue.candidates.filter(({ uri }) => sharedFolders(file, uri) >= nearest);
  return candidates.length === 0 ? undefined : { ...cue, candidates };
}

/** How many folders two files have in common, from the root on. */
function sharedFolders(left: Uri, right: Uri): number {
  const others = dirname(right).split('/');
  const index = dirname(left)
    .split('/')
    .findIndex((part, position) => part !== others[position]);
  return index < 0 ? dirname(left).split('/').length : index;
}

/** Folders that say where Dockerfiles lie, not what they build. */
const placeWords = new Set(['docker', 'build', 'deploy', 'deployment', 'ecs', 'aws', 'infra', 'prod', 'production']);

/** A Dockerfile whose name begins or ends the container's or repository's: `api` of `acme-api`. */
function byPartOfName(name: string | undefined, index: DockerfileIndex): Cue | undefined {
  const parts = (name ?? '').toLowerCase().split(/[-_.]/, 12);
  const names = parts.slice(1).flatMap((_, cut) => {
    const halves = [parts.slice(0, cut + 1), parts.slice(cut + 1)];
    return halves.map((half) => half.join('-'));
  });
  const telling = names.filter((part) => part.length > 1 && !placeWords.has(part));
  const candidates = plainOf([...new Set(telling.flatMap((part) => dockerfilesNamed(index, part)))]);
  if (candidates.length !== 1) return undefined;
  const because = `its folder or name is a part of ${name}`;
  return { certain: false, because, candidates: candidates.map((uri) => ({ uri })) };
}

/** Cues in the order of their strength; later ones are looked for only where earlier ones gave nothing. */
function* cues(subject: Subject, taskDefinition: TaskDefinition, view: View): Iterable<Cue | undefined> {
  const { container, folder } = subject;
  yield fromSettings(subject, view);
  if (container.build) {
    yield statedCue(subject, view);
    return;
  }
  yield* pipelineCues(subject, view);
  yield composeCue(subject, view);
  // The image of the file is not what runs where a pipeline writes another.
  const origin = isReplaced(subject, taskDefinition, view) ? 'own' : originOf(container);
  const index = indexOf(view.filesWith('dockerfile', folder), folder);
  const repository = repositoryName(container.image);
  const repositoryCue = byNames(repository, `its folder or name is that of the image repository ${repository}`, index);
  if (origin === 'published') {
    // A pull-through cache keeps the publisher's names in a registry of one's own.
    if (writtenReference(container.image)?.includes('.dkr.')) yield repositoryCue;
    return;
  }
  yield repositoryCue;
  const name = knownValue(container.name);
  const several = index.all.length > 1;
  const nameCue = ofContainer(byNames(name, `its folder or name is that of container ${name}`, index), subject, index);
  if (several) yield nameCue ?? byPartOfName(repository, index) ?? byPartOfName(name, index);
  if (origin === 'public' && !namesProject(container, taskDefinition, folder, view)) return;
  const shared = isBuiltElsewhere(subject, view) || sharesWeakCue(subject, taskDefinition, index, view);
  if (!shared) yield onlyPushedCue(subject, view);
  if (!shared) yield above(subject, index);
  yield nameCue;
  if (!shared) yield inProject(subject, index, view);
  const [only] = index.all;
  if (only !== undefined && !several && !shared) {
    yield { certain: false, because: 'the only Dockerfile in view', candidates: [{ uri: only }] };
  }
}

/** Whether another container of the task, with an image of its own, could claim a Dockerfile by its place alone just as well. */
function sharesWeakCue(subject: Subject, taskDefinition: TaskDefinition, index: DockerfileIndex, view: View): boolean {
  const { container, folder } = subject;
  const repository = repositoryName(container.image);
  return taskDefinition.containerDefinitions.items.some((other, position) => {
    if (other === container) return false;
    if (originOf(other) === 'published') return false;
    if (originOf(other) === 'public' && !namesProject(other, taskDefinition, folder, view)) return false;
    if (repositoryName(other.image) === repository && repository !== undefined) return false;
    return !isLinkedOtherwise({ ...subject, container: other, index: position }, index, view);
  });
}

/** Whether something stronger than its place says which Dockerfile a container is built from. */
function isLinkedOtherwise(subject: Subject, index: DockerfileIndex, view: View): boolean {
  const { container } = subject;
  const named = [repositoryName(container.image), knownValue(container.name)];
  const cues = [
    fromSettings(subject, view),
    ...pipelineCues(subject, view),
    composeCue(subject, view),
    ...named.map((name) => byNames(name, '', index)),
  ];
  return cues.some((cue) => cue?.candidates.length === 1);
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
  const written = factOf(view.facts(candidate.uri), 'dockerfile');
  if (!written || written.stages.length === 0) return undefined;
  const dockerfile = withArguments(written, candidate.arguments ?? []);
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
  const index = taskDefinition.containerDefinitions.items.indexOf(container);
  const subject = { container, file: taskDefinition.at.uri, folder, index };
  for (const cue of cues(subject, taskDefinition, view)) {
    if (!cue) continue;
    const distinct = [...new Map(cue.candidates.map((candidate) => [candidate.uri, candidate])).values()];
    const [first, second] = distinct;
    if (first === undefined) continue;
    if (second !== undefined) {
      const names = distinct.map((candidate) => candidate.uri.slice(folder.length + 1)).join(', ');
      const builds = distinct.flatMap((candidate) => toBuild(candidate, cue, container, folder, view) ?? []);
      const isComparable = builds.length === distinct.length && builds.length <= MOST_CANDIDATES;
      return {
        candidates: isComparable ? builds : [],
        unlinked: `Several Dockerfiles could build its image (${names}); name the right one with "links" in steadystate.json.`,
      };
    }
    const build = toBuild(first, cue, container, folder, view);
    if (build) return { build };
  }
  return { unlinked: unlinkedReason(subject, taskDefinition, view), candidates: [] };
}
