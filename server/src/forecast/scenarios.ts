// The five ways in which a broken image reaches a service, and what ECS makes of each.

import { type Forecast, fateOf, forecastOf } from './forecast.ts';
import type { ForecastInputs } from './inputs.ts';
import type { FailureMode } from './simulate.ts';

export interface Scenario {
  readonly name: string;
  /** Null where no deployment happens, so that nothing can be forecast. */
  readonly forecast: Forecast | null;
  /** In two to six words: what becomes of the broken image. */
  readonly verdict: string;
  /** One or two sentences. */
  readonly outcome: string;
  /** The page it rests on. */
  readonly source: string;
}

const stability =
  'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability';
const breaker = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html';
const updateService = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html';

/** The scenarios under a service's settings, with the circuit breaker and rollback on. */
export function scenarios(inputs: ForecastInputs, mode: FailureMode = 'listens-on-another-port'): readonly Scenario[] {
  const on: ForecastInputs = { ...inputs, enable: true, rollback: true, isFirst: false };
  const withCount = (desiredCount: number): Forecast => forecastOf({ ...on, desiredCount }, mode);
  const one = withCount(1);
  const five = withCount(5);
  const first = forecastOf({ ...on, desiredCount: Math.max(inputs.desiredCount, 1), isFirst: true }, mode);
  return [
    {
      name: 'Broken image pushed to a moving tag, no new revision',
      forecast: null,
      verdict: 'never',
      outcome: pushed(inputs),
      source: stability,
    },
    {
      name: 'New revision, 1 desired task',
      forecast: one,
      verdict: fateOf(one),
      outcome: alone(one, five),
      source: breaker,
    },
    {
      name: 'New revision, 5 desired tasks',
      forecast: five,
      verdict: fateOf(five),
      outcome: together(one, five),
      source: breaker,
    },
    {
      name: 'Created or deployed at 0 desired tasks',
      forecast: withCount(0),
      verdict: 'unproven',
      outcome: `The deployment completes unproven and becomes what a rollback returns to. ${morning(inputs)}`,
      source: updateService,
    },
    {
      name: 'First deployment ever',
      forecast: first,
      verdict: fateOf(first),
      outcome: first.minutes
        ? 'No deployment has completed, so there is nothing to return to: the service stalls.'
        : (first.because[0] ?? ''),
      source: breaker,
    },
  ];
}

/** Many an article says that the next task that starts pulls the new image: since June 2024 it does not. */
function pushed({ pinsDigest, desiredCount }: ForecastInputs): string {
  const never = 'A push is no deployment, so nothing is ever rolled back.';
  if (!pinsDigest) return `${never} Each task that is replaced starts what the tag means by then.`;
  if (desiredCount === 0)
    return `${never} At zero tasks no digest is pinned: the next start takes what the tag means by then.`;
  return `${never} Tasks that are replaced still start the digest that the last deployment pinned; the next deployment starts the new image.`;
}

/** The start of the tasks after a night at zero. */
function morning({ pinsDigest }: ForecastInputs): string {
  const unwatched = 'The start from 0 in the morning is no deployment, so no circuit breaker watches it';
  return pinsDigest
    ? `${unwatched}; it takes the digest of the last deployment that ran tasks, or what the tag means by then where none has.`
    : `${unwatched}; it takes what the tag means by then.`;
}

function alone(one: Forecast, five: Forecast): string {
  if (!one.minutes) return one.because[0] ?? '';
  const slower = five.minutes && one.minutes.high > 1.5 * five.minutes.high;
  return slower ? 'Slow: the tasks fail one after the other.' : 'Noticed before many tasks have failed.';
}

function together(one: Forecast, five: Forecast): string {
  if (!five.minutes) return five.because[0] ?? '';
  const faster = one.minutes && five.minutes.high < one.minutes.high;
  return faster
    ? 'Fast: enough tasks fail side by side.'
    : 'No faster than with 1: not enough tasks fail side by side.';
}
