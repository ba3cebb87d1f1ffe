// Two containers of one network namespace cannot listen on the same port.

import type { ListenedPort } from '../facts/listens.ts';
import { knownValue } from '../facts/value.ts';
import type { DeployedContainer } from '../graph/deployment.ts';
import { sharesNetwork } from '../graph/ports.ts';
import type { DeploymentRule } from './rule.ts';

interface Socket {
  readonly container: DeployedContainer;
  readonly socket: ListenedPort;
}

function socketsOf(container: DeployedContainer): readonly Socket[] {
  if (container.listens.state !== 'known' || knownValue(container.container.essential) === false) return [];
  return container.listens.ports.map((socket) => ({ container, socket }));
}

/** One container may be started twice from one Dockerfile only by its command, so a guessed link proves nothing. */
function isSure(a: DeployedContainer, b: DeployedContainer): boolean {
  const certain = (container: DeployedContainer): boolean => container.dockerfile?.link.certain !== false;
  return a.dockerfile?.uri !== b.dockerfile?.uri || (certain(a) && certain(b));
}

export const portsClashInTask: DeploymentRule = {
  id: 'ports-clash-in-task',
  group: 'ports',
  severity: 'error',
  summary: 'Two containers of an awsvpc task listen on the same port.',
  why: 'The containers of an awsvpc task share one network interface. The second to start fails with "address already in use", and an essential container that fails stops the whole task.',
  remedy: 'Let one of the two listen on another port.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html'],
  fixKinds: [],
  subject: 'deployment',
  *check(deployment) {
    if (sharesNetwork(deployment) !== true) return;
    const first = new Map<number, Socket>();
    for (const socket of deployment.containers.flatMap(socketsOf)) {
      const port = socket.socket.port.value;
      const other = first.get(port);
      if (!other) {
        first.set(port, socket);
        continue;
      }
      if (other.container === socket.container || !isSure(other.container, socket.container)) continue;
      const mapping = socket.container.container.portMappings.items.find(
        (one) => knownValue(one.containerPort) === port,
      );
      const name = knownValue(socket.container.container.name) ?? 'this container';
      const otherName = knownValue(other.container.container.name) ?? 'another container';
      yield {
        at: mapping?.containerPort.at ?? socket.container.container.nameAt,
        message: `Containers ${otherName} and ${name} both listen on ${port} in one task.`,
        related: [
          { at: other.socket.port.at, message: `${otherName} listens on ${port} here.` },
          { at: socket.socket.port.at, message: `${name} listens on ${port} here.` },
        ],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `--- api/Dockerfile
FROM node:22
COPY server.js .
CMD ["node", "server.js"]
--- api/server.js
require('http').createServer().listen(«1:3000»);
--- admin/Dockerfile
FROM node:22
COPY server.js .
CMD ["node", "server.js"]
--- admin/server.js
require('http').createServer().listen(3000);
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "api", "image": "acme/api:1.4.2", "portMappings": [{ "containerPort": 3000 }] },
    { "name": "«admin»", "image": "acme/admin:1.4.2" }
  ]
}
`,
        message: 'Containers api and admin both listen on 3000 in one task.',
      },
    ],
    good: [
      `--- api/Dockerfile
FROM node:22
COPY server.js .
CMD ["node", "server.js"]
--- api/server.js
require('http').createServer().listen(3000);
--- admin/Dockerfile
FROM node:22
COPY server.js .
CMD ["node", "server.js"]
--- admin/server.js
require('http').createServer().listen(3001);
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "api", "image": "acme/api:1.4.2", "portMappings": [{ "containerPort": 3000 }] },
    { "name": "admin", "image": "acme/admin:1.4.2", "portMappings": [{ "containerPort": 3001 }] }
  ]
}
`,
    ],
  },
};
