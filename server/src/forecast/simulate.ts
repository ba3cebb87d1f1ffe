// One rolling deployment of a broken revision, task by task, until the circuit breaker has counted enough failures. Runs
// twice: with every undocumented delay at its shortest and at its longest. Where the numbers come from is `inputs.ts`.

import { assumptions, type Span } from '../aws/deployments.ts';
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

/** Seconds from the start of the deployment until it is FAILED; undefined where the circuit breaker never trips. */
export function simulate(inputs: ForecastInputs, mode: FailureMode): Span | undefined {
  const soonest = failedAfter(inputs, mode, 'soonest');
  const latest = failedAfter(inputs, mode, 'latest');
  return soonest === undefined || latest === undefined ? undefined : { soonest, latest };
}

function failedAfter(inputs: ForecastInputs, mode: FailureMode, bound: Bound): number | undefined {
  const life = taskLife(inputs, mode, bound);
  const starts = slotStarts(inputs, bound);
  if (life === undefined || starts.length === 0) return undefined;
  const threshold = thresholdCount(inputs.threshold, inputs.desiredCount);
  const cycles = Math.ceil(threshold / starts.length) + Math.ceil((starts.at(-1) ?? 0) / life.replacedAfter);
  const failures: number[] = [];
  for (const start of starts) {
    for (let cycle = 0; cycle < cycles; cycle++) {
      for (const failure of life.failures) failures.push(start + cycle * life.replacedAfter + failure);
    }
  }
  const last = failures.sort((a, b) => a - b)[threshold - 1];
  return last === undefined ? undefined : last + assumptions.scheduler[bound];
}

/** A failing task, in seconds from its start. */
interface TaskLife {
  /** When it is counted as failed; more than once where several kinds of checks count. */
  readonly failures: readonly number[];
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
      const failure = launch + (mode === 'crashes-at-start' ? assumptions.crash[bound] : 0);
      return { failures: [failure], replacedAfter: failure + scheduler + assumptions.throttle[bound] };
    }
    case 'listens-on-another-port':
    case 'health-check-path-fails': {
      // A task that fails both kinds of checks is counted for each: two tasks, three failures and 267 seconds were measured
      // with a grace period that leaves no time for a third task (docs/forecast.md).
      const times = unhealthyAfter(inputs, bound);
      if (times.length === 0) return undefined;
      return {
        failures: times.map((time) => launch + time),
        replacedAfter: launch + Math.min(...times) + scheduler + drainTime(inputs, bound) + scheduler,
      };
    }
  }
}

/** Seconds from RUNNING until each kind of health check calls a task unhealthy and ECS acts on it. */
function unhealthyAfter({ targetGroup, containerHealthCheck, gracePeriod }: ForecastInputs, bound: Bound): number[] {
  const phase = assumptions.checkPhase[bound];
  const times: number[] = [];
  if (targetGroup) {
    const { interval, unhealthyThreshold } = targetGroup;
    times.push(assumptions.registration[bound] + interval * (unhealthyThreshold + phase));
  }
  if (containerHealthCheck) {
    const { interval, retries, startPeriod } = containerHealthCheck;
    times.push(startPeriod + interval * (retries + phase));
  }
  return times.map((time) => Math.max(time, gracePeriod));
}

/** Seconds that a task takes to leave the load balancer and to stop. */
export function drainTime({ targetGroup, stopTimeout }: ForecastInputs, bound: Bound): number {
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
