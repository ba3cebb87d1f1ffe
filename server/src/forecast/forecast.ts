// What happens when a deployment is broken so that its tasks start and never become healthy: does the circuit breaker
// see it, after how long, and what comes back. A closed form in waves of failing tasks; a range, never a point, because
// AWS does not document how fast the scheduler works.

import { assumed, circuitBreaker, containerHealthCheck, deploymentPercent, targetGroup } from '../aws/deployments.ts';
import type { Service } from '../facts/service.ts';
import { knownValue, type Value } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';

export interface Forecast {
  /** Whether ECS marks the deployment FAILED by itself. */
  readonly detects: boolean;
  readonly rollsBack: boolean;
  /** Failed tasks that trip the circuit breaker. */
  readonly threshold: number | null;
  /** From the start of the deployment to FAILED; null where it is not detected. */
  readonly minutes: { readonly low: number; readonly high: number } | null;
  /** One sentence a step. */
  readonly because: readonly string[];
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** `clamp(ceil(desired / 2), 3, 200)`. */
export function breakerThreshold(desiredCount: number): number {
  const half = Math.ceil((desiredCount * circuitBreaker.percent) / 100);
  return Math.min(Math.max(half, circuitBreaker.minimum), circuitBreaker.maximum);
}

/** The value, or the API's default where nothing is written; undefined where the files do not decide it. */
function orDefault<T>(value: Value<T>, fallback: T): T | undefined {
  return value.state === 'absent' ? fallback : knownValue(value);
}

/** How many failing tasks run at once: what the percents leave beside the healthy tasks of before. */
function parallelTasks(service: Service, desired: number): number | undefined {
  const minimum = orDefault(service.minimumHealthyPercent, deploymentPercent.minimumHealthy);
  const maximum = orDefault(service.maximumPercent, deploymentPercent.maximum);
  if (minimum === undefined || maximum === undefined) return undefined;
  const kept = Math.ceil((desired * minimum) / 100);
  return Math.min(desired, Math.floor((desired * maximum) / 100) - kept);
}

/** Times after which each kind of health check calls a task unhealthy. */
function detections(deployment: Deployment): readonly Range[] {
  const balanced = (deployment.service?.loadBalancers.items.length ?? 0) > 0;
  const { interval, unhealthyThreshold } = targetGroup;
  const checks: Range[] = balanced
    ? [{ low: interval * unhealthyThreshold, high: interval * (unhealthyThreshold + 1) }]
    : [];
  for (const { container } of deployment.containers) {
    const check = knownValue(container.healthCheck);
    if (!check) continue;
    const every = orDefault(check.interval, containerHealthCheck.interval) ?? containerHealthCheck.interval;
    const retries = orDefault(check.retries, containerHealthCheck.retries) ?? containerHealthCheck.retries;
    const start = orDefault(check.startPeriod, containerHealthCheck.startPeriod) ?? containerHealthCheck.startPeriod;
    checks.push({ low: start + every * retries, high: start + every * (retries + 1) });
  }
  return checks;
}

/** Undefined without a service, or where the files do not decide its circuit breaker or counts. */
export function forecast(deployment: Deployment): Forecast | undefined {
  const { service } = deployment;
  if (!service) return undefined;
  const controller = orDefault(service.deploymentController, 'ECS');
  const strategy = orDefault(service.strategy, 'ROLLING');
  if (controller === undefined || strategy === undefined) return undefined;
  if (controller !== 'ECS' || strategy !== 'ROLLING') {
    return undetected(
      `The deployment is not a rolling update of ECS (${controller}, ${strategy}), so no circuit breaker watches it.`,
    );
  }
  const breaker = service.deploymentCircuitBreaker;
  if (breaker.state === 'absent') return undetected('There is no deployment circuit breaker: ECS retries for ever.');
  const enable = breaker.state === 'known' ? knownValue(breaker.value.enable) : undefined;
  if (breaker.state !== 'known' || enable === undefined) return undefined;
  if (!enable) return undetected('The deployment circuit breaker is switched off: ECS retries for ever.');
  const rollback = orDefault(breaker.value.rollback, false);
  const desired = orDefault(service.desiredCount, 1);
  const slots = desired === undefined ? undefined : parallelTasks(service, desired);
  if (rollback === undefined || desired === undefined || slots === undefined) return undefined;
  return detected(deployment, desired, slots, rollback);
}

function undetected(reason: string): Forecast {
  return {
    detects: false,
    rollsBack: false,
    threshold: null,
    minutes: null,
    because: [reason, 'Nothing is rolled back.'],
  };
}

function detected(deployment: Deployment, desired: number, slots: number, rollback: boolean): Forecast {
  const threshold = breakerThreshold(desired);
  const checks = detections(deployment);
  if (desired === 0) return undetected('At zero desired tasks a deployment completes without starting one.');
  if (slots <= 0) return undetected('The percents leave no room to start a task, so no task can fail.');
  if (checks.length === 0)
    return undetected('No health check watches the tasks: one that runs counts as healthy after 40 seconds.');
  const balanced = (deployment.service?.loadBalancers.items.length ?? 0) > 0;
  const grace = knownValue(deployment.service?.healthCheckGracePeriodSeconds) ?? 0;
  const detection: Range = {
    low: Math.max(grace, Math.min(...checks.map((check) => check.low))),
    high: Math.max(grace, Math.min(...checks.map((check) => check.high))),
  };
  const drain = balanced ? targetGroup.deregistrationDelay : 0;
  const waves: Range = { low: Math.ceil(threshold / (slots * checks.length)), high: Math.ceil(threshold / slots) };
  const seconds = (bound: 'low' | 'high'): number => {
    const first = assumed.launch[bound] + detection[bound] + assumed.scheduler[bound];
    return first + (waves[bound] - 1) * (drain + assumed.scheduler[bound] + first);
  };
  // The first task of several runs alone while its image's digest is pinned.
  const digest = desired > 1 ? assumed.launch.high + assumed.scheduler.high : 0;
  const minutes = { low: Math.floor(seconds('low') / 60), high: Math.ceil((seconds('high') + digest) / 60) };
  return {
    detects: true,
    rollsBack: rollback,
    threshold,
    minutes,
    because: [
      `With ${desired} desired ${desired === 1 ? 'task' : 'tasks'} the circuit breaker trips after ${threshold} failed tasks.`,
      `The percents let ${slots} new ${slots === 1 ? 'task' : 'tasks'} run at once, so that takes ${waves.low === waves.high ? waves.high : `${waves.low} to ${waves.high}`} ${waves.high === 1 ? 'wave' : 'waves'}.`,
      `A health check calls a task unhealthy after ${detection.low} to ${detection.high} seconds${grace > 0 ? `, not before the grace period of ${grace} seconds` : ''}.`,
      ...(balanced && waves.high > 1
        ? [`Each failed task drains for ${drain} seconds before the next one starts.`]
        : []),
      rollback ? 'ECS then returns to the last completed deployment.' : 'Rollback is off, so nothing returns.',
    ],
  };
}
