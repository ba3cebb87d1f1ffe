// The five ways in which a broken image reaches a service, and what ECS makes of each.

import { type Forecast, forecastOf } from './forecast.ts';
import type { ForecastInputs } from './inputs.ts';

export interface Scenario {
  readonly name: string;
  /** Null where no deployment happens, so that nothing can be forecast. */
  readonly forecast: Forecast | null;
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
export function scenarios(inputs: ForecastInputs): readonly Scenario[] {
  const on: ForecastInputs = { ...inputs, enable: true, rollback: true, isFirst: false };
  const withCount = (desiredCount: number): Forecast => forecastOf({ ...on, desiredCount }, 'listens-on-another-port');
  return [
    {
      name: 'Broken image pushed to a moving tag, no new revision',
      forecast: null,
      outcome: inputs.pinsDigest
        ? 'No deployment, so nothing is ever rolled back. Tasks keep the digest of the last deployment until the next one resolves the tag again.'
        : 'No deployment, so nothing is ever rolled back. Each task that is replaced starts the broken image.',
      source: stability,
    },
    {
      name: 'New revision, 1 desired task',
      forecast: withCount(1),
      outcome: 'Slow: the tasks fail one after the other.',
      source: breaker,
    },
    {
      name: 'New revision, 5 desired tasks',
      forecast: withCount(5),
      outcome: 'Fast: enough tasks fail side by side.',
      source: breaker,
    },
    {
      name: 'Created or deployed at 0 desired tasks',
      forecast: forecastOf({ ...on, desiredCount: 0 }, 'listens-on-another-port'),
      outcome:
        'The deployment completes unproven and becomes what a rollback returns to. The morning start from 0 is no deployment, so no circuit breaker watches it.',
      source: updateService,
    },
    {
      name: 'First deployment ever',
      forecast: forecastOf(
        { ...on, desiredCount: Math.max(inputs.desiredCount, 1), isFirst: true },
        'listens-on-another-port',
      ),
      outcome: 'Marked FAILED, but there is nothing to return to: the service stalls.',
      source: breaker,
    },
  ];
}
