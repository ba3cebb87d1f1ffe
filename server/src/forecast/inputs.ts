// What a forecast rests on: the service's own settings, AWS's defaults where it says nothing, or what a person wants to try.

import {
  containerHealthCheck as containerDefaults,
  deploymentPercent,
  targetGroup as groupDefaults,
  stopTimeout as stopDefault,
} from '../aws/deployments.ts';
import type { DeploymentCircuitBreaker, Service } from '../facts/service.ts';
import { knownValue, orDefault, type Value } from '../facts/value.ts';
import type { Deployment } from '../graph/deployment.ts';
import { type AlarmInputs, alarmsOf } from './alarms.ts';
import { defaultThreshold, type Threshold } from './arithmetic.ts';

/** Times in seconds. */
export interface ForecastInputs {
  readonly desiredCount: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly enable: boolean;
  readonly rollback: boolean;
  readonly threshold: Threshold;
  /** Whether a task that becomes healthy sets the count of failures back. */
  readonly resetOnHealthyTask: boolean;
  /** Whether a task that fails both kinds of health checks is counted for each; AWS does not say. */
  readonly countsEachCheck: boolean;
  /** Null for a service without a load balancer. */
  readonly targetGroup: {
    readonly interval: number;
    readonly unhealthyThreshold: number;
    readonly deregistrationDelay: number;
  } | null;
  /** Null where no container has one. */
  readonly containerHealthCheck: {
    readonly interval: number;
    readonly retries: number;
    readonly startPeriod: number;
  } | null;
  readonly gracePeriod: number;
  /** The longest of its containers. */
  readonly stopTimeout: number;
  /** Null where deployments listen to no alarm. */
  readonly alarms: AlarmInputs | null;
  /** Whether tags are resolved to digests, so that one task starts ahead of the others. */
  readonly pinsDigest: boolean;
  /** The first deployment ever: nothing runs yet, and there is nothing to return to. */
  readonly isFirst: boolean;
}

/** What a person wants to try instead of what the files say; a name is its flag on the command line. */
export interface ForecastOverrides {
  readonly desiredCount?: number;
  readonly minimumHealthyPercent?: number;
  readonly maximumPercent?: number;
  readonly enable?: boolean;
  readonly rollback?: boolean;
  readonly threshold?: Threshold;
  readonly interval?: number;
  readonly unhealthyThreshold?: number;
  readonly deregistrationDelay?: number;
  readonly containerInterval?: number;
  readonly retries?: number;
  readonly startPeriod?: number;
  readonly gracePeriod?: number;
  readonly stopTimeout?: number;
  /** Seconds for which an alarm on unhealthy targets must breach; 0 tries it without alarms. */
  readonly alarmSeconds?: number;
  readonly pinsDigest?: boolean;
  readonly isFirst?: boolean;
}

export interface SettledInputs {
  readonly inputs: ForecastInputs;
  /** Sentences on what is assumed because no file in view says it. */
  readonly assumed: readonly string[];
}

