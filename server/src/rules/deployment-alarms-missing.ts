// An alarm watches the service, but a deployment does not listen to it.

import type { EditIntent } from '../facts/edit.ts';
import type { Alarm } from '../facts/operations.ts';
import { nameBeside, standsInModule } from '../facts/reference.ts';
import type { Service } from '../facts/service.ts';
import { knownValue } from '../facts/value.ts';
import { breachTime } from '../forecast/alarms.ts';
import type { ForecastOverrides } from '../forecast/inputs.ts';
import { deploysByRolling } from './circuitBreakers.ts';
import { withGain } from './gains.ts';
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

const listening = (files: string): string =>
  files.replace(
    '          Rollback: true\n',
    () => `          Rollback: true
        Alarms:
          AlarmNames:
            - !Ref UnhealthyHosts
          Enable: true
          Rollback: true
`,
  );

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
  *check(deployment) {
    const { name, service, infrastructure } = deployment;
    if (service?.deploymentAlarms.state !== 'absent' || deploysByRolling(service) !== 'yes') return;
    const alarms = (infrastructure?.alarms ?? []).filter((alarm) => !scales(alarm)).flatMap(namedAlarm);
    const [first] = alarms;
    if (!first) return;
    const names = listOf(alarms.map(({ text }) => text));
    const nameable = alarms.filter((alarm) => canBeNamed(alarm, service));
    const listened = listOf(nameable.map(({ text }) => text));
    yield {
      at: service.deploymentConfigurationAt,
      message:
        alarms.length === 1
          ? `Alarm ${names} watches service ${name}, but its deployments do not listen to it.`
          : `Alarms ${names} watch service ${name}, but its deployments do not listen to them.`,
      related: [{ at: first.alarm.nameAt, message: 'The alarm.' }],
      fixes:
        nameable.length === 0
          ? []
          : [
              {
                title: withGain(
                  `Roll back when ${nameable.length > 1 ? 'one of ' : ''}${listened} is raised`,
                  deployment,
                  tried(nameable),
                ),
                kind: 'unsafe',
                preferred: true,
                intents: [listen(service, nameable)],
              },
            ],
    };
  },
  examples: {
    bad: [
      {
        files: stackExample({ resources: alarm }).replace('DeploymentConfiguration:', '«DeploymentConfiguration»:'),
        fixed: listening(stackExample({ resources: alarm })),
        message: 'Alarm web-unhealthy-hosts watches service web, but its deployments do not listen to it.',
      },
    ],
    good: [
      stackExample({}),
      stackExample({
        resources: alarm.replace('      Statistic', '      AlarmActions: [!Ref ScaleOutPolicy]\n      Statistic'),
      }),
    ],
  },
};

interface NamedAlarm {
  readonly alarm: Alarm;
  readonly text: string;
  /** It has no name but the one in its description, so that only a reference leads to it. */
  readonly isStandIn: boolean;
}

function namedAlarm(alarm: Alarm): readonly NamedAlarm[] {
  const name = knownValue(alarm.alarmName);
  const text = name ?? alarm.logicalName;
  return text === undefined ? [] : [{ alarm, text, isStandIn: name === undefined }];
}

/** Alarms that add and take tasks are raised by every busy hour. */
function scales({ alarmActions }: Alarm): boolean {
  return alarmActions.items.some((action) => {
    const text = action.state === 'known' ? action.value : action.state === 'dynamic' ? action.text : '';
    return /scal|polic/i.test(text.slice(text.indexOf('#') + 1));
  });
}

function listen(service: Service, alarms: readonly NamedAlarm[]): EditIntent {
  const { address, at } = service;
  const path = ['deploymentConfiguration', 'alarms'];
  const value = { alarmNames: alarms.map(({ text }) => text), enable: true, rollback: true };
  if (address === undefined) return { kind: 'set', owner: at, path, value };
  const resources = alarms
    .filter(({ alarm }) => !refersTo(alarm, service))
    .map(({ alarm, text, isStandIn }) => ({ text, address: alarm.address, ...(isStandIn && { isStandIn }) }));
  return { kind: 'set', owner: at, path, value, names: { beside: address, resources } };
}

/** Not what refers to the service itself, nor what a module that several may call knows nothing of. */
function canBeNamed({ alarm, isStandIn }: NamedAlarm, service: Service): boolean {
  const { address } = service;
  if (isStandIn && refersTo(alarm, service)) return false;
  if (address === undefined || !standsInModule(address)) return true;
  return nameBeside(alarm.address, address) !== undefined;
}

function refersTo({ dimensions }: Alarm, { address }: Service): boolean {
  return dimensions.items.some(({ value }) => knownValue(value) === address);
}

/** What a forecast takes the alarms for, once deployments listen to them. */
function tried(alarms: readonly NamedAlarm[]): ForecastOverrides {
  const times = alarms.flatMap(({ alarm }) => breachTime(alarm) ?? []);
  return times.length === 0
    ? {}
    : { alarmSeconds: Math.min(...times.map(({ period, datapoints }) => period * datapoints)) };
}
