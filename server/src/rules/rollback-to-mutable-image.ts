// What a rollback starts is decided by a tag that moves.

import { knownValue } from '../facts/value.ts';
import { pinFix, tagPlace } from './imageTags.ts';
import { movingContainers, unpinnedBecause } from './movingTags.ts';
import { rollingPage } from './rollingUpdates.ts';
import type { DeploymentRule } from './rule.ts';

export const rollbackToMutableImage: DeploymentRule = {
  id: 'rollback-to-mutable-image',
  group: 'images',
  severity: 'warning',
  summary: 'Rollback is on, but the image is a moving tag.',
  why: 'A rollback returns to the last completed deployment. Since June 2024 that deployment has pinned its tags to digests, so it starts the image it had; but an untagged digest may have been deleted by the registry’s lifecycle policy. Where the tag was not pinned (`versionConsistency` disabled, a service created at zero tasks, an old platform version, three failed attempts to resolve it without a circuit breaker) the rollback starts whatever the tag means by then: mostly the image that just failed.',
  remedy: 'Push every build under a tag of its own and write that tag into the revision.',
  sources: [
    `${rollingPage}#deployment-container-image-stability`,
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html',
  ],
  fixKinds: ['asks'],
  subject: 'deployment',
  *check(deployment) {
    const breaker = knownValue(deployment.service?.deploymentCircuitBreaker);
    if (knownValue(breaker?.enable) !== true || knownValue(breaker?.rollback) !== true) return;
    for (const { container, moving, shown } of movingContainers(deployment)) {
      const unpinned = unpinnedBecause(container, deployment);
      yield {
        at: tagPlace(moving),
        message:
          unpinned === undefined
            ? `A rollback needs the digest that ${shown} had, and the registry may have deleted it by then.`
            : `A rollback starts whatever ${shown} means by then, because ${unpinned}.`,
        severity: unpinned === undefined ? 'info' : 'warning',
        ...(breaker?.rollback && { related: [{ at: breaker.rollback.at, message: 'Rollback is on.' }] }),
        fixes: [pinFix(moving)],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:«stable»", "essential": true }]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": «1:true» } }
}
`,
        message: 'A rollback needs the digest that acme/web:stable had, and the registry may have deleted it by then.',
      },
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:«stable»", "essential": true, "versionConsistency": "disabled" }
  ]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
        message: 'A rollback starts whatever acme/web:stable means by then, because versionConsistency is disabled.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
    ],
  },
};
