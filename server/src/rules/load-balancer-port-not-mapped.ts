// The service's load balancer, or CodeDeploy's specification, names a container or a port that the task definition lacks.

import { knownValue } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';
import { type BalancedTarget, balancedTargets } from '../graph/ports.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule, Finding } from './rule.ts';
import { listOf } from './wording.ts';

export const loadBalancerPortNotMapped: DeploymentRule = {
  id: 'load-balancer-port-not-mapped',
  group: 'ports',
  severity: 'error',
  summary: "A service's or CodeDeploy specification's containerName or containerPort is not in the task definition.",
  why: 'CreateService and UpdateService refuse such a service before any task starts: "The container app did not have a container port 8080 defined."',
  remedy: "Name a container of the task definition and one of that container's mapped ports.",
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check(deployment): Iterable<Finding> {
    if (!deployment.taskDefinition?.containerDefinitions.complete) return;
    for (const target of balancedTargets(deployment)) yield* judged(target, deployment);
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": «1:3000» }] }
  ]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": «8080» }],
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
        fixed: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 3000 }],
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
        message: 'The load balancer sends traffic to port 8080, but container app maps 3000.',
      },
      {
        files: `--- taskdef.json
{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": «1:3000» }] }
  ]
}
--- appspec.yaml
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: app
          ContainerPort: «80»
`,
        fixed: `--- appspec.yaml
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: app
          ContainerPort: 3000
`,
        message: 'The CodeDeploy specification sends traffic to port 80, but container app maps 3000.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000 }, { "containerPort": 9090 }] }
  ]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 3000 }],
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
    ],
  },
};

function* judged(balanced: BalancedTarget, { containers }: Deployment): Iterable<Finding> {
  const { containerName: name, containerPort: port } = balanced;
  if (name.state !== 'known') return;
  const who = 'kind' in balanced ? 'The CodeDeploy specification' : 'The load balancer';
  const names = containers.map(({ container }) => knownValue(container.name));
  const target = containers.find(({ container }) => knownValue(container.name) === name.value);
  if (!target) {
    if (names.includes(undefined) || names.length === 0) return;
    yield {
      at: name.at,
      message: `${who} names container ${name.value}, but the task definition has ${listOf(names.flatMap((one) => one ?? []))}.`,
      related: containers.map(({ container }) => ({
        at: container.nameAt,
        message: 'A container of the task definition.',
      })),
    };
    return;
  }
  const { portMappings } = target.container;
  if (port.state !== 'known' || !portMappings.complete) return;
  const mapped = portMappings.items.map((mapping) => knownValue(mapping.containerPort));
  if (mapped.includes(undefined) || mapped.includes(port.value)) return;
  const ports = mapped.flatMap((one) => one ?? []);
  const [only] = ports;
  const maps = ports.length === 0 ? 'no port' : listOf(ports);
  yield {
    at: port.at,
    message: `${who} sends traffic to port ${port.value}, but container ${name.value} maps ${maps}.`,
    related: portMappings.items.map((mapping) => ({ at: mapping.containerPort.at, message: 'The port mapping.' })),
    fixes:
      only !== undefined && ports.length === 1
        ? [replaceFix(`Send traffic to port ${only}`, 'unsafe', port.at, only)]
        : [],
  };
}
