// The circuit breaker works with ECS's own deployments only.

import { knownValue } from '../facts/value.ts';
import { breakerPage } from './circuitBreakers.ts';
import type { DeploymentRule } from './rule.ts';

export const circuitBreakerUnsupported: DeploymentRule = {
  id: 'circuit-breaker-unsupported',
  group: 'rollback',
  severity: 'error',
  summary: 'A deployment circuit breaker together with deployment controller CODE_DEPLOY or EXTERNAL.',
  why: 'ECS refuses the service: the circuit breaker belongs to deployments that ECS itself carries out.',
  remedy:
    'Remove the circuit breaker and let CodeDeploy roll back (its alarms and automatic rollback), or use the ECS controller.',
  sources: [breakerPage, 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ service }) {
    const controller = knownValue(service?.deploymentController);
    const breaker = service?.deploymentCircuitBreaker;
    if (!service || (controller !== 'CODE_DEPLOY' && controller !== 'EXTERNAL')) return;
    if (breaker?.state !== 'known' || knownValue(breaker.value.enable) !== true) return;
    yield {
      at: breaker.at,
      message: `A circuit breaker needs deployment controller ECS, but this service uses ${controller}.`,
      related: [{ at: service.deploymentController.at, message: 'The deployment controller.' }],
      fixes: [
        {
          title: 'Remove the circuit breaker',
          kind: 'unsafe',
          preferred: true,
          intents: [{ kind: 'remove', at: breaker.at }],
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
  "deploymentController": { "type": "«1:CODE_DEPLOY»" },
  "deploymentConfiguration": {
    "maximumPercent": 200,
    "«deploymentCircuitBreaker»": { "enable": true, "rollback": true }
  }
}
`,
        fixed: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "deploymentController": { "type": "CODE_DEPLOY" },
  "deploymentConfiguration": {
    "maximumPercent": 200
  }
}
`,
        message: 'A circuit breaker needs deployment controller ECS, but this service uses CODE_DEPLOY.',
      },
    ],
    good: [
      `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "deploymentController": { "type": "CODE_DEPLOY" },
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": false, "rollback": false } }
}
`,
    ],
  },
};
