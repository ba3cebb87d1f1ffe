// A forecast as moments in order: when tasks start, when they fail, when the deployment is FAILED.

import { taskBounds, thresholdCount } from './arithmetic.ts';
import type { ForecastInputs } from './inputs.ts';
import { type Failing, type FailureMode, failingOf, failuresOf, slotStarts, type Witness } from './simulate.ts';

export interface Moment {
  /** From the start of the deployment. */
  readonly seconds: { readonly low: number; readonly high: number };
  /** A sentence. */
  readonly text: string;
}

/** More groups of failures than this are told by the first ones and the last. */
const MAX_GROUPS = 6;

/** Empty where nothing is detected. */
export function timelineOf(inputs: ForecastInputs, mode: FailureMode): readonly Moment[] {
  const failing = failingOf(inputs, mode);
  if (!failing) return [];
  const failures = failing.by === 'alarm' ? [] : shortened(failureMoments(inputs, mode));
  return [...startMoments(inputs), ...failures, endMoment(failing)];
}

function startMoments(inputs: ForecastInputs): readonly Moment[] {
  const { desiredCount, maximumPercent, minimumHealthyPercent, isFirst } = inputs;
  const { maximum } = taskBounds(desiredCount, minimumHealthyPercent, maximumPercent);
  const soonest = slotStarts(inputs, 'soonest');
  const latest = slotStarts(inputs, 'latest');
  const free = isFirst ? soonest.length : Math.min(desiredCount, Math.max(maximum - desiredCount, 0));
  const beside = isFirst ? '' : ` beside ${desiredCount === 1 ? 'the old one' : `the ${desiredCount} old ones`}`;
  const moments: Moment[] = [];
  if (free > 0) moments.push({ seconds: { low: 0, high: 0 }, text: `ECS starts ${tasks(free, 'new')}${beside}.` });
  else
    moments.push({
      seconds: { low: 0, high: 0 },
      text: 'There is room for new tasks only once old ones have stopped.',
    });
  const rest = soonest.length - free;
  if (rest > 0) {
    const seconds = { low: soonest[free] ?? 0, high: latest[free] ?? 0 };
    const more = free > 0 ? `${rest} more new ${rest === 1 ? 'task' : 'tasks'}` : tasks(rest, 'new');
    moments.push({ seconds, text: `As many old tasks have stopped, and ECS starts ${more}.` });
  }
  return moments;
}

function tasks(count: number, kind: string): string {
  return `${count} ${kind} ${count === 1 ? 'task' : 'tasks'}`;
}

/** Failures that come together are one moment. */
function failureMoments(inputs: ForecastInputs, mode: FailureMode): readonly Moment[] {
  const threshold = thresholdCount(inputs.threshold, inputs.desiredCount);
  const latest = failuresOf(inputs, mode, 'latest');
  const failures = failuresOf(inputs, mode, 'soonest').map(({ after, by }, index) => {
    const other = latest[index];
    return { low: after, high: other?.after ?? after, by: other?.by === by ? by : undefined };
  });
  const moments: Moment[] = [];
  for (let start = 0; start < failures.length; ) {
    const first = failures[start];
    if (!first) break;
    let end = start + 1;
    while (isSame(failures[end], first)) end++;
    const counted = end - start === 1 ? `Failure ${end}` : `Failures ${start + 1}–${end}`;
    const seconds = { low: first.low, high: first.high };
    moments.push({ seconds, text: `${counted} of ${threshold}: ${witnessed(first.by, mode, end - start > 1)}.` });
    start = end;
  }
  return moments;
}

interface Failed {
  readonly low: number;
  readonly high: number;
  readonly by: Witness | undefined;
}

function isSame(one: Failed | undefined, other: Failed): boolean {
  return one?.low === other.low && one.high === other.high && one.by === other.by;
}

function witnessed(by: Witness | undefined, mode: FailureMode, several: boolean): string {
  const who = several ? 'new tasks' : 'a new task';
  switch (by) {
    case 'loadBalancer':
      return `the load balancer finds ${who} unhealthy`;
    case 'containerHealthCheck':
      return `the container health check finds ${who} unhealthy`;
    case 'start':
      return mode === 'crashes-at-start' ? `${who} crashed at the start` : `the image of ${who} could not be pulled`;
    case undefined:
      return `a health check finds ${who} unhealthy`;
  }
}

function shortened(moments: readonly Moment[]): readonly Moment[] {
  if (moments.length <= MAX_GROUPS) return moments;
  return [...moments.slice(0, MAX_GROUPS - 1), ...moments.slice(-1)];
}

function endMoment({ time, by }: Failing): Moment {
  const trips = {
    circuitBreaker: 'The circuit breaker trips',
    alarm: 'The alarm on unhealthy targets is raised',
    either: 'The circuit breaker trips or the alarm on unhealthy targets is raised',
  };
  return { seconds: { low: time.soonest, high: time.latest }, text: `${trips[by]}: the deployment is FAILED.` };
}
