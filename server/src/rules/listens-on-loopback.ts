// The program listens on the right port, but only inside the task.

import { isLoopback } from '../facts/listens.ts';
import { knownValue } from '../facts/value.ts';
import { neighborsOf, trafficMappings } from '../graph/ports.ts';
import type { DeploymentRule, Fix } from './rule.ts';
import { dockerfilePlace } from './wording.ts';

export const listensOnLoopback: DeploymentRule = {
  id: 'listens-on-loopback',
  group: 'ports',
  severity: 'error',
  summary: 'The program binds 127.0.0.1 or localhost on a port that traffic is sent to.',
  why: "A load balancer calls the task's own address. A socket on the loopback address does not answer there, while `curl localhost` inside the container works: the container looks healthy and every target is unhealthy.",
  remedy: 'Bind 0.0.0.0, or put a proxy of the same task in front and map its port.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check(deployment) {
    for (const container of deployment.containers) {
      for (const { port } of trafficMappings(container, deployment)) {
        const neighbors = neighborsOf(container, deployment);
        if (
          neighbors.some(
            (neighbor) =>
              neighbor.listens.state === 'unknown' && neighbor.wellKnownPorts?.includes(port.value) !== false,
          )
        )
          continue;
        const sockets = neighbors.flatMap((neighbor) =>
          neighbor.listens.state === 'known'
            ? neighbor.listens.ports
                .filter((socket) => socket.port.value === port.value)
                .map((socket) => ({ neighbor, socket }))
            : [],
        );
        const [first] = sockets;
        if (!first || !sockets.every(({ socket }) => isLoopback(knownValue(socket.host) ?? ''))) continue;
        const { host } = first.socket;
        const value = knownValue(host) ?? '';
        const written = host.at.span.end - host.at.span.start === value.length;
        const fix: Fix = {
          title: 'Bind 0.0.0.0',
          kind: 'unsafe',
          preferred: true,
          intents: [
            written
              ? { kind: 'replace', at: host.at, value: '0.0.0.0' }
              : { kind: 'set', owner: host.at, path: ['host'], value: '0.0.0.0' },
          ],
        };
        yield {
          at: host.at,
          message: `The program listens on ${value}:${port.value}, which nothing outside the task can reach; traffic is sent to port ${port.value}.`,
          related: [
            { at: port.at, message: `Traffic is sent to container port ${port.value}.` },
            ...dockerfilePlace(first.neighbor),
          ],
          fixes: [fix],
        };
      }
    }
  },
  examples: {
    bad: [
      {
        files: `--- Dockerfile
FROM python:3.12
WORKDIR /app
COPY app.py .
CMD ["python", "app.py"]
--- app.py
from flask import Flask
app = Flask(__name__)
app.run(host="«127.0.0.1»", port=5000)
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": «1:5000» }] }
  ]
}
`,
        fixed: `--- app.py
from flask import Flask
app = Flask(__name__)
app.run(host="0.0.0.0", port=5000)
`,
        message:
          'The program listens on 127.0.0.1:5000, which nothing outside the task can reach; traffic is sent to port 5000.',
      },
    ],
    good: [
      `--- Dockerfile
FROM python:3.12
WORKDIR /app
COPY app.py .
CMD ["python", "app.py"]
--- app.py
from flask import Flask
app = Flask(__name__)
app.run(host="0.0.0.0", port=5000)
--- task-definition.json
{
  "family": "web",
  "networkMode": "awsvpc",
  "containerDefinitions": [
    { "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 5000 }] }
  ]
}
`,
    ],
  },
};
