// The percents leave a deployment no room to start or to stop a task.

import type { EditIntent } from '../facts/edit.ts';
import type { Service } from '../facts/service.ts';
import { canProgress, taskBounds } from '../forecast/arithmetic.ts';
import { rollingCounts, rollingPage } from './rollingUpdates.ts';
import type { DeploymentRule } from './rule.ts';

export const deploymentCannotProgress: DeploymentRule = {
  id: 'deployment-cannot-progress',
  group: 'rollback',
  severity: 'error',
  summary: 'floor/ceil of desiredCount × min/max percent leave no room to start or stop a task.',
  why: 'ECS rounds the least number of tasks up and the most number down. Where both come to the same number, a deployment may neither start a new task nor stop an old one: it waits for ever, with the event "was unable to stop or start tasks during a deployment because of the service deployment configuration". 100 and 100 percent are refused at once.',
  remedy: 'Raise `maximumPercent` to 200, or lower `minimumHealthyPercent` so far that a whole task may stop.',
  sources: [rollingPage, 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ service, infrastructure }) {
    const counts = rollingCounts(service);
    // Autoscaling changes the desired count, and with it the room.
    if (!service || !counts || (infrastructure?.scalableTargets.length ?? 0) > 0) return;
    const { desired, minimumPercent, maximumPercent } = counts;
    const bounds = taskBounds(desired, minimumPercent, maximumPercent);
    if (canProgress(desired, bounds)) return;
    const tasks = `${desired} desired ${desired === 1 ? 'task' : 'tasks'}`;
    yield {
      at: placeOf(service),
      message: `With ${tasks}, ${minimumPercent} and ${maximumPercent} percent mean at least ${bounds.minimum} and at most ${bounds.maximum}, so a deployment can neither start nor stop one.`,
      related: [{ at: service.desiredCount.at, message: 'The desired count.' }],
      fixes: [
        {
          title: 'Let a deployment run 200 percent of the tasks, so that it can start one',
          kind: 'unsafe',
          preferred: true,
          intents: [setMaximum(service)],
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
  "desiredCount": «1:1»,
  "deploymentConfiguration": {
    "minimumHealthyPercent": 100,
    "maximumPercent": «150»,
    "deploymentCircuitBreaker": { "enable": true, "rollback": true }
  }
}
`,
        fixed: `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 1,
  "deploymentConfiguration": {
    "minimumHealthyPercent": 100,
    "maximumPercent": 200,
    "deploymentCircuitBreaker": { "enable": true, "rollback": true }
  }
}
`,
        message:
          'With 1 desired task, 100 and 150 percent mean at least 1 and at most 1, so a deployment can neither start nor stop one.',
      },
    ],
    good: [
      `--- service-definition.json
{
  "serviceName": "web",
  "taskDefinition": "web",
  "desiredCount": 2,
  "deploymentConfiguration": {
    "minimumHealthyPercent": 50,
    "maximumPercent": 100,
    "deploymentCircuitBreaker": { "enable": true, "rollback": true }
  }
}
`,
    ],
  },
};

/** What is written of the two percents, the larger one first. */
function placeOf({ maximumPercent, minimumHealthyPercent, desiredCount }: Service) {
  if (maximumPercent.state === 'known') return maximumPercent.at;
  return minimumHealthyPercent.state === 'known' ? minimumHealthyPercent.at : desiredCount.at;
}

function setMaximum(service: Service): EditIntent {
  const { maximumPercent } = service;
  return maximumPercent.state === 'known'
    ? { kind: 'replace', at: maximumPercent.at, value: 200 }
    : { kind: 'set', owner: service.at, path: ['deploymentConfiguration', 'maximumPercent'], value: 200 };
}
