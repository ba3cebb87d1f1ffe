// The task needs AWS to do something for it, and names no role for that.

import type { Location } from '../base/text.ts';
import type { Container } from '../facts/taskDefinition.ts';
import { knownValue } from '../facts/value.ts';
import type { DeployedContainer } from '../graph/deployment.ts';
import { runsOnFargate } from './fargateTasks.ts';
import type { DeploymentRule } from './rule.ts';
import { containerName } from './wording.ts';

export const executionRoleMissing: DeploymentRule = {
  id: 'execution-role-missing',
  group: 'task definition',
  severity: 'error',
  summary: 'Private ECR image, awslogs or secrets without executionRoleArn.',
  why: 'Before a container starts, Fargate pulls its image, opens its log stream and reads its secrets with the execution role. Without one a private ECR image cannot be pulled, and RegisterTaskDefinition refuses awslogs and secrets: "Fargate requires task definition to have execution role ARN to support ECR images."',
  remedy: 'Name a role with the policy `AmazonECSTaskExecutionRolePolicy` in `executionRoleArn`.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html'],
  fixKinds: [],
  subject: 'deployment',
  *check(deployment) {
    const { taskDefinition, containers } = deployment;
    if (taskDefinition?.executionRoleArn.state !== 'absent' || !runsOnFargate(deployment)) return;
    const [need] = containers.flatMap(needsOf);
    if (!need) return;
    yield {
      at: taskDefinition.nameAt,
      message: `The task definition names no executionRoleArn, but ${need.what}.`,
      related: [{ at: need.at, message: 'This needs the role.' }],
    };
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "«web»",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "logConfiguration": { "logDriver": "«1:awslogs»", "options": { "awslogs-group": "web" } }
    }
  ]
}
`,
        message: 'The task definition names no executionRoleArn, but container app writes its logs with awslogs.',
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
  "containerDefinitions": [{ "name": "app", "image": "public.ecr.aws/nginx/nginx:1.29.2" }]
}
`,
    ],
  },
};

interface Need {
  readonly at: Location;
  readonly what: string;
}

function needsOf({ container }: DeployedContainer): readonly Need[] {
  const name = containerName(container);
  const { image, logDriver, repositoryCredentials, secrets } = container;
  const [secret] = secrets.items;
  return [
    ...(isPrivate(container) ? [{ at: image.at, what: `${name} runs a private ECR image` }] : []),
    ...(knownValue(logDriver) === 'awslogs'
      ? [{ at: logDriver.at, what: `${name} writes its logs with awslogs` }]
      : []),
    ...(secret ? [{ at: secret.at, what: `${name} reads secrets` }] : []),
    ...(repositoryCredentials.state === 'absent'
      ? []
      : [{ at: repositoryCredentials.at, what: `${name} pulls from a private registry` }]),
  ];
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
function isPrivate({ image }: Container): boolean {
  return image.state === 'known' && /^\d{12}\.dkr\.ecr(?:-fips)?\.[^/]+\.amazonaws\.com(?:\.cn)?\//.test(image.value);
}
