// The morning start from zero tasks runs a tag that may have moved, and nothing watches it.

import type { Location } from '../base/text.ts';
import { knownValue } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';
import { pinFix } from './imageTags.ts';
import { movingContainers, unpinnedBecause } from './movingTags.ts';
import { rollingPage } from './rollingUpdates.ts';
import type { DeploymentRule } from './rule.ts';

export const scalesToZeroOnMutableImage: DeploymentRule = {
  id: 'scales-to-zero-on-mutable-image',
  group: 'rollback',
  severity: 'warning',
  summary: 'The service is scheduled to, scaled to or created at zero tasks and its image is a moving tag.',
  why: 'Changing the desired count is no deployment: no circuit breaker watches the tasks that start in the morning, and nothing rolls back. Where the last deployment ran tasks, it has pinned the tag to a digest, and the morning start uses that. A service that was created or deployed at zero tasks has pinned nothing and proven nothing: its deployment completed without a single task, and is what a later rollback returns to. Then the start pulls whatever the tag means that morning.',
  remedy: 'Pin the image to a tag that never moves, and deploy while at least one task runs.',
  sources: [
    `${rollingPage}#deployment-container-image-stability`,
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html',
  ],
  fixKinds: ['asks'],
  subject: 'deployment',
  *check(deployment) {
    const zero = zeroOf(deployment);
    const [first] = movingContainers(deployment);
    if (!zero || !first) return;
    const unpinned = unpinnedBecause(first.container, deployment);
    yield {
      at: zero.at,
      message:
        unpinned === undefined
          ? `The service ${zero.how}, and no circuit breaker watches its next start on the digest that ${first.shown} had.`
          : `The service ${zero.how}, so its next start runs whatever ${first.shown} means by then, and no circuit breaker watches it.`,
      severity: unpinned === undefined ? 'info' : 'warning',
      related: [{ at: first.moving.image.at, message: 'The image.' }],
      fixes: [pinFix(first.moving)],
    };
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "«1:acme/web:stable»", "essential": true }]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": «0»,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": false } }
}
`,
        message:
          'The service is created at zero tasks, so its next start runs whatever acme/web:stable means by then, and no circuit breaker watches it.',
      },
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "«1:acme/web:stable»", "essential": true }]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 4,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": false } }
}
--- .github/workflows/night.yml
on:
  schedule: [{ cron: "0 20 * * *" }]
jobs:
  sleep:
    runs-on: ubuntu-latest
    steps:
      - run: aws ecs update-service --cluster main --service web --desired-count «0»
`,
        message:
          'The service is scaled to zero tasks by a pipeline, and no circuit breaker watches its next start on the digest that acme/web:stable had.',
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
  "desiredCount": 0,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
    ],
  },
};

interface Zero {
  readonly at: Location;
  /** `is created at zero tasks`. */
  readonly how: string;
}

function zeroOf({ service, infrastructure, deliveries }: Deployment): Zero | undefined {
  const scheduled = infrastructure?.scheduledCounts.find(({ count }) => knownValue(count) === 0);
  if (scheduled) return { at: scheduled.count.at, how: 'is scheduled to zero tasks' };
  const scaled = deliveries.flatMap(({ counts }) => counts).find(({ count }) => knownValue(count) === 0);
  if (scaled) return { at: scaled.count.at, how: 'is scaled to zero tasks by a pipeline' };
  const { desiredCount } = service ?? {};
  if (desiredCount?.state !== 'known' || desiredCount.value !== 0) return undefined;
  return { at: desiredCount.at, how: 'is created at zero tasks' };
}
