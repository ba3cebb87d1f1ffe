// An alarm watches the service, but a deployment does not listen to it.

import { knownValue } from '../facts/value.ts';
import { deploysByRolling } from './circuitBreakers.ts';
import { stackExample } from './infrastructureExamples.ts';
import type { DeploymentRule } from './rule.ts';
import { listOf } from './wording.ts';

const alarm = `  UnhealthyHosts:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: web-unhealthy-hosts
      Namespace: AWS/ApplicationELB
      MetricName: UnHealthyHostCount
      Dimensions:
        - Name: TargetGroup
          Value: !GetAtt TargetGroup.TargetGroupFullName
      Statistic: Maximum
      Period: 60
      EvaluationPeriods: 2
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
`;

export const deploymentAlarmsMissing: DeploymentRule = {
  id: 'deployment-alarms-missing',
  group: 'rollback',
  severity: 'info',
  summary:
    'A CloudWatch alarm in view watches this service or its target group, but `deploymentConfiguration.alarms` does not name it.',
  why: 'The circuit breaker sees tasks that never become healthy. An alarm sees the rest: errors, latency, a program that crashes after it was healthy. When the service names it, a deployment that raises it is marked FAILED and rolled back.',
  remedy: 'Name the alarm in `deploymentConfiguration.alarms`, with `enable` and `rollback`.',
  sources: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html'],
  fixKinds: ['unsafe'],
  subject: 'deployment',
  *check({ name, service, infrastructure }) {
    if (service?.deploymentAlarms.state !== 'absent' || deploysByRolling(service) !== 'yes') return;
    const alarms = infrastructure?.alarms ?? [];
    const names = alarms.flatMap(({ alarmName }) => knownValue(alarmName) ?? []);
    const [first] = alarms;
    if (!first || names.length === 0) return;
    yield {
      at: service.deploymentConfigurationAt,
      message: `Alarm ${listOf(names)} watches service ${name}, but its deployments do not listen to it.`,
      related: [{ at: first.nameAt, message: 'The alarm.' }],
      fixes: [
        {
          title: `Roll back when ${listOf(names)} is raised`,
          kind: 'unsafe',
          preferred: true,
          intents: [
            {
              kind: 'set',
              owner: service.at,
              path: ['deploymentConfiguration', 'alarms'],
              value: { alarmNames: names, enable: true, rollback: true },
            },
          ],
        },
      ],
    };
  },
  examples: {
    bad: [
      {
        files: stackExample({ resources: alarm }).replace('DeploymentConfiguration:', '«DeploymentConfiguration»:'),
        message: 'Alarm web-unhealthy-hosts watches service web, but its deployments do not listen to it.',
      },
    ],
    good: [stackExample({})],
  },
};
