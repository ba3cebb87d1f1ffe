// What people are told where a container's Dockerfile or its ports stay open: the step that could not be taken, and what
// they can do, in one sentence.

import { writtenReference } from '../facts/imageReference.ts';
import type { Listens } from '../facts/listens.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import { BUILT_ELSEWHERE } from '../launch/index.ts';
import type { Subject } from './buildCues.ts';
import type { DockerfileLink } from './dockerfiles.ts';
import { originOf } from './foreignImages.ts';
import { isBuildOf, namesFile, pipelines } from './pipelines.ts';
import type { View } from './view.ts';

const NAME_IT = 'name its Dockerfile with "links" in steadystate.json';

export function unlinkedReason(subject: Subject, taskDefinition: TaskDefinition, view: View): string {
  const { container, folder } = subject;
  if (container.build) {
    return `Its description builds the image from a Dockerfile that is not in view or that only a run decides; ${NAME_IT}.`;
  }
  const image = writtenReference(container.image)?.slice(0, 200) ?? '';
  const origin = originOf(container);
  if (origin === 'published') return `The image ${image} is published by others, and no build in view makes it.`;
  if (view.filesWith('dockerfile', folder).length === 0) {
    return 'No Dockerfile is in view, so the image is built elsewhere.';
  }
  if (origin === 'public') {
    return `Nothing in view builds the public image ${image} or carries its name; if it is built here, ${NAME_IT}.`;
  }
  const open = unplacedBuild(subject, view);
  if (open !== undefined) return `${open}; ${NAME_IT}.`;
  const others = taskDefinition.containerDefinitions.items.length > 1;
  const what = others ? 'which of the containers a Dockerfile in view belongs to' : 'which Dockerfile builds its image';
  return `No build, folder or name tells ${what}; ${NAME_IT}.`;
}

/** A build of this very image whose Dockerfile cannot be told. */
function unplacedBuild({ container, file }: Subject, view: View): string | undefined {
  for (const placed of pipelines(view.folderOf(file), view)) {
    const build = placed.pipeline.builds.find((one) => isBuildOf(one, container.image));
    const renders = placed.pipeline.renders.some((one) => namesFile(placed, one.taskDefinition, file, view));
    if (build)
      return 'The pipeline that builds its image names a Dockerfile that is not in view or that only a run decides';
    if (renders && placed.pipeline.builds.length === 0)
      return 'The pipeline writes an image into it that it does not build';
  }
  return undefined;
}

/** An answer that stays open, with what people can do about it. */
export function withRemedy(listens: Listens, link: DockerfileLink): Listens {
  if (listens.state !== 'unknown') return listens;
  if ('build' in link)
    return { ...listens, reason: sentence(`${listens.reason}; state the ports with "listens" in steadystate.json`) };
  return { ...listens, reason: listens.reason === BUILT_ELSEWHERE ? link.unlinked : sentence(listens.reason) };
}

/** The name of a file at the start keeps its spelling. */
function sentence(clause: string): string {
  const first = /^\S*[./]/.test(clause) ? clause.charAt(0) : clause.charAt(0).toUpperCase();
  return `${first}${clause.slice(1).replace(/\.$/, '')}.`;
}
