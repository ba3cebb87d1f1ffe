// The forecast of each service as text and as JSON: what ECS makes of a broken revision, how soon, and what would help.

import { type Forecast, forecast, type Minutes } from '../forecast/forecast.ts';
import { type ForecastOverrides, inputsOf } from '../forecast/inputs.ts';
import { type Scenario, scenarios } from '../forecast/scenarios.ts';
import type { FailureMode } from '../forecast/simulate.ts';
import type { Deployment } from '../graph/deployment.ts';
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

/** A service's forecast and its neighbors: what it would be with the circuit breaker on, and under other scenarios. */
export interface ServiceForecast {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Null where the files leave open what it depends on; `reason` then says what. */
  readonly forecast: Forecast | null;
  readonly reason: string | null;
  /** With circuit breaker and rollback on; null where they are on already, or nothing can be said. */
  readonly withCircuitBreaker: Forecast | null;
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
    const settled = inputsOf(deployment, overrides);
    const isSettled = own !== undefined && !('open' in settled);
    const better = forecast(deployment, { ...overrides, enable: true, rollback: true }, mode);
    return {
      id: deployment.id,
      name: deployment.name,
      file: place.file,
      line: place.start.line,
      forecast: own ?? null,
      reason: own ? null : 'open' in settled ? settled.open : 'the kind of deployment is decided elsewhere',
      withCircuitBreaker: own && !own.rollsBack && better?.rollsBack ? better : null,
      scenarios: isSettled ? scenarios(settled.inputs) : [],
      advice: adviceOf(deployment),
    };
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
function adviceOf({ infrastructure, service }: Deployment): readonly string[] {
  const hasAlarms = (infrastructure?.alarms.length ?? 0) > 0 || service?.deploymentAlarms.state !== 'absent';
  const hasEvents = (infrastructure?.eventRules.length ?? 0) > 0;
  if (hasAlarms || hasEvents) return [];
  return [
    'No alarm and no event rule in view watches this service: an EventBridge rule on SERVICE_DEPLOYMENT_FAILED, or alarms on UnHealthyHostCount and RunningTaskCount, would tell somebody.',
  ];
}

export function forecastJson(forecasts: readonly ServiceForecast[]): string {
  return `${JSON.stringify({ version: 1, services: forecasts }, undefined, 2)}\n`;
}

export function forecastText(forecasts: readonly ServiceForecast[], style: Style): string {
  if (forecasts.length === 0) return 'No ECS service was found, so there is nothing to forecast.\n';
  return `${forecasts.map((service) => serviceLines(service, style).join('\n')).join('\n\n')}\n`;
}

function serviceLines(service: ServiceForecast, style: Style): readonly string[] {
  const head = `${style.bold(visible(service.name))}  ${style.dim(`${visible(service.file)}:${service.line}`)}`;
  if (!service.forecast) return [head, `  ${visible(`Nothing can be forecast: ${service.reason}.`)}`];
  const { withCircuitBreaker: better } = service;
  return [
    head,
    `  ${verdict(service.forecast, style)}`,
    ...service.forecast.because.map((sentence) => `    ${visible(sentence)}`),
    ...(better ? ['', `  With the circuit breaker and rollback on: ${style.green(minutesText(better.minutes))}.`] : []),
    ...(better ? better.because.map((sentence) => `    ${style.dim(visible(sentence))}`) : []),
    '',
    '  How a broken image reaches a service, with the circuit breaker and rollback on',
    ...scenarioLines(service.scenarios, style),
    ...(service.advice.length > 0 ? ['', ...service.advice.map((sentence) => `  ${style.yellow(sentence)}`)] : []),
  ];
}

function verdict({ detects, rollsBack, minutes }: Forecast, style: Style): string {
  if (!detects) return style.red('ECS would not notice a broken revision.');
  const time = minutesText(minutes);
  return rollsBack
    ? style.green(`A broken revision is rolled back after about ${time}.`)
    : style.yellow(`A broken revision is marked FAILED after about ${time}, and stays.`);
}

function scenarioLines(rows: readonly Scenario[], style: Style): readonly string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.flatMap(({ name, forecast: row, outcome }) => {
    const time = row?.minutes ? minutesText(row.minutes) : row ? 'unproven' : 'never';
    return [`    ${padToWidth(name, width)}  ${style.bold(time)}`, `      ${style.dim(outcome)}`];
  });
}

/** `3–5 minutes`; whole minutes from ten on. */
export function minutesText(minutes: Minutes | null): string {
  if (minutes === null) return 'never';
  const shown = (value: number): string => String(minutes.high >= 10 ? Math.round(value) : Math.round(value * 2) / 2);
  const [low, high] = [shown(minutes.low), shown(minutes.high)];
  return `${low === high ? low : `${low}–${high}`} minutes`;
}