/** The inputs of a service's deployments; a clause that says what the files leave open where they do not decide them. */
export function inputsOf(deployment: Deployment, overrides: ForecastOverrides = {}): SettledInputs | { open: string } {
  const { service } = deployment;
  if (!service) return { open: 'no service in view runs this task definition' };
  if (knownValue(service.schedulingStrategy) === 'DAEMON' && overrides.desiredCount === undefined) {
    return { open: 'a daemon runs one task on each instance, and no file says how many there are' };
  }
  const assumed: string[] = [];
  const numbers = {
    desiredCount: overrides.desiredCount ?? desiredCountOf(deployment, service, assumed),
    minimumHealthyPercent:
      overrides.minimumHealthyPercent ?? orDefault(service.minimumHealthyPercent, deploymentPercent.minimumHealthy),
    maximumPercent: overrides.maximumPercent ?? orDefault(service.maximumPercent, deploymentPercent.maximum),
    gracePeriod: overrides.gracePeriod ?? orDefault(service.healthCheckGracePeriodSeconds, 0),
  };
  const { desiredCount, minimumHealthyPercent, maximumPercent, gracePeriod } = numbers;
  const breaker = breakerOf(service.deploymentCircuitBreaker, overrides);
  if (desiredCount === undefined) return { open: 'the desired count is decided elsewhere' };
  if (minimumHealthyPercent === undefined || maximumPercent === undefined) {
    return { open: 'the percents of the deployment are decided elsewhere' };
  }
  if (breaker === undefined) return { open: 'the circuit breaker is decided elsewhere' };
  const inputs: ForecastInputs = {
    desiredCount,
    minimumHealthyPercent,
    maximumPercent,
    ...breaker,
    countsEachCheck: true,
    targetGroup: targetGroupOf(deployment, overrides, assumed),
    containerHealthCheck: containerCheckOf(deployment, overrides),
    gracePeriod: gracePeriod ?? 0,
    stopTimeout: overrides.stopTimeout ?? stopTimeoutOf(deployment),
    alarms: alarmInputs(deployment, overrides, assumed),
    pinsDigest: overrides.pinsDigest ?? pinsDigest(deployment),
    isFirst: overrides.isFirst ?? false,
  };
  return { inputs, assumed };
}

/** Containers stop side by side, so the most patient one decides. */
function stopTimeoutOf({ containers }: Deployment): number {
  const written = containers.map(({ container }) => knownValue(container.stopTimeout) ?? stopDefault);
  return Math.max(...(written.length > 0 ? written : [stopDefault]));
}

function alarmInputs(deployment: Deployment, overrides: ForecastOverrides, assumed: string[]): AlarmInputs | null {
  const { alarmSeconds, rollback } = overrides;
  if (alarmSeconds === 0) return null;
  const written = alarmsOf(deployment);
  if (alarmSeconds === undefined) {
    if (written === undefined) assumed.push('Whether alarms stop the deployment sooner is decided elsewhere.');
    return written ? { ...written, rollback: rollback ?? written.rollback } : null;
  }
  const unhealthyHosts = { period: Math.min(alarmSeconds, 60), datapoints: Math.ceil(alarmSeconds / 60) };
  return { rollback: rollback ?? written?.rollback ?? true, unhealthyHosts, others: written?.others ?? false };
}

/** What scales a service keeps it above its written count. */
function desiredCountOf(deployment: Deployment, service: Service, assumed: string[]): number | undefined {
  const written = orDefault(service.desiredCount, 0);
  if (written === undefined) return undefined;
  const [fewest] = (deployment.infrastructure?.scalableTargets ?? []).flatMap(
    ({ minCapacity }) => knownValue(minCapacity) ?? [],
  );
  if (fewest !== undefined && fewest > written) {
    assumed.push(`The service is scaled to at least ${fewest} ${fewest === 1 ? 'task' : 'tasks'}, which are assumed.`);
    return fewest;
  }
  if (service.desiredCount.state !== 'absent') return written;
  assumed.push('The desired count is not written; 1 is assumed.');
  return 1;
}

type Breaker = Pick<ForecastInputs, 'enable' | 'rollback' | 'threshold' | 'resetOnHealthyTask'>;

function breakerOf(value: Value<DeploymentCircuitBreaker>, overrides: ForecastOverrides): Breaker | undefined {
  const { enable, rollback } = overrides;
  const threshold = overrides.threshold ?? defaultThreshold;
  if (value.state === 'absent')
    return { enable: enable ?? false, rollback: rollback ?? false, threshold, resetOnHealthyTask: true };
  const written = knownValue(value);
  const settled = {
    enable: enable ?? (written && orDefault(written.enable, false)),
    rollback: rollback ?? (written && orDefault(written.rollback, false)),
    threshold: overrides.threshold ?? (written && thresholdOf(written)),
  };
  if (settled.enable === undefined || settled.rollback === undefined || settled.threshold === undefined)
    return undefined;
  const resetOnHealthyTask = (written && orDefault(written.resetOnHealthyTask, true)) ?? true;
  return { enable: settled.enable, rollback: settled.rollback, threshold: settled.threshold, resetOnHealthyTask };
}

