// What a change of a service's settings gains, for the titles of fixes.

import { type Forecast, forecast } from '../forecast/forecast.ts';
import type { ForecastOverrides } from '../forecast/inputs.ts';
import { minuteRange } from '../forecast/minutes.ts';
import type { Deployment } from '../graph/deployment.ts';

/** `rolls back after about 4–6 minutes instead of 17–20`; undefined for what gains less than a tenth. */
export function gainOf(deployment: Deployment, overrides: ForecastOverrides): string | undefined {
  const before = timeOf(forecast(deployment));
  const after = timeOf(forecast(deployment, overrides));
  if (!after || (before && after.high > before.high * 0.9)) return undefined;
  return `rolls back after about ${minuteRange(after)} minutes instead of ${before ? minuteRange(before) : 'never'}`;
}

/** The title with what it gains, where that can be told. */
export function withGain(title: string, deployment: Deployment, overrides: ForecastOverrides): string {
  const gain = gainOf(deployment, overrides);
  return gain === undefined ? title : `${title}: ${gain}`;
}

function timeOf(found: Forecast | undefined): Forecast['minutes'] {
  return found?.rollsBack ? found.minutes : null;
}
