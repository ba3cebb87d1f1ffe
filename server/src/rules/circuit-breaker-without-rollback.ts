// The circuit breaker notices a broken deployment, but does not return to the one that worked.

import { knownValue } from '../facts/value.ts';
import { breakerPage, deploysByRolling, missingBreakerSeverity, setSwitch } from './circuitBreakers.ts';
import { withGain } from './gains.ts';
import type { DeploymentRule } from './rule.ts';

export const circuitBreakerWithoutRollback: DeploymentRule = {
  id: 'circuit-breaker-without-rollback',
  group: 'rollback',
  severity: 'warning',
  summary: 'The circuit breaker is enabled, but `rollback` is false.',
  why: 'The deployment is marked FAILED and no new tasks are started; what was already replaced stays replaced, and a person has to bring the old revision back.',
  remedy: 'Set `rollback` to true.',
  sources: [breakerPage],
  fixKinds: ['safe'],
  subject: 'deployment',
  *check(deployment) {
    const { name, service } = deployment;
    const breaker = knownValue(service?.deploymentCircuitBreaker);
    if (!service || !breaker || knownValue(breaker.enable) !== true || deploysByRolling(service) !== 'yes') return;
    const { rollback } = breaker;
    if (rollback.state !== 'absent' && !(rollback.state === 'known' && !rollback.value)) return;
    yield {
      at: rollback.state === 'known' ? rollback.at : breaker.enable.at,
      severity: missingBreakerSeverity(service),
      message: `The circuit breaker of service ${name} stops a broken deployment but does not roll back (rollback is ${rollback.state === 'known' ? 'false' : 'not set'}, not true).`,
      fixes: [
        {
          title: withGain('Turn rollback on', deployment, { rollback: true }),
          kind: 'safe',
          preferred: true,
          intents: [setSwitch(service, 'rollback')],
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
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": «false» } }
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
