// The service's load balancer names a container or a port that the task definition lacks.

import { knownValue } from '../facts/value.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule, Finding } from './rule.ts';
import { listOf } from './wording.ts';

export const loadBalancerPortNotMapped: DeploymentRule = {
  id: 'load-balancer-port-not-mapped',
  group: 'ports',
  severity: 'error',
  summary: "A service's containerName or containerPort is not in the task definition.",
  why: 'CreateService and UpdateService refuse such a service before any task starts: "The container app did not have a container port 8080 defined."',
  remedy: "Name a container of the task definition and one of that container's mapped ports.",
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ service, taskDefinition, containers }): Iterable<Finding> {
    if (!service || !taskDefinition?.containerDefinitions.complete) return;
    for (const balancer of service.loadBalancers.items) {
      const name = balancer.containerName;
      if (name.state !== 'known') continue;
      const names = containers.map(({ container }) => knownValue(container.name));
      const target = containers.find(({ container }) => knownValue(container.name) === name.value);
      if (!target) {
        if (names.includes(undefined) || names.length === 0) continue;
        yield {
          at: name.at,
          message: `The load balancer names container ${name.value}, but the task definition has ${listOf(names.flatMap((one) => one ?? []))}.`,
          related: containers.map(({ container }) => ({
            at: container.nameAt,
            message: 'A container of the task definition.',
          })),
        };
        continue;
      }
      const port = balancer.containerPort;
      const { portMappings } = target.container;
      if (port.state !== 'known' || !portMappings.complete) continue;
      const mapped = portMappings.items.map((mapping) => knownValue(mapping.containerPort));
      if (mapped.includes(undefined) || mapped.includes(port.value)) continue;
      const ports = mapped.flatMap((one) => one ?? []);
      const [only] = ports;
      yield {
        at: port.at,
        message:
          ports.length === 0
            ? `The load balancer sends traffic to port ${port.value}, but container ${name.value} maps no port.`
            : `The load balancer sends traffic to port ${port.value}, but container ${name.value} maps ${listOf(ports)}.`,
        related: portMappings.items.map((mapping) => ({ at: mapping.containerPort.at, message: 'The port mapping.' })),
        fixes:
          only !== undefined && ports.length === 1
            ? [replaceFix(`Send traffic to port ${only}`, 'unsafe', port.at, only)]
            : [],
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
