// The forecast of each service as text and as JSON: what ECS makes of a broken revision, how soon, and what would help.

import { type Forecast, fateOf, forecast, kindOf } from '../forecast/forecast.ts';
import { type ForecastOverrides, inputsOf } from '../forecast/inputs.ts';
import { adviceOf } from '../forecast/observation.ts';
import { type Scenario, scenarios } from '../forecast/scenarios.ts';
import type { FailureMode } from '../forecast/simulate.ts';
import { type Moment, timelineOf } from '../forecast/timeline.ts';
import { verdictOf } from './serviceNotes.ts';
import type { Snapshot } from './snapshot.ts';
import type { Style } from './style.ts';
import { padToWidth, visible } from './terminalText.ts';

export type { Threshold } from '../forecast/arithmetic.ts';
export type { ForecastOverrides } from '../forecast/inputs.ts';
export { failureModes } from '../forecast/simulate.ts';

export interface ForecastQuestion {
  readonly overrides: ForecastOverrides;
  readonly mode: FailureMode;
}

/** A forecast with what happens when; empty where nothing is detected. */
export interface TimedForecast extends Forecast {
  readonly timeline: readonly Moment[];
}

/** A service's forecast and its neighbors: what it would be with the circuit breaker on, and under other scenarios. */
export interface ServiceForecast {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Null where the files leave open what it depends on; `reason` then says what. */
  readonly forecast: TimedForecast | null;
  readonly reason: string | null;
  /** With circuit breaker and rollback on; null where they are on already, or nothing can be said. */
  readonly withCircuitBreaker: TimedForecast | null;
  readonly scenarios: readonly Scenario[];
  /** Sentences on what nobody would be told. */
  readonly advice: readonly string[];
}

export function serviceForecasts(snapshot: Snapshot, question: ForecastQuestion): readonly ServiceForecast[] {
  return snapshot.deployments.flatMap(({ deployment }) => {
    const { service } = deployment;
    if (!service) return [];
    const place = snapshot.places.of(service.at);
    const { overrides, mode } = question;
    const own = forecast(deployment, overrides, mode);
    const kind = kindOf(service);
    const settled = 'open' in kind ? kind : inputsOf(deployment, overrides);
    const isRolling = 'controller' in kind && kind.controller === 'ECS';
    const switched = { ...overrides, enable: true, rollback: true };
    const better = forecast(deployment, switched, mode);
    const on = 'open' in settled ? settled : inputsOf(deployment, switched);
    return {
      id: deployment.id,
      name: deployment.name,
      file: place.file,
      line: place.start.line,
      forecast: timed(own, settled, question),
      reason: own || !('open' in settled) ? null : settled.open,
      withCircuitBreaker: own && !own.rollsBack && better?.rollsBack ? timed(better, on, question) : null,
      scenarios: own && isRolling && 'inputs' in settled ? scenarios(settled.inputs, mode) : [],
      advice: adviceOf(deployment),
    };
  });
}

function timed(
  found: Forecast | undefined,
  settled: ReturnType<typeof inputsOf>,
  { mode }: ForecastQuestion,
): TimedForecast | null {
  if (!found) return null;
  return { ...found, timeline: found.detects && 'inputs' in settled ? timelineOf(settled.inputs, mode) : [] };
}

export function forecastJson(forecasts: readonly ServiceForecast[]): string {
  return `${JSON.stringify({ version: 1, services: forecasts }, undefined, 2)}\n`;
}

export function forecastText(forecasts: readonly ServiceForecast[], style: Style): string {
  if (forecasts.length === 0) return 'No ECS service was found, so there is nothing to forecast.\n';
  const sources = new Set(forecasts.flatMap(({ scenarios: rows }) => rows.map(({ source }) => source)));
  const pages = [...sources].map((source) => style.dim(source));
  const parts = forecasts.map((service) => serviceLines(service, style).join('\n'));
  return `${[...parts, ...(pages.length > 0 ? [['The pages of AWS behind the tables', ...pages].join('\n  ')] : [])].join('\n\n')}\n`;
}

function serviceLines(service: ServiceForecast, style: Style): readonly string[] {
  const head = `${style.bold(visible(service.name))}  ${style.dim(`${visible(service.file)}:${service.line}`)}`;
  if (!service.forecast) return [head, `  ${visible(`Nothing can be forecast: ${service.reason}.`)}`];
  const { withCircuitBreaker: better } = service;
  return [
    head,
    `  ${verdict(service.forecast, style)}`,
    ...explained(service.forecast, style),
    ...(better
      ? ['', `  With the circuit breaker and rollback on: ${style.green(fateOf(better))}.`, ...explained(better, style)]
      : []),
    ...scenarioLines(service.scenarios, style),
    ...(service.advice.length > 0 ? ['', ...service.advice.map((sentence) => `  ${style.yellow(sentence)}`)] : []),
  ];
}

function verdict(found: Forecast, style: Style): string {
  const paint = found.rollsBack ? style.green : found.detects ? style.yellow : style.red;
  return paint(verdictOf(found));
}

/** What happens when, and why. */
function explained({ timeline, because }: TimedForecast, style: Style): readonly string[] {
  const times = timeline.map(({ seconds: { low, high } }) =>
    low === high ? clock(low) : `${clock(low)}–${clock(high)}`,
  );
  const width = Math.max(0, ...times.map(({ length }) => length));
  return [
    ...timeline.map(({ text }, index) => `    ${style.bold(padToWidth(times[index] ?? '', width))}  ${visible(text)}`),
    ...(timeline.length > 0 ? [''] : []),
    ...because.map((sentence) => `    ${timeline.length > 0 ? style.dim(visible(sentence)) : visible(sentence)}`),
  ];
}

/** `9:05` for 545 seconds. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function scenarioLines(rows: readonly Scenario[], style: Style): readonly string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(({ name }) => name.length));
  return [
    '',
    '  How a broken image reaches a service, with the circuit breaker and rollback on',
    ...rows.flatMap(({ name, verdict, outcome }) => [
      `    ${padToWidth(name, width)}  ${style.bold(verdict)}`,
      `      ${style.dim(outcome)}`,
    ]),
  ];
}
