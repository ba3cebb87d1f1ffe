// The load balancer may kill a task that its own health check still lets start.

import { targetGroup } from '../aws/deployments.ts';
import type { EditIntent } from '../facts/edit.ts';
import { knownValue } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';
import { loadBalancersOf } from '../graph/ports.ts';
import type { DeploymentRule } from './rule.ts';

export const gracePeriodTooShort: DeploymentRule = {
  id: 'grace-period-too-short',
  group: 'health',
  severity: 'warning',
  summary: "The load balancer's grace period is shorter than the container's startPeriod.",
  why: 'The container health check gives the program `startPeriod` seconds to start. The load balancer knows nothing of it: when `healthCheckGracePeriodSeconds` is over, ECS stops each task whose target is unhealthy, also one that is still starting. The service then never reaches a steady state although the program is right.',
  remedy: 'Set `healthCheckGracePeriodSeconds` to at least the start period.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html',
  ],
  fixKinds: ['safe'],
  subject: 'deployment',
  *check(deployment) {
    const { service, containers } = deployment;
    if (!service) return;
    const grace = service.healthCheckGracePeriodSeconds;
    const seconds = grace.state === 'absent' ? 0 : knownValue(grace);
    if (seconds === undefined) return;
    for (const container of containers) {
      const start = knownValue(container.container.healthCheck)?.startPeriod;
      if (start?.state !== 'known' || start.value <= seconds) continue;
      // Without a grace period the load balancer itself takes a while to give a target up.
      if (grace.state === 'absent' && start.value <= noticedAfter(deployment)) continue;
      if (loadBalancersOf(container, deployment).length === 0) continue;
      const intent: EditIntent =
        grace.state === 'known'
          ? { kind: 'replace', at: grace.at, value: start.value }
          : { kind: 'set', owner: service.at, path: ['healthCheckGracePeriodSeconds'], value: start.value };
      yield {
        at: grace.state === 'known' ? grace.at : start.at,
        message: `The load balancer's grace period of ${seconds} seconds ends before the container's start period of ${start.value} seconds.`,
        related: [
          grace.state === 'known'
            ? { at: start.at, message: 'The start period.' }
            : { at: service.nameAt, message: 'The service sets no grace period, which means 0 seconds.' },
        ],
        fixes: [
          {
            title: `Set the grace period to the start period, ${start.value} seconds`,
            kind: 'safe',
            preferred: true,
            intents: [intent],
          },
        ],
      };
      return;
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
      "portMappings": [{ "containerPort": 8080 }],
      "healthCheck": { "command": ["CMD", "/bin/check"], "startPeriod": «1:120» }
    }
  ]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "healthCheckGracePeriodSeconds": «30»,
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080 }],
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
        fixed: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 3,
  "healthCheckGracePeriodSeconds": 120,
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080 }],
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
        message:
          "The load balancer's grace period of 30 seconds ends before the container's start period of 120 seconds.",
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "worker",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "acme/worker:1.4.2",
      "healthCheck": { "command": ["CMD", "/bin/check"], "startPeriod": 120 }
    }
  ]
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

/** Seconds after which the load balancer calls a target unhealthy; the default where its group is not in view. */
function noticedAfter({ infrastructure }: Deployment): number {
  const times = (infrastructure?.targets ?? []).map(({ targetGroup: { healthCheck } }) => {
    const interval = knownValue(healthCheck.interval) ?? targetGroup.interval;
    return interval * (knownValue(healthCheck.unhealthyThreshold) ?? targetGroup.unhealthyThreshold);
  });
  return times.length > 0 ? Math.min(...times) : targetGroup.interval * targetGroup.unhealthyThreshold;
}
