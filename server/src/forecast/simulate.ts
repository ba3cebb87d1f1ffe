// One rolling deployment of a broken revision, task by task, until the circuit breaker has counted enough failures or an alarm
// is raised. Runs twice: with every undocumented delay at its shortest and at its longest. Where the numbers come from is
// `inputs.ts`.

import { assumptions, type Span } from '../aws/deployments.ts';
import type { AlarmInputs } from './alarms.ts';
import { taskBounds, thresholdCount } from './arithmetic.ts';
import type { ForecastInputs } from './inputs.ts';

/** How a revision is broken. */
export const failureModes = [
  'listens-on-another-port',
  'crashes-at-start',
  'image-cannot-be-pulled',
  'health-check-path-fails',
  'crashes-after-becoming-healthy',
] as const;

export type FailureMode = (typeof failureModes)[number];

type Bound = keyof Span;

type Timed = NonNullable<AlarmInputs['unhealthyHosts']>;

/** What marks the deployment FAILED; `either` where that is decided by delays that nobody documents. */
export type Tripping = 'circuitBreaker' | 'alarm' | 'either';

export interface Failing {
  /** Seconds from the start of the deployment until it is FAILED. */
  readonly time: Span;
  readonly by: Tripping;
}

/** Undefined where neither the circuit breaker nor an alarm trips. */
export function failingOf(inputs: ForecastInputs, mode: FailureMode): Failing | undefined {
  const breaker = inputs.enable ? spanOf((bound) => breakerAfter(inputs, mode, bound)) : undefined;
  const alarm = alarmOf(inputs, mode);
  if (!breaker || !alarm) {
    if (breaker) return { time: breaker, by: 'circuitBreaker' };
    return alarm && { time: alarm, by: 'alarm' };
  }
  const time = {
    soonest: Math.min(breaker.soonest, alarm.soonest),
    latest: Math.min(breaker.latest, alarm.latest),
  };
  if (alarm.latest <= breaker.soonest) return { time, by: 'alarm' };
  return { time, by: breaker.latest <= alarm.soonest ? 'circuitBreaker' : 'either' };
}

/** Seconds from the start of the deployment until it is FAILED; undefined where nothing trips. */
export function simulate(inputs: ForecastInputs, mode: FailureMode): Span | undefined {
  return failingOf(inputs, mode)?.time;
}

function spanOf(secondsAt: (bound: Bound) => number | undefined): Span | undefined {
  const soonest = secondsAt('soonest');
  const latest = secondsAt('latest');
  return soonest === undefined || latest === undefined ? undefined : { soonest, latest };
}

function breakerAfter(inputs: ForecastInputs, mode: FailureMode, bound: Bound): number | undefined {
  const last = failuresOf(inputs, mode, bound).at(-1);
  return last && last.after + assumptions.scheduler[bound];
}

/** What sees that a task has failed. */
export type Witness = 'loadBalancer' | 'containerHealthCheck' | 'start';

interface Failure {
  /** Seconds. */
  readonly after: number;
  readonly by: Witness;
}

/** The failures that the circuit breaker counts, in seconds from the start of the deployment, until it trips. */
export function failuresOf(inputs: ForecastInputs, mode: FailureMode, bound: Bound): readonly Failure[] {
  const life = taskLife(inputs, mode, bound);
  const starts = slotStarts(inputs, bound);
  if (life === undefined || starts.length === 0) return [];
  const threshold = thresholdCount(inputs.threshold, inputs.desiredCount);
  const cycles = Math.ceil(threshold / starts.length) + Math.ceil((starts.at(-1) ?? 0) / life.replacedAfter);
  const failures: Failure[] = [];
  for (const start of starts) {
    for (let cycle = 0; cycle < cycles; cycle++) {
      for (const { after, by } of life.failures)
        failures.push({ after: start + cycle * life.replacedAfter + after, by });
    }
  }
  return failures.sort((a, b) => a.after - b.after).slice(0, threshold);
}

/** A failing task, in seconds from its start. */
interface TaskLife {
  /** When it is counted as failed; more than once where several kinds of checks count. */
  readonly failures: readonly Failure[];
  /** When the next task starts in its place. */
  readonly replacedAfter: number;
}

