// Nothing asks the program whether it works.

import { containerHealthCheck } from '../aws/deployments.ts';
import type { ServedRoute } from '../facts/routing.ts';
import { knownValue } from '../facts/value.ts';
import type { DeployedContainer, Deployment } from '../graph/deployment.ts';
import { answerTo } from '../graph/routes.ts';
import { withGain } from './gains.ts';
import type { DeploymentRule, Fix } from './rule.ts';

export const noHealthCheck: DeploymentRule = {
  id: 'no-health-check',
  group: 'health',
  severity: 'warning',
  summary:
    'A container of a linked service, with neither a target group nor a container health check: ECS calls it healthy after 40 s.',
  why: 'Without a load balancer and without a container health check ECS takes a task for healthy when it has run for 40 seconds. A program that hangs, or that listens on the wrong port, passes: the deployment completes, and the circuit breaker and rollback never see anything.',
  remedy: 'Add a `healthCheck` to the container, or send traffic through a target group.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html',
  ],
  fixKinds: ['asks'],
  subject: 'deployment',
  *check(deployment) {
    const { service, containers, taskDefinition } = deployment;
    if (service?.loadBalancers.state !== 'absent' || !taskDefinition?.containerDefinitions.complete) return;
    if (knownValue(service.deploymentController) === 'EXTERNAL' || knownValue(service.desiredCount) === 0) return;
    // One container that is checked says something about the task.
    if (containers.some(({ container }) => container.healthCheck.state !== 'absent')) return;
    const [server] = containers.filter(servesPort);
    if (!server) return;
    const name = knownValue(server.container.name);
    yield {
      at: server.container.nameAt,
      message: `${name === undefined ? 'The container' : `Container ${name}`} has no health check and no target group, so ECS calls it healthy after 40 seconds, whatever it does.`,
      related: [{ at: service.nameAt, message: 'The service has no load balancer.' }],
      fixes: healthCheckFix(server, deployment),
    };
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [
    { "name": "«app»", "image": "acme/web:1.4.2", "essential": true, "portMappings": [{ "containerPort": 8080 }] }
  ]
}
--- service-definition.json
{
  "serviceName": "«1:web»",
  "taskDefinition": "web",
  "desiredCount": 3,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
        message:
          'Container app has no health check and no target group, so ECS calls it healthy after 40 seconds, whatever it does.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "worker",
  "containerDefinitions": [{ "name": "app", "image": "acme/worker:1.4.2", "essential": true }]
}
--- service-definition.json
{
  "serviceName": "worker",
  "taskDefinition": "worker",
  "desiredCount": 3,
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
    ],
  },
};

/** Workers have no port that a check could call. */
function servesPort({ container, wellKnownPorts, listens }: DeployedContainer): boolean {
  if (wellKnownPorts !== undefined || knownValue(container.essential) === false || listens.state === 'none')
    return false;
  return container.portMappings.items.length > 0;
}

/** A check with a tool that the image surely has; the path is for a person to decide. */
function healthCheckFix(server: DeployedContainer, deployment: Deployment): readonly Fix[] {
  const [tool] = [...(server.dockerfile?.httpTools ?? [])].find(([, isThere]) => isThere) ?? [];
  const [socket] = server.listens.state === 'known' ? server.listens.ports : [];
  if (tool === undefined || socket === undefined || !deployment.taskDefinition) return [];
  const path = servedPath(server.routes ?? []);
  const url = `http://localhost:${socket.port.value}${path}`;
  const call = tool === 'curl' ? `curl -f ${url} || exit 1` : `wget -q -O /dev/null ${url} || exit 1`;
  return [
    {
      title: withGain(`Add a container health check that calls ${url} with ${tool}`, deployment, {
        containerInterval: containerHealthCheck.interval,
      }),
      kind: 'asks',
      preferred: false,
      intents: [
        {
          kind: 'set',
          owner: server.container.at,
          path: ['healthCheck'],
          value: { command: ['CMD-SHELL', call], interval: 30, timeout: 5, retries: 3 },
        },
      ],
    },
  ];
}

/** Of the paths that can be asked for as they are written the one that is named for it, else the root, else the first. */
function servedPath(routes: readonly ServedRoute[]): string {
  const plain = routes.filter(({ path, anywhere }) => !anywhere && /^\/[\w./-]*$/.test(path)).map(({ path }) => path);
  const named = plain.find((path) => /health|ready|alive|live|ping|status/i.test(path));
  if (named !== undefined) return named;
  return plain.length === 0 || answerTo(routes, '/').kind === 'served' ? '/' : (plain[0] ?? '/');
}
