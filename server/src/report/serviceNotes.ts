// What is said of a service besides findings: what ECS makes of a broken revision, and what nobody would be told.

import { type Forecast, forecast } from '../forecast/forecast.ts';
import { minuteRange } from '../forecast/minutes.ts';
import { adviceOf } from '../forecast/observation.ts';
import type { Deployment } from '../graph/deployment.ts';

export function serviceNotes(deployment: Deployment): readonly string[] {
  const found = forecast(deployment);
  return [...(found ? [verdictOf(found)] : []), ...adviceOf(deployment)];
}

/** A forecast in one sentence. */
export function verdictOf({ rollsBack, minutes }: Forecast): string {
  if (!minutes) return 'ECS would not notice a broken revision.';
  const time = `${minuteRange(minutes)} minutes`;
  return rollsBack
    ? `A broken revision is rolled back after about ${time}.`
    : `A broken revision is marked FAILED after about ${time}, and stays.`;
}
