// Keys that describe-task-definition prints and register-task-definition does not take.

import type { DeploymentRule } from './rule.ts';
import { listOf } from './wording.ts';

export const describeOnlyKeys: DeploymentRule = {
  id: 'describe-only-keys',
  group: 'task definition',
  severity: 'info',
  summary: 'Keys that only `describe-task-definition` prints.',
  why: 'The file was saved from `aws ecs describe-task-definition`. RegisterTaskDefinition does not know these keys: some tools drop them with a warning, others refuse the file, and a reader takes an old revision number or status for the truth.',
  remedy: 'Remove them.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html'],
  fixKinds: ['safe'],
  subject: 'deployment',
  *check({ taskDefinition }) {
    const keys = taskDefinition?.describeOnlyKeys ?? [];
    const [first] = keys;
    if (!first) return;
    yield {
      at: first.at,
      message: `RegisterTaskDefinition does not take ${listOf(keys.map((key) => key.name))}, which only describe-task-definition prints.`,
      related: keys.slice(1).map((key) => ({ at: key.at, message: `${key.name} is another one.` })),
      fixes: [
        {
          title: keys.length === 1 ? 'Remove this key' : `Remove these ${keys.length} keys`,
          kind: 'safe',
          preferred: true,
          intents: keys.map((key) => ({ kind: 'remove', at: key.at })),
        },
      ],
    };
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "«taskDefinitionArn»": "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7",
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }],
  "«1:revision»": 7,
  "status": "ACTIVE"
}
`,
        fixed: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
}
`,
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "essential": true }]
}
`,
    ],
  },
};