function taskLife(inputs: ForecastInputs, mode: FailureMode, bound: Bound): TaskLife | undefined {
  const launch = assumptions.launch[bound];
  const scheduler = assumptions.scheduler[bound];
  switch (mode) {
    case 'crashes-after-becoming-healthy':
      // Each task that becomes healthy sets the count back, and when all are healthy the deployment is completed.
      return undefined;
    case 'crashes-at-start':
    case 'image-cannot-be-pulled': {
      const after = launch + (mode === 'crashes-at-start' ? assumptions.crash[bound] : 0);
      return { failures: [{ after, by: 'start' }], replacedAfter: after + scheduler + assumptions.throttle[bound] };
    }
    case 'listens-on-another-port':
    case 'health-check-path-fails': {
      // A task that fails both kinds of checks is counted for each: two tasks, three failures and 267 seconds were measured
      // with a grace period that leaves no time for a third task (docs/forecast.md).
      const failures = failedChecks(inputs, bound);
      const [first] = failures;
      if (!first) return undefined;
      const counted = inputs.countsEachCheck ? failures : [first];
      return {
        failures: counted.map(({ after, by }) => ({ after: launch + after, by })),
        replacedAfter: launch + first.after + scheduler + drainTime(inputs, bound) + scheduler,
      };
    }
  }
}

/** Whether the tasks start and fail their health checks. */
export function failsChecks(mode: FailureMode): boolean {
  return mode === 'listens-on-another-port' || mode === 'health-check-path-fails';
}

/** Seconds from RUNNING until each kind of health check calls a task unhealthy and ECS acts on it, the first one first. */
function failedChecks(inputs: ForecastInputs, bound: Bound): readonly Failure[] {
  const { containerHealthCheck, gracePeriod } = inputs;
  const failures: Failure[] = [];
  const balancer = unhealthyTarget(inputs, bound);
  if (balancer !== undefined) failures.push({ after: balancer, by: 'loadBalancer' });
  if (containerHealthCheck) {
    const { interval, retries, startPeriod } = containerHealthCheck;
    const after = startPeriod + interval * (retries + assumptions.checkPhase[bound]);
    failures.push({ after, by: 'containerHealthCheck' });
  }
  return failures
    .map(({ after, by }) => ({ after: Math.max(after, gracePeriod), by }))
    .sort((a, b) => a.after - b.after);
}

/** Seconds from RUNNING until the load balancer calls a target unhealthy. */
function unhealthyTarget({ targetGroup }: ForecastInputs, bound: Bound): number | undefined {
  if (!targetGroup) return undefined;
  const { interval, unhealthyThreshold } = targetGroup;
  return assumptions.registration[bound] + interval * (unhealthyThreshold + assumptions.checkPhase[bound]);
}

/** When an alarm on unhealthy targets stops the deployment; undefined where it may miss them. */
function alarmOf(inputs: ForecastInputs, mode: FailureMode): Span | undefined {
  const alarm = inputs.alarms?.unhealthyHosts;
  if (!alarm || !failsChecks(mode) || !staysUnhealthy(inputs, alarm)) return undefined;
  const { period, datapoints } = alarm;
  return spanOf((bound) => {
    const unhealthy = unhealthyTarget(inputs, bound);
    const [start] = slotStarts(inputs, bound);
    if (unhealthy === undefined || start === undefined) return undefined;
    const breaching = period * (bound === 'soonest' ? datapoints - 1 : datapoints);
    return start + assumptions.launch[bound] + unhealthy + breaching + assumptions.alarm[bound];
  });
}

/** Whether a target is unhealthy for as many periods as the alarm needs before ECS takes it out of the load balancer. */
function staysUnhealthy(inputs: ForecastInputs, { period, datapoints }: Timed): boolean {
  if (datapoints <= 1) return true;
  const unhealthy = unhealthyTarget(inputs, 'latest') ?? 0;
  const acted = Math.max(unhealthy, inputs.gracePeriod) + assumptions.scheduler.soonest;
  return Math.ceil((acted - unhealthy) / period) >= datapoints;
}

/** Seconds that a task takes to leave the load balancer and to stop. */
function drainTime({ targetGroup, stopTimeout }: ForecastInputs, bound: Bound): number {
  return (targetGroup?.deregistrationDelay ?? 0) + stopTimeout * assumptions.stopShare[bound];
}

/** When the first tasks of the new revision start: at once where there is room, else when old tasks have stopped. */
export function slotStarts(inputs: ForecastInputs, bound: Bound): readonly number[] {
  const { desiredCount, minimumHealthyPercent, maximumPercent, isFirst, pinsDigest } = inputs;
  const { minimum, maximum } = taskBounds(desiredCount, minimumHealthyPercent, maximumPercent);
  const running = isFirst ? 0 : desiredCount;
  const free = Math.min(desiredCount, Math.max(maximum - running, 0));
  const all = Math.min(desiredCount, Math.max(isFirst ? maximum : maximum - minimum, 0));
  const lead = pinsDigest ? assumptions.digestPinning[bound] : 0;
  return Array.from({ length: all }, (_, index) => {
    const room = index < free ? 0 : drainTime(inputs, bound);
    return room + (index === 0 ? 0 : lead);
  });
}
