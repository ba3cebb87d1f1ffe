// What happens when a deployment is broken so that its tasks start and never become healthy: does the circuit breaker
// see it, after how long, and what comes back. A range, never a point: AWS does not document how fast the scheduler works.
// The model, its sources and its limits: docs/forecast.md.

import type { Service } from '../facts/service.ts';
import { orDefault } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';
import { canProgress, taskBounds, thresholdCount } from './arithmetic.ts';
import { groupSentences, rollsBackFailures } from './codeDeploy.ts';
import { type ForecastInputs, type ForecastOverrides, inputsOf } from './inputs.ts';
import { type Minutes, minuteRange, minutesOf } from './minutes.ts';
import { rollsBack, sentencesOf, unseenSentences } from './sentences.ts';
import { type FailureMode, failingOf } from './simulate.ts';

export interface Forecast {
  /** Whether ECS marks the deployment FAILED by itself. */
  readonly detects: boolean;
  readonly rollsBack: boolean;
  /** Failures that trip the circuit breaker; null where none does. */
  readonly threshold: number | null;
  /** From the start of the deployment to FAILED; null where it is not detected. */
  readonly minutes: Minutes | null;
  /** One sentence a step. */
  readonly because: readonly string[];
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
    ...(deployment.infrastructure?.alarms ?? []),
    ...(deployment.infrastructure?.scalableTargets ?? []),
    ...(deployment.infrastructure?.deploymentGroups ?? []),
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
  const kind = kindOf(service);
  if ('open' in kind) return undefined;
  if (kind.controller !== 'ECS') {
    const groups = deployment.infrastructure?.deploymentGroups ?? [];
    const found = undetected([
      `${kind.controller}, not ECS, carries out the deployment, so no circuit breaker watches it.`,
      ...groupSentences(groups),
    ]);
    return { ...found, rollsBack: groups.some((group) => rollsBackFailures(group) === true) };
  }
  const settled = inputsOf(deployment, overrides);
  return 'open' in settled ? undefined : forecastOf(settled.inputs, mode, settled.assumed);
}

/** Who carries out a service's deployments; a clause that says what is open where no forecast can be made. */
export function kindOf(service: Service): { readonly controller: string } | { readonly open: string } {
  const controller = orDefault(service.deploymentController, 'ECS');
  const strategy = orDefault(service.strategy, 'ROLLING');
  if (controller === undefined || strategy === undefined)
    return { open: 'the kind of deployment is decided elsewhere' };
  if (controller !== 'ECS' || strategy === 'ROLLING') return { controller };
  return { open: `AWS's pages disagree on what watches ${strategy} deployments, and forecasts are of rolling updates` };
}

/** The forecast of settled inputs; `assumed` are sentences on what is not in view. */
export function forecastOf(inputs: ForecastInputs, mode: FailureMode, assumed: readonly string[] = []): Forecast {
  const { desiredCount, minimumHealthyPercent, maximumPercent } = inputs;
  if (desiredCount === 0) {
    return undetected([
      'At zero desired tasks a deployment completes without starting one, and becomes what a rollback returns to.',
      'Nothing is rolled back.',
    ]);
  }
  if (
    (inputs.enable || inputs.alarms) &&
    !canProgress(desiredCount, taskBounds(desiredCount, minimumHealthyPercent, maximumPercent))
  ) {
    return undetected([
      'The percents leave no room to start or stop a task, so the deployment never begins.',
      'Nothing is rolled back.',
    ]);
  }
  const failing = failingOf(inputs, mode);
  if (failing === undefined) return undetected(unseenSentences(inputs, mode));
  return {
    detects: true,
    rollsBack: rollsBack(inputs, failing),
    threshold: inputs.enable ? thresholdCount(inputs.threshold, desiredCount) : null,
    minutes: minutesOf(failing.time),
    because: sentencesOf(inputs, mode, failing, assumed),
  };
}

function undetected(because: readonly string[]): Forecast {
  return { detects: false, rollsBack: false, threshold: null, minutes: null, because };
}

/** `rolled back after about 9–14 minutes`. */
export function fateOf({ rollsBack, minutes }: Forecast): string {
  if (!minutes) return 'not noticed';
  return `${rollsBack ? 'rolled back' : 'marked FAILED'} after about ${minuteRange(minutes)} minutes`;
}
