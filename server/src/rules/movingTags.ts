// What the rules on moving tags share: which containers run one, and why ECS would not pin it to a digest.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability

import { knownValue } from '../facts/value.ts';
import type { DeployedContainer, Deployment } from '../graph/deployment.ts';
import { decidedImage, isLatest, isMovingName, type MovingImage } from './imageTags.ts';

export interface MovingContainer {
  readonly container: DeployedContainer;
  readonly moving: MovingImage;
  /** `acme/web:latest`. */
  readonly shown: string;
}

export function movingContainers({ containers }: Deployment): readonly MovingContainer[] {
  return containers.flatMap((container) => {
    const moving = decidedImage(container);
    if (!moving || !(isLatest(moving.reference) || isMovingName(moving.reference.tag))) return [];
    return [{ container, moving, shown: `${moving.reference.name}:${moving.reference.tag ?? 'latest'}` }];
  });
}

/** A clause that says why the tag is not resolved to a digest; undefined where AWS documents that it is. */
export function unpinnedBecause(container: DeployedContainer, { service }: Deployment): string | undefined {
  if (knownValue(container.container.versionConsistency) === 'disabled') return 'versionConsistency is disabled';
  if (knownValue(service?.desiredCount) === 0) return 'a service created at zero tasks pins no digest';
  const platform = knownValue(service?.platformVersion);
  return platform !== undefined && /^1\.[0-2]\./.test(platform) ? `platform ${platform} pins no digest` : undefined;
}
