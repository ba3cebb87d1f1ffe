// Which image tags move, and the fix that pins one.

import { IMAGE_TAG_PLACEHOLDER } from '../facts/edit.ts';
import { type DecidedReference, decidedReference, type ImageReference } from '../facts/imageReference.ts';
import { placeWithin } from '../facts/value.ts';
import type { DeployedContainer } from '../graph/deployment.ts';
import type { Finding, Fix } from './rule.ts';

const moving =
  /^(?:main|master|trunk|develop|development|dev|devel|test|testing|qa|uat|staging|stage|stg|prod|production|prd|live|release|stable|edge|next|nightly|canary|current|snapshot|beta|alpha)$/i;

export type MovingImage = DecidedReference;

/** A container's image where the files decide it: no pipeline in view writes another one. */
export function decidedImage(container: DeployedContainer): MovingImage | undefined {
  if (container.renders.length > 0) return undefined;
  const decided = decidedReference(container.container.image);
  return decided && decided.reference.digest === undefined ? decided : undefined;
}

/** `latest`, also where no tag is written. */
export function isLatest(reference: ImageReference): boolean {
  return reference.tag === undefined || reference.tag === 'latest';
}

export function isMovingName(tag: string | undefined): boolean {
  return tag !== undefined && (moving.test(tag) || /^latest[-_.]/i.test(tag));
}

/** The tag's place, else the whole reference's. */
export function tagPlace({ image, reference }: MovingImage): Finding['at'] {
  const { tag, tagStart } = reference;
  return tag !== undefined && tagStart !== undefined ? placeWithin(image, tagStart, tagStart + tag.length) : image.at;
}

/** Leaves a placeholder: only a person knows which tag was tested. */
export function pinFix(moved: MovingImage): Fix {
  const at = tagPlace(moved);
  const whole = at === moved.image.at;
  const value = whole ? `${moved.reference.name}:${IMAGE_TAG_PLACEHOLDER}` : IMAGE_TAG_PLACEHOLDER;
  return {
    title: 'Pin the image to a tag…',
    kind: 'asks',
    preferred: false,
    intents: [{ kind: 'replace', at, value }],
  };
}
