// What happens when a deployment is broken so that its tasks start and never become healthy: does the circuit breaker
// see it, after how long, and what comes back. A range, never a point: AWS does not document how fast the scheduler works.
// The model, its sources and its limits: docs/forecast.md.

import type { Service } from '../facts/service.ts';
import { orDefault } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';
import { canProgress, taskBounds, thresholdCount } from './arithmetic.ts';
import { type ForecastInputs, type ForecastOverrides, inputsOf } from './inputs.ts';
import { type FailureMode, simulate, slotStarts } from './simulate.ts';

export interface Forecast {
  /** Whether ECS marks the deployment FAILED by itself. */
  readonly detects: boolean;
  readonly rollsBack: boolean;
  /** Failed tasks that trip the circuit breaker; null where none does. */
  readonly threshold: number | null;
  /** From the start of the deployment to FAILED; null where it is not detected. */
  readonly minutes: Minutes | null;
  /** One sentence a step. */
  readonly because: readonly string[];
}

export interface Minutes {
  readonly low: number;
  readonly high: number;
}

/** Undefined without a service, or where the files do not decide its circuit breaker or counts. */
export function forecast(
  deployment: Deployment,
  overrides: ForecastOverrides = {},
  mode: FailureMode = 'listens-on-another-port',
): Forecast | undefined {
  const { service } = deployment;
  if (!service) return undefined;
  const known = remembered(deployment, service);
  const key = JSON.stringify([overrides, mode]);
  const before = known.get(key);
  if (before) return before.found;
  const found = settledForecast(deployment, service, overrides, mode);
  known.set(key, { found });
  return found;
}

type Remembered = Map<string, { readonly found: Forecast | undefined }>;

const forecasts = new WeakMap<Service, { readonly facts: readonly object[]; readonly known: Remembered }>();

/** The forecasts of a service: rules ask for several at every keystroke, and few keystrokes change what they rest on. */
function remembered(deployment: Deployment, service: Service): Remembered {
  const targets = deployment.infrastructure?.targets ?? [];
  const facts = [
    ...deployment.containers.map(({ container }) => container),
    ...targets.map(({ targetGroup }) => targetGroup),
  ];
  const before = forecasts.get(service);
  const isSame = before?.facts.length === facts.length && before.facts.every((fact, index) => fact === facts[index]);
  if (isSame) return before.known;
  const known: Remembered = new Map();
  forecasts.set(service, { facts, known });
  return known;
}

function settledForecast(
  deployment: Deployment,
  service: Service,
  overrides: ForecastOverrides,
  mode: FailureMode,
): Forecast | undefined {
  const controller = orDefault(service.deploymentController, 'ECS');
  const strategy = orDefault(service.strategy, 'ROLLING');
  if (controller === undefined || strategy === undefined) return undefined;
  if (controller !== 'ECS' || strategy !== 'ROLLING') {
    return undetected(
      `The deployment is not a rolling update of ECS (${controller}, ${strategy}), so no circuit breaker watches it.`,
    );
  }
  const settled = inputsOf(deployment, overrides);
  return 'open' in settled ? undefined : forecastOf(settled.inputs, mode, settled.assumed);
}

/** The forecast of settled inputs; `assumed` are sentences on what is not in view. */
export function forecastOf(inputs: ForecastInputs, mode: FailureMode, assumed: readonly string[] = []): Forecast {
  const { desiredCount, minimumHealthyPercent, maximumPercent } = inputs;
  if (desiredCount === 0) {
    return undetected(
      'At zero desired tasks a deployment completes without starting one, and becomes what a rollback returns to.',
    );
  }
  if (!inputs.enable) {
    return undetected('There is no deployment circuit breaker, so ECS starts and stops tasks for ever.');
  }
  if (!canProgress(desiredCount, taskBounds(desiredCount, minimumHealthyPercent, maximumPercent))) {
    return undetected('The percents leave no room to start or stop a task, so the deployment never begins.');
  }
  const time = simulate(inputs, mode);
  if (time === undefined) return undetected(unseen(mode));
  const threshold = thresholdCount(inputs.threshold, desiredCount);
  return {
    detects: true,
    rollsBack: inputs.rollback && !inputs.isFirst,
    threshold,
    minutes: { low: tenths(time.soonest, Math.floor), high: tenths(time.latest, Math.ceil) },
    because: [...steps(inputs, mode, threshold), ...assumed, outcome(inputs)],
  };
}

