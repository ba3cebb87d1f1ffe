// How many tasks a rolling deployment may run, and what the circuit breaker counts to.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html

import { circuitBreaker } from '../aws/deployments.ts';

export interface TaskBounds {
  /** `ceil(desired × minimumHealthyPercent / 100)`. */
  readonly minimum: number;
  /** `floor(desired × maximumPercent / 100)`. */
  readonly maximum: number;
}

export function taskBounds(desired: number, minimumHealthyPercent: number, maximumPercent: number): TaskBounds {
  return {
    minimum: Math.ceil((desired * minimumHealthyPercent) / 100),
    maximum: Math.floor((desired * maximumPercent) / 100),
  };
}

/** Whether a deployment can start a new task or stop an old one; at zero desired tasks it needs neither. */
export function canProgress(desired: number, { minimum, maximum }: TaskBounds): boolean {
  return desired === 0 || maximum > minimum;
}

export type Threshold =
  | { readonly type: 'COUNT'; readonly value: number }
  /** Of the desired tasks; between 3 and 200 where bounded. */
  | { readonly type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT'; readonly value: number };

export const defaultThreshold: Threshold = { type: 'BOUNDED_PERCENT', value: circuitBreaker.percent };

/** Failed tasks that trip the circuit breaker. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
export function thresholdCount({ type, value }: Threshold, desired: number): number {
  if (type === 'COUNT') return value;
  const share = Math.ceil((desired * value) / 100);
  if (type === 'UNBOUNDED_PERCENT') return Math.max(share, 1);
  return Math.min(Math.max(share, circuitBreaker.minimum), circuitBreaker.maximum);
}
