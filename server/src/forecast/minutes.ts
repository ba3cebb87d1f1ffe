// The range of a forecast in minutes, as numbers and in words.

import type { Span } from '../aws/deployments.ts';

/** With one decimal. */
export interface Minutes {
  readonly low: number;
  readonly high: number;
}

export function minutesOf({ soonest, latest }: Span): Minutes {
  return { low: Math.floor(soonest / 6) / 10, high: Math.ceil(latest / 6) / 10 };
}

/** `16–23`, `4.5–6`: whole minutes from ten on. */
export function minuteRange({ low, high }: Minutes): string {
  const shown = (value: number): number => (high >= 10 ? Math.round(value) : Math.round(value * 2) / 2);
  return shown(low) === shown(high) ? String(shown(low)) : `${shown(low)}–${shown(high)}`;
}
