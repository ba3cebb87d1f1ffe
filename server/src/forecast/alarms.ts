// The alarms that a service's deployments listen to, as far as they tell a broken revision. What an alarm on errors or latency
// sees is decided by the traffic, so only alarms on unhealthy targets have a time.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html

import type { Alarm } from '../facts/operations.ts';
import type { DeploymentAlarms } from '../facts/service.ts';
import { isKnown, knownValue, orDefault } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';

export interface AlarmInputs {
  readonly rollback: boolean;
  /** Of an alarm on unhealthy targets: the seconds of a period, and how many periods must breach. */
  readonly unhealthyHosts: { readonly period: number; readonly datapoints: number } | null;
  /** Whether it names alarms besides, which may be raised for reasons that no file tells. */
  readonly others: boolean;
}

/** Null where deployments listen to no alarm; undefined where the files do not decide it. */
export function alarmsOf({ service, infrastructure }: Deployment): AlarmInputs | null | undefined {
  const value = service?.deploymentAlarms;
  if (!value || value.state === 'absent') return null;
  const written = knownValue(value);
  const enable = written && orDefault(written.enable, false);
  const rollback = written && orDefault(written.rollback, false);
  if (!written || enable === undefined || rollback === undefined) return undefined;
  const { alarmNames } = written;
  if (!enable || (alarmNames.complete && alarmNames.items.length === 0)) return null;
  const named = (infrastructure?.alarms ?? []).filter((alarm) => isNamed(alarm, written));
  const timed = named.flatMap((alarm) => breachTime(alarm) ?? []).sort((a, b) => secondsOf(a) - secondsOf(b));
  const others = !alarmNames.complete || alarmNames.items.length > timed.length;
  return { rollback, unhealthyHosts: timed[0] ?? null, others };
}

/** By its name or as a resource. */
export function isNamed({ address, alarmName }: Alarm, { alarmNames }: DeploymentAlarms): boolean {
  const name = knownValue(alarmName);
  return alarmNames.items.some((item) => isKnown(item) && (item.value === address || item.value === name));
}

type Timed = NonNullable<AlarmInputs['unhealthyHosts']>;

/** Of an alarm on unhealthy targets. */
export function breachTime({ metricName, period, evaluationPeriods, datapointsToAlarm }: Alarm): Timed | undefined {
  if (knownValue(metricName) !== 'UnHealthyHostCount') return undefined;
  const seconds = knownValue(period);
  const all = knownValue(evaluationPeriods);
  const datapoints = all === undefined ? undefined : orDefault(datapointsToAlarm, all);
  return seconds === undefined || datapoints === undefined ? undefined : { period: seconds, datapoints };
}

function secondsOf({ period, datapoints }: Timed): number {
  return period * datapoints;
}
