// A rolling-update service without a deployment circuit breaker.

import { breakerPage, deploysByRolling, fate, missingBreakerSeverity, setBreaker } from './circuitBreakers.ts';
import { withGain } from './gains.ts';
import type { DeploymentRule } from './rule.ts';

export const circuitBreakerMissing: DeploymentRule = {
  id: 'circuit-breaker-missing',
  group: 'rollback',
  severity: 'warning',
  summary: 'A rolling-update service with no deploymentCircuitBreaker.',
  why: 'The circuit breaker is off by default. Without it ECS goes on starting and stopping the tasks of a broken deployment for ever, and nothing returns to the revision that worked.',
  remedy: 'Add `deploymentCircuitBreaker` with `enable` and `rollback` to the deployment configuration.',
  sources: [breakerPage, 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html'],
  fixKinds: ['safe'],
  subject: 'deployment',
  *check(deployment) {
    const { name, service } = deployment;
    if (service?.deploymentCircuitBreaker.state !== 'absent' || deploysByRolling(service) !== 'yes') return;
    yield {
      at: service.deploymentConfigurationAt,
      severity: missingBreakerSeverity(service),
      message: `Service ${name} has no deployment circuit breaker, so ${fate(service)}.`,
      fixes: [
        {
          title: withGain('Add a circuit breaker with rollback', deployment, { enable: true, rollback: true }),
          kind: 'safe',
          preferred: true,
          intents: setBreaker(service),
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
  "«deploymentConfiguration»": {
    "maximumPercent": 200
  }
}
`,
        fixed: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "launchType": "FARGATE",
  "deploymentConfiguration": {
    "maximumPercent": 200,
    "deploymentCircuitBreaker": {
      "enable": true,
      "rollback": true
    }
  }
}
`,
        message:
          'Service web has no deployment circuit breaker, so a broken deployment is retried for ever and never rolled back.',
      },
      {
        files: `--- service-definition.json
{
  "serviceName": "«web»",
  "taskDefinition": "web",
  "desiredCount": 2,
  "launchType": "EC2"
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
  "deploymentController": { "type": "CODE_DEPLOY" }
}
`,
    ],
  },
};
