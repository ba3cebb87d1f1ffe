// Nobody would be told of a failed deployment.

import { knownValue, orDefault } from '../facts/value.ts';
import { isObserved } from '../forecast/observation.ts';
import { stackExample } from './infrastructureExamples.ts';
import { newAlarmsFix } from './newAlarms.ts';
import type { DeploymentRule } from './rule.ts';

const rule = `  DeploymentFailed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [aws.ecs]
        detail-type: [ECS Deployment State Change]
        detail:
          eventName: [SERVICE_DEPLOYMENT_FAILED]
`;

export const deploymentFailureUnobserved: DeploymentRule = {
  id: 'deployment-failure-unobserved',
  group: 'rollback',
  severity: 'info',
  summary:
    'Infrastructure code in view has neither an EventBridge rule on deployment failure nor alarms on unhealthy hosts or running tasks.',
  why: 'A rollback is silent: the pipeline may have ended before it, and the old revision goes on serving. Without an event rule or an alarm the team learns days later that its last release never ran.',
  remedy:
    'Add an EventBridge rule on `ECS Deployment State Change` with `SERVICE_DEPLOYMENT_FAILED`, or alarms on `UnHealthyHostCount` and `RunningTaskCount`.',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html',
  ],
  fixKinds: ['asks'],
  subject: 'deployment',
  *check(deployment) {
    const { name, service, infrastructure } = deployment;
    if (!service || !infrastructure || knownValue(service.desiredCount) === 0) return;
    if (isObserved(deployment)) return;
    yield {
      at: service.nameAt,
      message: `Nothing in view tells anybody when a deployment of service ${name} fails.`,
      // ECS sends the event for its own deployments only.
      fixes:
        orDefault(service.deploymentController, 'ECS') !== 'ECS'
          ? []
          : [
              {
                title: 'Add an event rule that sees deployments fail…',
                kind: 'asks',
                preferred: false,
                intents: [{ kind: 'insertResource', at: service.at, resource: 'deploymentFailedRule' }],
              },
              ...newAlarmsFix(deployment),
            ],
    };
  },
  examples: {
    bad: [
      {
        files: stackExample({}).replace('ServiceName: web', 'ServiceName: «web»'),
        message: 'Nothing in view tells anybody when a deployment of service web fails.',
      },
    ],
    good: [stackExample({ resources: rule })],
  },
};
