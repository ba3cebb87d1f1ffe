// A target group's own health-check port reaches nobody.

import { knownValue } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';
import type { Target } from '../graph/infrastructure.ts';
import { deafMappings, isDeaf, servedPort } from '../graph/ports.ts';
import { stackExample } from './infrastructureExamples.ts';
import { replaceFix } from './replaceFix.ts';
import type { DeploymentRule } from './rule.ts';
import { listenPlaces, listOf, portsOf } from './wording.ts';

export const healthCheckPortNotListenedOn: DeploymentRule = {
  id: 'health-check-port-not-listened-on',
  group: 'ports',
  severity: 'error',
  summary:
    "A target group's numeric health-check port is opened by no container of the task. A target group's own `Port` is never a finding.",
  why: 'ECS registers each task with its container port, and a health check on `traffic-port` follows it. A number in `HealthCheckPort` does not: when no container listens there, every target stays unhealthy and ECS stops every task, although the program answers its requests.',
  remedy: 'Write `traffic-port`, or the port that the program listens on.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html',
  ],
  fixKinds: ['safe'],
  subject: 'deployment',
  *check(deployment) {
    for (const target of deployment.infrastructure?.targets ?? []) {
      const { port } = target.targetGroup.healthCheck;
      const container = containerOf(target, deployment);
      if (port.state !== 'known' || !/^\d+$/.test(port.value) || !container) continue;
      const number = Number(port.value);
      if (!isDeaf(number, container, deployment)) continue;
      // The mapping that repeats the wrong number is the finding; this place is named there.
      if (deafMappings(container, deployment).some((mapping) => mapping.port.value === number)) continue;
      const ports = deployment.containers.flatMap(portsOf);
      yield {
        at: port.at,
        message: `The target group checks port ${number}, but ${ports.length > 0 ? `the task listens on ${listOf(ports)}` : 'nothing in the task listens'}.`,
        related: listenPlaces(container),
        fixes: servedPort(container)
          ? [replaceFix('Check the port that traffic is sent to', 'safe', port.at, 'traffic-port')]
          : [],
      };
    }
  },
  examples: {
    bad: [
      {
        files: `${stackExample({ targetGroup: '      TargetType: ip\n      HealthCheckPort: "«9000»"\n' })}--- Dockerfile
FROM node:22-slim
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(«1:8080»);
`,
        message: 'The target group checks port 9000, but the task listens on 8080.',
      },
    ],
    good: [
      `${stackExample({ targetGroup: '      TargetType: ip\n      HealthCheckPort: traffic-port\n' })}--- Dockerfile
FROM node:22-slim
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
--- server.js
require('http').createServer().listen(8080);
`,
    ],
  },
};

function containerOf({ balancer }: Target, { containers }: Deployment) {
  const name = knownValue(balancer.containerName);
  return name === undefined ? undefined : containers.find(({ container }) => knownValue(container.name) === name);
}
