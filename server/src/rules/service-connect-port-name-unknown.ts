// Service Connect names a port that no mapping carries.

import { knownValue } from '../facts/value.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule } from './rule.ts';
import { listOf } from './wording.ts';

export const serviceConnectPortNameUnknown: DeploymentRule = {
  id: 'service-connect-port-name-unknown',
  group: 'ports',
  severity: 'error',
  summary: 'A Service Connect portName that no mapping carries.',
  why: 'CreateService and UpdateService refuse a Service Connect configuration whose `portName` is the `name` of no port mapping of the task definition.',
  remedy: "Give the port mapping that name, or write an existing mapping's name into `portName`.",
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ service, taskDefinition, containers }) {
    if (!service || !taskDefinition?.containerDefinitions.complete) return;
    const lists = containers.map(({ container }) => container.portMappings);
    const mappings = lists.flatMap((list) => list.items);
    const isSeen = lists.every((list) => list.complete);
    if (!isSeen || mappings.some(({ name }) => name.state === 'dynamic' || name.state === 'choice')) return;
    const names = mappings.flatMap(({ name }) => knownValue(name) ?? []);
    const [only] = names;
    for (const { portName } of service.serviceConnectServices.items) {
      if (portName.state !== 'known' || names.includes(portName.value)) continue;
      yield {
        at: portName.at,
        message:
          names.length === 0
            ? `Service Connect names port ${portName.value}, but no port mapping has a name.`
            : `Service Connect names port ${portName.value}, but the port mappings are named ${listOf(names)}.`,
        related: mappings.map(({ name, containerPort }) => ({
          at: name.state === 'known' ? name.at : containerPort.at,
          message: 'A port mapping.',
        })),
        fixes:
          only !== undefined && names.length === 1
            ? [replaceFix(`Name port ${only}`, 'unsafe', portName.at, only)]
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
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "name": "«1:http»", "containerPort": 8080 }],
      "healthCheck": { "command": ["CMD", "/bin/check"] }
    }
  ]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "serviceConnectConfiguration": { "enabled": true, "services": [{ "portName": "«web»" }] },
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
        fixed: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "serviceConnectConfiguration": { "enabled": true, "services": [{ "portName": "http" }] },
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
        message: 'Service Connect names port web, but the port mappings are named http.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "name": "http", "containerPort": 8080 }],
      "healthCheck": { "command": ["CMD", "/bin/check"] }
    }
  ]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "serviceConnectConfiguration": { "enabled": true, "services": [{ "portName": "http" }] },
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
    ],
  },
};
