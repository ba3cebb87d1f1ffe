// A deployment may stop every task before a new one runs.

import type { EditIntent } from '../facts/edit.ts';
import { knownValue } from '../facts/value.ts';
import { deploysByRolling } from './circuitBreakers.ts';
import { rollingPage, servesRequests } from './rollingUpdates.ts';
import type { DeploymentRule } from './rule.ts';

export const deploymentDropsToZero: DeploymentRule = {
  id: 'deployment-drops-to-zero',
  group: 'rollback',
  severity: 'warning',
  summary: 'A deployment may stop every task before a new one runs.',
  why: 'With `minimumHealthyPercent` 0 ECS may stop all old tasks at once and only then start new ones. Until they are healthy nothing answers; when the new revision is broken, nothing is left that does.',
  remedy:
    'Set `minimumHealthyPercent` to 100 and `maximumPercent` to 200, so that new tasks are healthy before old ones go.',
  sources: [rollingPage, 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ service, taskDefinition }) {
    const minimum = service?.minimumHealthyPercent;
    if (!service || minimum?.state !== 'known' || minimum.value !== 0) return;
    // Workers may rest for a moment; what nobody calls, nobody misses.
    if (!servesRequests(service) || knownValue(service.desiredCount) === 0) return;
    if (deploysByRolling(service) !== 'yes' || knownValue(service.schedulingStrategy) === 'DAEMON') return;
    // On one's own instances a fixed host port leaves no other way.
    const mode = knownValue(taskDefinition?.networkMode);
    const isOwnInstance = knownValue(service.launchType) === 'EC2' && mode !== 'awsvpc';
    const maximum = knownValue(service.maximumPercent);
    const intents: EditIntent[] = [{ kind: 'replace', at: minimum.at, value: 100 }];
    if (service.maximumPercent.state === 'known' && maximum !== undefined && maximum < 200) {
      intents.push({ kind: 'replace', at: service.maximumPercent.at, value: 200 });
    }
    yield {
      at: minimum.at,
      message: 'With minimumHealthyPercent 0 a deployment may stop every task before a new one is healthy.',
      ...(isOwnInstance && { severity: 'info' as const }),
      fixes: [{ title: 'Keep 100 percent of the tasks during a deployment', kind: 'unsafe', preferred: true, intents }],
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
  "deploymentConfiguration": {
    "minimumHealthyPercent": «0»,
    "maximumPercent": 100,
    "deploymentCircuitBreaker": { "enable": true, "rollback": true }
  },
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080 }]
}
`,
        fixed: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "launchType": "FARGATE",
  "deploymentConfiguration": {
    "minimumHealthyPercent": 100,
    "maximumPercent": 200,
    "deploymentCircuitBreaker": { "enable": true, "rollback": true }
  },
  "loadBalancers": [{ "targetGroupArn": "arn:tg", "containerName": "app", "containerPort": 8080 }]
}
`,
        message: 'With minimumHealthyPercent 0 a deployment may stop every task before a new one is healthy.',
      },
    ],
    good: [
      `--- service-definition.json
{
  "serviceName": "worker",
  "taskDefinition": "worker",
  "desiredCount": 1,
  "launchType": "FARGATE",
  "deploymentConfiguration": {
    "minimumHealthyPercent": 0,
    "maximumPercent": 100,
    "deploymentCircuitBreaker": { "enable": true, "rollback": true }
  }
}
`,
    ],
  },
};
