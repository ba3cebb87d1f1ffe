// A moving tag that is resolved anew for every task.

import { decidedImage, isLatest, isMovingName } from './imageTags.ts';
import { replaceFix } from './replaceFix.ts';
import { rollingPage } from './rollingUpdates.ts';
import type { DeploymentRule } from './rule.ts';

export const versionConsistencyDisabled: DeploymentRule = {
  id: 'version-consistency-disabled',
  group: 'images',
  severity: 'warning',
  summary: '`versionConsistency: disabled` on a moving tag.',
  why: 'By default a deployment resolves each tag to a digest once, and all of its tasks run that digest. With `versionConsistency` disabled each task pulls whatever the tag means when it starts: one service runs two programs, a task that is replaced at night brings in a new one, and no deployment is there to roll back.',
  remedy: 'Leave `versionConsistency` enabled, or pin the image to a tag that never moves.',
  sources: [`${rollingPage}#deployment-container-image-stability`],
  fixKinds: ['safe'],
  subject: 'deployment',
  *check({ containers }) {
    for (const container of containers) {
      const { versionConsistency } = container.container;
      const decided = decidedImage(container);
      if (versionConsistency.state !== 'known' || versionConsistency.value !== 'disabled' || !decided) continue;
      const { name, tag } = decided.reference;
      if (!isLatest(decided.reference) && !isMovingName(tag)) continue;
      yield {
        at: versionConsistency.at,
        message: `Each task starts whatever ${name}:${tag ?? 'latest'} means by then, since versionConsistency is disabled.`,
        related: [{ at: decided.image.at, message: 'The image.' }],
        fixes: [replaceFix('Enable versionConsistency', 'safe', versionConsistency.at, 'enabled')],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "«1:acme/web:stable»", "essential": true, "versionConsistency": "«disabled»" }
  ]
}
`,
        fixed: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:stable", "essential": true, "versionConsistency": "enabled" }
  ]
}
`,
        message: 'Each task starts whatever acme/web:stable means by then, since versionConsistency is disabled.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "essential": true, "versionConsistency": "disabled" }
  ]
}
`,
    ],
  },
};
