// What is said of a service besides findings: what ECS makes of a broken revision, and what nobody would be told.

import { type Forecast, fateOf, forecast } from '../forecast/forecast.ts';
import { adviceOf } from '../forecast/observation.ts';
import type { Deployment } from '../graph/deployment.ts';

export function serviceNotes(deployment: Deployment): readonly string[] {
  const found = forecast(deployment);
  return [...(found ? [verdictOf(found)] : []), ...adviceOf(deployment)];
}

/** A forecast in one sentence. */
export function verdictOf(found: Forecast): string {
  if (!found.minutes) return 'ECS would not notice a broken revision.';
  return `A broken revision is ${fateOf(found)}${found.rollsBack ? '' : ', and stays'}.`;
}
