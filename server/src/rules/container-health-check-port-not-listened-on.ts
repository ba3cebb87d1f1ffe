// The container health check calls a port that nothing in the task listens on.

import { deafMappings, isDeaf, servedPort } from '../graph/ports.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule } from './rule.ts';
import { listenPlaces, listOf, portsOf } from './wording.ts';

export const containerHealthCheckPortNotListenedOn: DeploymentRule = {
  id: 'container-health-check-port-not-listened-on',
  group: 'ports',
  severity: 'error',
  summary: 'The container health check calls a port nothing in the task listens on.',
  why: 'The check fails on every run, so ECS stops each task after its retries, however well the program works, and the deployment never reaches a steady state.',
  remedy: 'Let the health check call the port that the program listens on.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check(deployment) {
    for (const container of deployment.containers) {
      // A number that a port mapping already has wrong is the same defect: it is a related place there.
      const reported = deployment.containers.flatMap((other) =>
        deafMappings(other, deployment).map(({ port }) => port.value),
      );
      for (const call of container.healthCheckCalls) {
        if (call.port === undefined || container.listens.state === 'unknown') continue;
        if (reported.includes(call.port) || !isDeaf(call.port, container, deployment)) continue;
        const ports = portsOf(container);
        const served = servedPort(container);
        const digits = call.portAt.span.end - call.portAt.span.start === String(call.port).length;
        yield {
          at: call.portAt,
          message:
            ports.length === 0
              ? `The health check calls port ${call.port}, but the container opens no port.`
              : `The health check calls port ${call.port}, but the program listens on ${listOf(ports)}.`,
          related: listenPlaces(container),
          fixes:
            served && digits
              ? [replaceFix(`Check port ${served.port.value}`, 'unsafe', call.portAt, served.port.value)]
              : [],
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files: `--- Dockerfile
FROM node:22
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(«1:3000»);
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 3000 }],
      "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost:«8080»/health || exit 1"] }
    }
  ]
}
`,
        fixed: `--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 3000 }],
      "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost:3000/health || exit 1"] }
    }
  ]
}
`,
        message: 'The health check calls port 8080, but the program listens on 3000.',
      },
    ],
    good: [
      `--- Dockerfile
FROM node:22
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/web:1.4.2",
      "portMappings": [{ "containerPort": 3000 }],
      "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost:3000/health || exit 1"] }
    }
  ]
}
`,
      `--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "nginx:1.27",
      "portMappings": [{ "containerPort": 3000 }],
      "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost:3000/health || exit 1"] }
    }
  ]
}
`,
    ],
  },
};
