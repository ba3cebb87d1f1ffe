// A setting that Fargate rejects.

import type { Location } from '../base/text.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import { runsOnFargate, statesFargate } from './fargateTasks.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule, Finding } from './rule.ts';

export const fargateUnsupportedSetting: DeploymentRule = {
  id: 'fargate-unsupported-setting',
  group: 'task definition',
  severity: 'error',
  summary: 'A setting Fargate rejects.',
  why: 'On Fargate the host belongs to AWS: what reaches into it (privileged containers, devices, links, placement constraints) is refused when the task definition is registered or a task is started, and the network mode must be `awsvpc`.',
  remedy: 'Remove the setting, or set the network mode to `awsvpc`.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html'],
  fixKinds: ['unsafe'],
  neighbors: [{ tool: 'cfn-lint', id: 'E3048', format: 'CloudFormation' }],
  subject: 'deployment',
  *check(deployment) {
    const { taskDefinition } = deployment;
    if (!taskDefinition || !runsOnFargate(deployment)) return;
    const stated = statesFargate(deployment);
    for (const { name, at } of taskDefinition.rejectedByFargate) {
      yield { ...rejected(name, at), beyondNeighbors: !stated || name !== 'placementConstraints' };
    }
    for (const finding of networkMode(taskDefinition)) yield { ...finding, beyondNeighbors: !stated };
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "«privileged»": true
    }
  ]
}
`,
        fixed: `--- task-definition.json
{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2"
    }
  ]
}
`,
        message: 'Fargate rejects privileged.',
      },
      {
        files: `--- task-definition.json
{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "«bridge»",
  "cpu": "256",
  "memory": "512",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2" }]
}
`,
        message: 'Fargate needs network mode awsvpc, not bridge.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "512",
  "placementConstraints": [],
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "privileged": false, "links": [] }]
}
`,
    ],
  },
};

function rejected(name: string, at: Location): Finding {
  return {
    at,
    message: `Fargate rejects ${name}.`,
    fixes: [{ title: `Remove ${name}`, kind: 'unsafe', preferred: true, intents: [{ kind: 'remove', at }] }],
  };
}

function* networkMode({ networkMode: mode }: TaskDefinition): Iterable<Finding> {
  if (mode.state !== 'known' || mode.value === 'awsvpc') return;
  yield {
    at: mode.at,
    message: `Fargate needs network mode awsvpc, not ${mode.value}.`,
    fixes: [replaceFix('Set the network mode to awsvpc', 'unsafe', mode.at, 'awsvpc')],
  };
}