function thresholdOf({ thresholdConfiguration }: DeploymentCircuitBreaker): Threshold | undefined {
  if (thresholdConfiguration.state === 'absent') return defaultThreshold;
  const written = knownValue(thresholdConfiguration);
  const type = knownValue(written?.type);
  const value = knownValue(written?.value);
  if (value === undefined) return undefined;
  return type === 'COUNT' || type === 'BOUNDED_PERCENT' || type === 'UNBOUNDED_PERCENT' ? { type, value } : undefined;
}

/** Of several target groups the one that notices first: any of them fails the task. */
function targetGroupOf(
  deployment: Deployment,
  overrides: ForecastOverrides,
  assumed: string[],
): ForecastInputs['targetGroup'] {
  const balanced = (deployment.service?.loadBalancers.items.length ?? 0) > 0;
  const tried = [overrides.interval, overrides.unhealthyThreshold, overrides.deregistrationDelay];
  if (!balanced && tried.every((value) => value === undefined)) return null;
  const groups = (deployment.infrastructure?.targets ?? []).map(
    ({ targetGroup: { healthCheck, deregistrationDelay } }) => ({
      interval: orDefault(healthCheck.interval, groupDefaults.interval),
      unhealthyThreshold: orDefault(healthCheck.unhealthyThreshold, groupDefaults.unhealthyThreshold),
      deregistrationDelay: orDefault(deregistrationDelay, groupDefaults.deregistrationDelay),
    }),
  );
  const [group] = groups.sort((a, b) => noticing(a) - noticing(b));
  if (group === undefined && tried.some((value) => value === undefined)) {
    assumed.push('The target group is not in view; the defaults of Elastic Load Balancing are assumed for it.');
  }
  return {
    interval: overrides.interval ?? group?.interval ?? groupDefaults.interval,
    unhealthyThreshold: overrides.unhealthyThreshold ?? group?.unhealthyThreshold ?? groupDefaults.unhealthyThreshold,
    deregistrationDelay:
      overrides.deregistrationDelay ?? group?.deregistrationDelay ?? groupDefaults.deregistrationDelay,
  };
}

function noticing(group: { readonly interval: number | undefined; readonly unhealthyThreshold: number | undefined }) {
  return (group.interval ?? groupDefaults.interval) * (group.unhealthyThreshold ?? groupDefaults.unhealthyThreshold);
}

/** Of several containers the check that notices first. */
function containerCheckOf(
  deployment: Deployment,
  overrides: ForecastOverrides,
): ForecastInputs['containerHealthCheck'] {
  const checks = deployment.containers.flatMap(({ container }) => {
    const check = knownValue(container.healthCheck);
    if (!check) return [];
    return {
      interval: knownValue(check.interval) ?? containerDefaults.interval,
      retries: knownValue(check.retries) ?? containerDefaults.retries,
      startPeriod: knownValue(check.startPeriod) ?? containerDefaults.startPeriod,
    };
  });
  const time = (check: (typeof checks)[number]): number => check.startPeriod + check.interval * check.retries;
  const [first] = checks.sort((a, b) => time(a) - time(b));
  const { containerInterval, retries, startPeriod } = overrides;
  if (!first && containerInterval === undefined && retries === undefined && startPeriod === undefined) return null;
  return {
    interval: containerInterval ?? first?.interval ?? containerDefaults.interval,
    retries: retries ?? first?.retries ?? containerDefaults.retries,
    startPeriod: startPeriod ?? first?.startPeriod ?? containerDefaults.startPeriod,
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html#deployment-container-image-stability */
function pinsDigest({ containers }: Deployment): boolean {
  return containers.some(
    ({ container }) =>
      knownValue(container.versionConsistency) !== 'disabled' &&
      !(knownValue(container.image) ?? '').includes('@sha256:'),
  );
}
