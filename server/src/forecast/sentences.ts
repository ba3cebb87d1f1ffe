// Why a forecast is what it is, one sentence a step.

import { taskBounds, thresholdCount } from './arithmetic.ts';
import type { ForecastInputs } from './inputs.ts';
import { minuteRange, minutesOf } from './minutes.ts';
import { type Failing, type FailureMode, failsChecks, simulate, slotStarts } from './simulate.ts';

/** The steps up to FAILED, and what comes back. */
export function sentencesOf(
  inputs: ForecastInputs,
  mode: FailureMode,
  failing: Failing,
  assumed: readonly string[],
): readonly string[] {
  return [
    ...(failing.by === 'alarm' ? [] : breakerSteps(inputs, mode)),
    ...(failsChecks(mode) ? checkSteps(inputs) : startSteps(inputs, mode)),
    ...(failing.by === 'alarm' ? [] : countingSteps(inputs, mode)),
    ...alarmSteps(inputs, failing),
    ...assumed,
    outcome(inputs, failing),
  ];
}

/** Why nothing stops a broken revision. */
export function unseenSentences(inputs: ForecastInputs, mode: FailureMode): readonly string[] {
  const alarms = inputs.alarms
    ? ['Only the alarms that its deployments listen to may stop one, when they are raised while ECS still watches.']
    : ['Nothing is rolled back.'];
  if (!inputs.enable)
    return ['There is no deployment circuit breaker, so ECS starts and stops tasks for ever.', ...alarms];
  if (mode !== 'crashes-after-becoming-healthy') {
    return ['No health check watches the tasks: one that runs counts as healthy after 40 seconds.', ...alarms];
  }
  const reason = inputs.resetOnHealthyTask
    ? 'Each task that becomes healthy sets the count of failures back, so a later crash trips nothing.'
    : 'A task that crashes after it was healthy has passed its checks, so the circuit breaker does not count it.';
  return [reason, ...alarms];
}

function breakerSteps(inputs: ForecastInputs, mode: FailureMode): readonly string[] {
  const { desiredCount, targetGroup, minimumHealthyPercent, maximumPercent } = inputs;
  const threshold = thresholdCount(inputs.threshold, desiredCount);
  const slots = slotStarts(inputs, 'soonest').length;
  const rounds = Math.ceil(threshold / slots);
  const room = `minimumHealthyPercent ${minimumHealthyPercent} and maximumPercent ${maximumPercent} leave room for ${counted(slots, 'new task')} at once`;
  const drains = rounds > 1 && targetGroup !== null && failsChecks(mode);
  return [
    `With ${counted(desiredCount, 'desired task')} the circuit breaker trips after ${counted(threshold, 'failure')}.`,
    rounds > 1
      ? `${room}, so up to ${rounds} rounds of tasks must fail.`
      : `${room}, so one round of failing tasks is enough.`,
    ...(drains
      ? [`Each failed task drains for ${seconds(targetGroup.deregistrationDelay)} before the next one starts.`]
      : []),
  ];
}

function startSteps(
  { pinsDigest, enable, threshold, desiredCount }: ForecastInputs,
  mode: FailureMode,
): readonly string[] {
  const resolves = mode === 'image-cannot-be-pulled' && pinsDigest && enable;
  const many = thresholdCount(threshold, desiredCount) > 5;
  return [
    'A task that never reaches RUNNING is counted as soon as it stops.',
    ...(mode === 'crashes-at-start' ? ['One that runs for a moment first may be counted by no one.'] : []),
    ...(resolves ? ['Where ECS cannot resolve the tag to a digest three times, the deployment fails at once.'] : []),
    ...(many ? ['ECS waits longer before each further start, up to 27 minutes, which is not counted in here.'] : []),
  ];
}

function checkSteps({ targetGroup, containerHealthCheck, gracePeriod }: ForecastInputs): readonly string[] {
  const sentences: string[] = [];
  if (targetGroup) {
    const { interval, unhealthyThreshold } = targetGroup;
    const total = seconds(interval * unhealthyThreshold);
    sentences.push(
      `The load balancer calls a task unhealthy after ${counted(unhealthyThreshold, 'check')} ${seconds(interval)} apart: ${total}.`,
    );
  }
  if (containerHealthCheck) {
    const { interval, retries, startPeriod } = containerHealthCheck;
    const start = startPeriod > 0 ? `a start period of ${seconds(startPeriod)} and ` : '';
    const total = seconds(startPeriod + interval * retries);
    sentences.push(
      `The container health check fails after ${start}${counted(retries, 'check')} ${seconds(interval)} apart: ${total}.`,
    );
  }
  if (gracePeriod > 0) {
    const acts = targetGroup && containerHealthCheck ? 'acts on neither' : 'does not act on it';
    sentences.push(`ECS ${acts} before the grace period of ${seconds(gracePeriod)} is over.`);
  }
  return sentences;
}

/** That a task is counted for each kind of check rests on one measurement: what it would be otherwise is told too. */
function countingSteps(inputs: ForecastInputs, mode: FailureMode): readonly string[] {
  if (!failsChecks(mode) || !inputs.targetGroup || !inputs.containerHealthCheck) return [];
  const both = simulate(inputs, mode);
  const once = simulate({ ...inputs, countsEachCheck: false }, mode);
  if (!both || !once || once.latest === both.latest) return [];
  return [
    `A task that fails both checks is taken to count twice; counted once, it would take ${minuteRange(minutesOf(once))} minutes.`,
  ];
}

function alarmSteps({ alarms }: ForecastInputs, { by }: Failing): readonly string[] {
  const sentences: string[] = [];
  if (alarms?.unhealthyHosts && by !== 'circuitBreaker') {
    const { period, datapoints } = alarms.unhealthyHosts;
    const breach = datapoints === 1 ? 'one period' : `${datapoints} periods`;
    sentences.push(`An alarm on unhealthy targets is raised after ${breach} of ${seconds(period)}.`);
  }
  if (alarms?.others || (alarms?.unhealthyHosts && by === 'circuitBreaker')) {
    sentences.push('Alarms that its deployments listen to may stop one sooner; when, their metrics decide.');
  }
  return sentences;
}

function outcome(inputs: ForecastInputs, failing: Failing): string {
  const { desiredCount, minimumHealthyPercent, maximumPercent } = inputs;
  if (inputs.isFirst)
    return 'No deployment has completed before, so there is nothing to return to, and the service stalls.';
  const { minimum, maximum } = taskBounds(desiredCount, minimumHealthyPercent, maximumPercent);
  const kept = maximum >= 2 * desiredCount ? desiredCount : minimum;
  const meanwhile =
    kept === desiredCount ? 'the old tasks kept running' : `only ${kept} of ${desiredCount} old tasks kept running`;
  return rollsBack(inputs, failing)
    ? `ECS then returns to the last completed deployment; ${meanwhile}.`
    : 'Rollback is off: the deployment is marked FAILED, and nothing returns.';
}

/** Each of both that may trip first must roll back. */
export function rollsBack({ rollback, alarms, isFirst }: ForecastInputs, { by }: Failing): boolean {
  if (isFirst) return false;
  const byBreaker = by === 'alarm' || rollback;
  return byBreaker && (by === 'circuitBreaker' || alarms?.rollback === true);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function seconds(count: number): string {
  return counted(count, 'second');
}
