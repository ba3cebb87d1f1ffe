// A pipeline writes the image of a container that the task definition does not have.

import { knownValue } from '../facts/value.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule } from './rule.ts';
import { listOf } from './wording.ts';

export const pipelineContainerUnknown: DeploymentRule = {
  id: 'pipeline-container-unknown',
  group: 'pipeline',
  severity: 'error',
  summary: 'The render step names a container the task definition lacks.',
  why: 'The render step looks for the container by its name and fails where there is none: "Invalid task definition: Could not find container definition with matching name". Nothing is deployed.',
  remedy: 'Name a container of the task definition in `container-name`.',
  sources: ['https://github.com/aws-actions/amazon-ecs-render-task-definition'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ taskDefinition, deliveries }) {
    const list = taskDefinition?.containerDefinitions;
    if (!list?.complete || list.items.length === 0) return;
    const names = list.items.flatMap(({ name }) => knownValue(name) ?? []);
    if (names.length < list.items.length) return;
    for (const { containerName } of deliveries.flatMap(({ renders }) => renders)) {
      if (containerName.state !== 'known' || names.includes(containerName.value)) continue;
      const [only, second] = names;
      yield {
        at: containerName.at,
        message: `The task definition has no container ${containerName.value}, only ${listOf(names)}.`,
        related: list.items.map(({ nameAt, name }) => ({
          at: nameAt,
          message: `Container ${knownValue(name) ?? ''}.`,
        })),
        fixes:
          only === undefined || second !== undefined
            ? []
            : [replaceFix(`Write the image into container ${only}`, 'unsafe', containerName.at, only)],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "«1:app»", "image": "acme/web:1.4.2" }]
}
--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - id: render
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: task-definition.json
          container-name: «web»
          image: acme/web:\${{ github.sha }}
`,
        fixed: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2" }]
}
--- .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - id: render
        uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: task-definition.json
          container-name: app
          image: acme/web:\${{ github.sha }}
`,
        message: 'The task definition has no container web, only app.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2" }]
}
--- .github/workflows/deploy.yml
on: push
env:
  CONTAINER: app
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/amazon-ecs-render-task-definition@v1
        with:
          task-definition: task-definition.json
          container-name: \${{ env.CONTAINER }}
          image: acme/web:\${{ github.sha }}
`,
    ],
  },
};
