// EXPOSE names a port that the program does not open.

import type { Known } from '../facts/value.ts';
import type { DeployedContainer, Deployment } from '../graph/deployment.ts';
import { servedPort } from '../graph/ports.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule } from './rule.ts';
import { listenPlaces, listOf, portsOf } from './wording.ts';

function exposedPorts(container: DeployedContainer): readonly Known<number>[] {
  const instructions = (container.dockerfile?.stages ?? []).flatMap((stage) => stage.instructions);
  return instructions.flatMap((instruction) =>
    instruction.kind === 'expose' && instruction.protocol === 'tcp' && instruction.port.state === 'known'
      ? [instruction.port]
      : [],
  );
}

/** Ports of every container that runs this image; undefined where one of them is unknown. */
function portsOfImage(container: DeployedContainer, deployment: Deployment): readonly number[] | undefined {
  const ports: number[] = [];
  for (const other of deployment.containers) {
    if (other.dockerfile?.uri !== container.dockerfile?.uri) continue;
    if (other.listens.state === 'unknown') return undefined;
    ports.push(...portsOf(other));
  }
  return ports;
}

export const exposeDiffersFromListen: DeploymentRule = {
  id: 'expose-differs-from-listen',
  group: 'ports',
  severity: 'info',
  summary: "The Dockerfile's EXPOSE names a port the program does not open.",
  why: 'EXPOSE opens nothing: ECS takes ports from the port mappings. But people and tools read it as the truth, and a wrong one is copied into the next task definition.',
  remedy: 'Let EXPOSE name the port that the program listens on, or leave it out.',
  sources: ['https://docs.docker.com/reference/dockerfile/#expose'],
  fixKinds: ['safe'],
  subject: 'deployment',
  *check(deployment) {
    for (const container of deployment.containers) {
      const listened = portsOfImage(container, deployment);
      if (!listened || listened.length === 0 || portsOf(container).length === 0) continue;
      const exposed = exposedPorts(container);
      if (exposed.some((port) => listened.includes(port.value))) continue;
      const served = servedPort(container);
      for (const port of exposed) {
        yield {
          at: port.at,
          message: `EXPOSE says ${port.value}, but the program listens on ${listOf(listened)}.`,
          related: listenPlaces(container),
          fixes:
            served && exposed.length === 1
              ? [replaceFix(`Write EXPOSE ${served.port.value}`, 'safe', port.at, served.port.value)]
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
EXPOSE «8080»
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(«1:3000»);
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000 }] }
  ]
}
`,
        fixed: `--- Dockerfile
FROM node:22
WORKDIR /app
COPY server.js .
EXPOSE 3000
CMD ["node", "server.js"]
`,
        message: 'EXPOSE says 8080, but the program listens on 3000.',
      },
    ],
    good: [
      `--- Dockerfile
FROM node:22
WORKDIR /app
COPY server.js .
EXPOSE 443 3000
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 3000 }] }
  ]
}
`,
    ],
  },
};
