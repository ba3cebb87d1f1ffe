// Dockerfiles that the place of a task definition suggests: in a folder above it, or in the project that it is a part of.
// Whether a place may speak at all is decided in `dockerfiles.ts`.

import { basename, dirname, isWithin, type Uri } from '../base/uri.ts';
import { stageChain } from '../facts/dockerfile.ts';
import { factOf } from '../facts/fileFacts.ts';
import { repositoryName } from '../facts/imageReference.ts';
import { knownValue, type Value } from '../facts/value.ts';
import { type Cue, isBuiltForAnother, type Subject } from './buildCues.ts';
import { type DockerfileIndex, plainOf } from './dockerfileNames.ts';
import { originOf } from './foreignImages.ts';
import type { View } from './view.ts';

/** Dockerfiles in the nearest folder at or above the task definition that has any. */
export function above({ file, folder }: Subject, index: DockerfileIndex): Cue | undefined {
  for (let home = dirname(file); isWithin(folder, home); home = dirname(home)) {
    const here = index.byFolder.get(home);
    if (!here) continue;
    const because =
      here.length === 1
        ? 'the only Dockerfile above the task definition'
        : 'the plain Dockerfile above the task definition';
    return { certain: false, because, candidates: plainOf(here).map((uri) => ({ uri })) };
  }
  return undefined;
}

/** Folders that hold the infrastructure of a project, not the project. */
const infrastructureFolder =
  /^(?:aws|cdk|cfn|cloudformation|deploy|deployments?|devops|ecs|env|environments?|iac|infra|infrastructure|modules|ops|stacks?|terraform|tf)$/i;

/** The one Dockerfile of the nearest folder around the task definition that has any below it: `shop/` of `shop/infra/`. */
export function inProject(subject: Subject, index: DockerfileIndex, view: View): Cue | undefined {
  const { file, folder } = subject;
  for (let home = dirname(file); home !== folder && isWithin(folder, home); home = dirname(home)) {
    const inside = index.all.filter((uri) => isWithin(home, uri));
    if (inside.length === 0) continue;
    const [uri, other] = plainOf(inside);
    if (uri === undefined || other !== undefined || infrastructureFolder.test(basename(home))) return undefined;
    if (isOfLambda(uri, view) || isBuiltForAnother(uri, subject, view)) return undefined;
    if (hasOtherImages(home, subject, view)) return undefined;
    const because = `the only Dockerfile in ${home.slice(folder.length + 1)}, where the task definition lies`;
    return { certain: false, because, candidates: [{ uri }] };
  }
  return undefined;
}

/** AWS's base images for functions. https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
function isOfLambda(uri: Uri, view: View): boolean {
  const dockerfile = factOf(view.facts(uri), 'dockerfile');
  if (!dockerfile) return false;
  const base = stageChain(dockerfile, dockerfile.stages.length - 1).at(-1)?.from;
  return base?.state === 'known' && /^public\.ecr\.aws\/lambda\//.test(base.value);
}

/** Whether another container of a task definition in the folder runs another image, which the Dockerfile could build as well. */
function hasOtherImages(home: Uri, { container, folder }: Subject, view: View): boolean {
  const own = nameOf(container.image);
  return view
    .filesWith('taskDefinition', folder)
    .filter((uri) => isWithin(home, uri))
    .flatMap((uri) => view.facts(uri)?.facts ?? [])
    .flatMap((fact) => (fact.kind === 'taskDefinition' ? fact.containerDefinitions.items : []))
    .filter((other) => other !== container)
    .some((other) => originOf(other) !== 'published' && (own === undefined || nameOf(other.image) !== own));
}

function nameOf(image: Value<string>): string | undefined {
  return repositoryName(image) ?? (image.state === 'dynamic' ? image.text : knownValue(image));
}
