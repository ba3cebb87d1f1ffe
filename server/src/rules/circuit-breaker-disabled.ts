// The circuit breaker is written, but switched off.

import { knownValue } from '../facts/value.ts';
import { breakerPage, deploysByRolling, fate, missingBreakerSeverity, setSwitch } from './circuitBreakers.ts';
import { withGain } from './gains.ts';
import type { DeploymentRule } from './rule.ts';

export const circuitBreakerDisabled: DeploymentRule = {
  id: 'circuit-breaker-disabled',
  group: 'rollback',
  severity: 'warning',
  summary: 'The deployment circuit breaker says `enable: false`.',
  why: 'A circuit breaker that is switched off does nothing: ECS goes on starting and stopping the tasks of a broken deployment. Tools that write a first service definition leave it off.',
  remedy: 'Set `enable` and `rollback` to true.',
  sources: [breakerPage],
  fixKinds: ['safe'],
  subject: 'deployment',
  *check(deployment) {
    const { name, service } = deployment;
    const breaker = knownValue(service?.deploymentCircuitBreaker);
    if (!service || breaker?.enable.state !== 'known' || breaker.enable.value || deploysByRolling(service) !== 'yes')
      return;
    yield {
      at: breaker.enable.at,
      severity: missingBreakerSeverity(service),
      message: `Service ${name} switches its circuit breaker off (enable is false, not true), so ${fate(service)}.`,
      fixes: [
        {
          title: withGain('Switch on the circuit breaker and its rollback', deployment, {
            enable: true,
            rollback: true,
          }),
          kind: 'safe',
          preferred: true,
          intents: [setSwitch(service, 'enable'), setSwitch(service, 'rollback')],
        },
      ],
    };
  },
  examples: {
    bad: [
      {
        files: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "launchType": "FARGATE",
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": «false», "rollback": false } }
}
`,
        fixed: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "launchType": "FARGATE",
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
      },
    ],
    good: [
      `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "launchType": "FARGATE",
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } }
}
`,
    ],
  },
};
