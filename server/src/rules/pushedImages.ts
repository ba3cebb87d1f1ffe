// What the rules on pipelines share: which images a pipeline pushes, and under which tags, where the file decides that.

import type { Location } from '../base/text.ts';
import type { FileFacts } from '../facts/fileFacts.ts';
import { parseImageReference, repositoryName } from '../facts/imageReference.ts';
import type { Pipeline, PipelineBuild } from '../facts/pipeline.ts';
import { placeWithin, type Value } from '../facts/value.ts';
import { isLatest, isMovingName } from './imageTags.ts';

/**
 * The pipelines of a file of which all steps are in it. What calls other files does part of its work there, and a composite
 * action is a part of what calls it.
 */
export function wholePipelines({ uri, facts }: FileFacts): readonly Pipeline[] {
  if (/\/action\.ya?ml$/.test(uri)) return [];
  return facts
    .filter((fact) => fact.kind === 'pipeline')
    .filter(({ origin, calls }) => origin !== 'compose' && calls.length === 0);
}

export interface PushedTag {
  readonly at: Location;
  /** `latest`, also where no tag is written. */
  readonly tag: string;
}

/** The tags of a pushed image where every one of them moves; empty where one does not, or is not decided. */
export function movingTags(build: PipelineBuild, { builds, otherImages }: Pipeline): readonly PushedTag[] {
  if (!build.pushes || build.otherTags || build.tags.length === 0) return [];
  const repositories = new Set(build.tags.map(repositoryName));
  const elsewhere = [...builds.flatMap(({ tags }) => tags), ...otherImages].filter((image) => {
    const repository = repositoryName(image);
    return repository === undefined || repositories.has(repository);
  });
  const tags = [...build.tags, ...elsewhere].map(movingTag);
  const moving = tags.filter((tag) => tag !== undefined);
  return moving.length === tags.length ? moving.slice(0, build.tags.length) : [];
}

/** The tag of an image, if it is surely one that moves. */
function movingTag(image: Value<string>): PushedTag | undefined {
  if (image.state === 'known') {
    const reference = parseImageReference(image.value);
    if (!reference || reference.digest !== undefined) return undefined;
    if (!isLatest(reference) && !isMovingName(reference.tag)) return undefined;
    const { tag = 'latest', tagStart } = reference;
    return { tag, at: tagStart === undefined ? image.at : placeWithin(image, tagStart, tagStart + tag.length) };
  }
  if (image.state !== 'dynamic') return undefined;
  const tag = writtenTag(image.text.slice(0, 1000));
  return tag === 'latest' || isMovingName(tag) ? { tag: tag ?? 'latest', at: image.at } : undefined;
}

/** The tag that stands behind a registry or repository which only a run tells: `latest` of `$REGISTRY/web`. */
function writtenTag(text: string): string | undefined {
  const colon = text.lastIndexOf(':');
  const tag = /^[A-Za-z_][\w.-]{0,127}$/.exec(text.slice(colon + 1))?.[0];
  const name = colon < 0 || tag === undefined ? text : text.slice(0, colon);
  if (name.split('{').length !== name.split('}').length) return undefined;
  if (colon >= 0 && tag !== undefined) return tag;
  return /\/[a-z0-9][a-z0-9._-]*$/.test(text) ? 'latest' : undefined;
}
