// The circuit breaker works with ECS's own deployments only.

import type { Location } from '../base/text.ts';
import type { Service } from '../facts/service.ts';
import { knownValue } from '../facts/value.ts';
import { breakerPage } from './circuitBreakers.ts';
import type { DeploymentRule, Finding } from './rule.ts';

export const circuitBreakerUnsupported: DeploymentRule = {
  id: 'circuit-breaker-unsupported',
  group: 'rollback',
  severity: 'error',
  summary: 'A deployment circuit breaker together with deployment controller CODE_DEPLOY or EXTERNAL.',
  why: "ECS refuses the service: the circuit breaker belongs to deployments that ECS itself carries out. For the strategies BLUE_GREEN, LINEAR and CANARY AWS's pages disagree: the page of the circuit breaker and the API name rolling updates only, the page on detecting failures names blue/green deployments too. There this is information.",
  remedy:
    'Remove the circuit breaker and let CodeDeploy roll back (its alarms and automatic rollback), or use the ECS controller.',
  sources: [
    breakerPage,
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-failure-detection.html',
  ],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ service }) {
    const breaker = service?.deploymentCircuitBreaker;
    if (!service || breaker?.state !== 'known' || knownValue(breaker.value.enable) !== true) return;
    const controller = knownValue(service.deploymentController);
    if (controller !== 'CODE_DEPLOY' && controller !== 'EXTERNAL') {
      yield* disputed(service, breaker.at);
      return;
    }
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
      {
        files: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "deploymentConfiguration": {
    "strategy": "«1:BLUE_GREEN»",
    "«deploymentCircuitBreaker»": { "enable": true, "rollback": true }
  }
}
`,
        message: "AWS's pages disagree on whether a circuit breaker watches BLUE_GREEN deployments.",
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

function* disputed({ strategy, deploymentController }: Service, at: Location): Iterable<Finding> {
  if (deploymentController.state !== 'absent' && knownValue(deploymentController) !== 'ECS') return;
  if (strategy.state !== 'known' || strategy.value === 'ROLLING') return;
  yield {
    at,
    severity: 'info',
    message: `AWS's pages disagree on whether a circuit breaker watches ${strategy.value} deployments.`,
    related: [{ at: strategy.at, message: 'The strategy.' }],
  };
}
