// A broken deployment is rolled back only after longer than the team wants to wait.

import { targetGroup } from '../aws/deployments.ts';
import type { EditIntent } from '../facts/edit.ts';
import type { TargetGroup } from '../facts/loadBalancing.ts';
import type { Service } from '../facts/service.ts';
import { knownValue, orDefault, type Value } from '../facts/value.ts';
import { type Forecast, forecast } from '../forecast/forecast.ts';
import type { ForecastOverrides } from '../forecast/inputs.ts';
import { minuteRange } from '../forecast/minutes.ts';
import type { Deployment } from '../graph/deployment.ts';
import { breakerPage, breakerPath } from './circuitBreakers.ts';
import { gainOf } from './gains.ts';
import { ADD_ALARMS, newAlarms, withNewAlarms } from './newAlarms.ts';
import type { DeploymentRule, Fix } from './rule.ts';

export const rollbackSlow: DeploymentRule = {
  id: 'rollback-slow',
  group: 'rollback',
  severity: 'info',
  summary: "The forecast's upper bound passes the limit in settings (default 10 minutes).",
  why: 'The circuit breaker rolls back once it has counted enough failed tasks. With one or two desired tasks these fail one after the other, and each drains from the load balancer before the next one starts, so a broken deployment may stand for twenty minutes. `steadystate forecast` shows how the range comes about, and what other values would give.',
  remedy:
    'Let the circuit breaker trip after fewer failures (`thresholdConfiguration`), let more tasks start side by side, shorten the health check or the deregistration delay of the target group, or let deployments listen to an alarm on unhealthy targets. `rollback.slowAfterMinutes` in the settings sets the limit.',
  sources: [breakerPage, 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html'],
  fixKinds: ['asks'],
  subject: 'deployment',
  *check(deployment, settings) {
    const { service, name } = deployment;
    const found = forecast(deployment);
    if (!service || !found?.rollsBack || !found.minutes) return;
    const limit = settings.slowAfterMinutes;
    if (found.minutes.high <= limit) return;
    const { desiredCount } = service;
    yield {
      at: service.deploymentCircuitBreaker.at,
      message: `A broken deployment of service ${name} is rolled back after about ${minuteRange(found.minutes)} minutes, and the limit is ${limit}.`,
      related: [{ at: desiredCount.at, message: found.because[0] ?? 'The desired count.' }],
      fixes: choices(deployment, service, found),
    };
  },
  examples: {
    bad: [
      {
        files: `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 8080 }] }]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": «1:1»,
  "deploymentConfiguration": {
    "«deploymentCircuitBreaker»": { "enable": true, "rollback": true }
  },
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080 }]
}
`,
        message: 'A broken deployment of service web is rolled back after about 16–23 minutes, and the limit is 10.',
      },
    ],
    good: [
      `--- task-definition.json
{
  "family": "web",
  "containerDefinitions": [{ "name": "app", "image": "acme/web:1.4.2", "portMappings": [{ "containerPort": 8080 }] }]
}
--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 4,
  "deploymentConfiguration": {
    "deploymentCircuitBreaker": { "enable": true, "rollback": true }
  },
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080 }]
}
`,
    ],
  },
};

interface Choice {
  readonly title: string;
  readonly overrides: ForecastOverrides;
  readonly intents: readonly EditIntent[];
}

/** What a person may choose, each with what it gains. */
function choices(deployment: Deployment, service: Service, now: Forecast): readonly Fix[] {
  return possible(deployment, service, now.threshold ?? 0).flatMap(({ title, overrides, intents }) => {
    const gain = gainOf(deployment, overrides);
    if (gain === undefined) return [];
    return { title: `${title}: ${gain}`, kind: 'asks' as const, preferred: false, intents };
  });
}

function possible(deployment: Deployment, service: Service, threshold: number): readonly Choice[] {
  const counts = [1, 2].filter((value) => value < threshold);
  const alarms = newAlarms(deployment);
  return [
    ...counts.map((value) => ({
      title: `Trip the circuit breaker after ${value} failed ${value === 1 ? 'task' : 'tasks'}`,
      overrides: { threshold: { type: 'COUNT' as const, value } },
      intents: [setThreshold(service, value)],
    })),
    {
      title: 'Let twice the tasks run during a deployment, and at least half',
      overrides: { minimumHealthyPercent: 50, maximumPercent: 200 },
      intents: [setPercent(service, 'minimumHealthyPercent', 50), setPercent(service, 'maximumPercent', 200)],
    },
    ...ofTargetGroup(deployment),
    ...(alarms?.unhealthyHosts
      ? [
          {
            title: ADD_ALARMS,
            overrides: withNewAlarms,
            intents: [{ kind: 'insertResource' as const, at: service.at, resource: alarms }],
          },
        ]
      : []),
  ];
}

/** Where there are several groups, the one that notices first is not told apart. */
function ofTargetGroup({ infrastructure }: Deployment): readonly Choice[] {
  const [target, other] = infrastructure?.targets ?? [];
  if (!target || other) return [];
  const { deregistrationDelay, healthCheck } = target.targetGroup;
  const delay = orDefault(deregistrationDelay, targetGroup.deregistrationDelay) ?? 0;
  const interval = orDefault(healthCheck.interval, targetGroup.interval) ?? 0;
  const choices: Choice[] = [];
  if (delay > SHORT_DELAY) {
    choices.push({
      title: `Drain targets for ${SHORT_DELAY} seconds`,
      overrides: { deregistrationDelay: SHORT_DELAY },
      intents: [written(target.targetGroup, deregistrationDelay, 'deregistrationDelay', SHORT_DELAY)],
    });
  }
  if (interval > SHORT_INTERVAL) {
    choices.push({
      title: `Check the health of targets every ${SHORT_INTERVAL} seconds`,
      overrides: { interval: SHORT_INTERVAL },
      intents: [written(target.targetGroup, healthCheck.interval, 'healthCheckIntervalSeconds', SHORT_INTERVAL)],
    });
  }
  return choices;
}

const SHORT_DELAY = 30;
const SHORT_INTERVAL = 10;

/** Over the value where the group says it; what a tool sets by itself is placed at the group's name. */
function written(group: TargetGroup, value: Value<number>, property: string, seconds: number): EditIntent {
  const own = [group.nameAt, group.healthCheck.at];
  const isSaid =
    value.state === 'known' && own.every(({ uri, span }) => uri !== value.at.uri || span.start !== value.at.span.start);
  return isSaid
    ? { kind: 'replace', at: value.at, value: seconds }
    : { kind: 'set', owner: group.at, path: [property], value: seconds };
}

function setThreshold(service: Service, value: number): EditIntent {
  const written = knownValue(knownValue(service.deploymentCircuitBreaker)?.thresholdConfiguration);
  if (written?.type.state === 'known' && written.type.value === 'COUNT' && written.value.state === 'known') {
    return { kind: 'replace', at: written.value.at, value };
  }
  const path = [...breakerPath, 'thresholdConfiguration'];
  return { kind: 'set', owner: service.at, path, value: { type: 'COUNT', value } };
}

function setPercent(service: Service, name: 'minimumHealthyPercent' | 'maximumPercent', value: number): EditIntent {
  const written = service[name];
  return written.state === 'known'
    ? { kind: 'replace', at: written.at, value }
    : { kind: 'set', owner: service.at, path: ['deploymentConfiguration', name], value };
}