function undetected(reason: string): Forecast {
  return {
    detects: false,
    rollsBack: false,
    threshold: null,
    minutes: null,
    because: [reason, 'Nothing is rolled back.'],
  };
}

/** Seconds as minutes with one decimal. */
function tenths(seconds: number, round: (value: number) => number): number {
  return round(seconds / 6) / 10;
}

function unseen(mode: FailureMode): string {
  return mode === 'crashes-after-becoming-healthy'
    ? 'Each task that becomes healthy sets the count of failures back, so a later crash trips nothing.'
    : 'No health check watches the tasks: one that runs counts as healthy after 40 seconds.';
}

function steps(inputs: ForecastInputs, mode: FailureMode, threshold: number): readonly string[] {
  const { desiredCount, targetGroup } = inputs;
  const slots = slotStarts(inputs, 'soonest').length;
  const waves = Math.ceil(threshold / slots);
  const drains = waves > 1 && targetGroup !== null && failsChecks(mode);
  return [
    `With ${counted(desiredCount, 'desired task')} the circuit breaker trips after ${counted(threshold, 'failed task')}.`,
    `The percents let ${counted(slots, 'new task')} run at once, so that takes up to ${counted(waves, 'wave')}.`,
    ...(failsChecks(mode) ? checkSteps(inputs) : ['A task that never reaches RUNNING is counted as soon as it stops.']),
    ...(drains
      ? [`Each failed task drains for ${seconds(targetGroup.deregistrationDelay)} before the next one starts.`]
      : []),
  ];
}

function failsChecks(mode: FailureMode): boolean {
  return mode === 'listens-on-another-port' || mode === 'health-check-path-fails';
}

function checkSteps({ targetGroup, containerHealthCheck, gracePeriod }: ForecastInputs): readonly string[] {
  const sentences: string[] = [];
  if (targetGroup) {
    const { interval, unhealthyThreshold } = targetGroup;
    const total = seconds(interval * unhealthyThreshold);
    sentences.push(
      `The load balancer calls a task unhealthy after ${unhealthyThreshold} checks ${seconds(interval)} apart: ${total}.`,
    );
  }
  if (containerHealthCheck) {
    const { interval, retries, startPeriod } = containerHealthCheck;
    const start = startPeriod > 0 ? `a start period of ${seconds(startPeriod)} and ` : '';
    const total = seconds(startPeriod + interval * retries);
    sentences.push(
      `The container health check fails after ${start}${retries} checks ${seconds(interval)} apart: ${total}.`,
    );
  }
  if (gracePeriod > 0)
    sentences.push(`ECS acts on neither before the grace period of ${seconds(gracePeriod)} is over.`);
  return sentences;
}

function outcome({ rollback, isFirst, desiredCount, minimumHealthyPercent, maximumPercent }: ForecastInputs): string {
  if (isFirst) return 'No deployment has completed before, so there is nothing to return to, and the service stalls.';
  const { minimum, maximum } = taskBounds(desiredCount, minimumHealthyPercent, maximumPercent);
  const kept = maximum >= 2 * desiredCount ? desiredCount : minimum;
  const meanwhile =
    kept === desiredCount ? 'the old tasks kept running' : `only ${kept} of ${desiredCount} old tasks kept running`;
  return rollback
    ? `ECS then returns to the last completed deployment; ${meanwhile}.`
    : 'Rollback is off: the deployment is marked FAILED, and nothing returns.';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function seconds(count: number): string {
  return counted(count, 'second');
}
