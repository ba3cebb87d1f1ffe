// Properties of constructs by the API's names for them: `deploymentCircuitBreaker` of a service is `circuitBreaker`.

import type { Json } from '../../base/json.ts';

export interface ProgramProperty {
  readonly path: readonly string[];
  readonly value: Json;
}

/** Patterns with several target groups leave deployments to the CDK. */
const SERVICE = /^(?:\w*(?:Balanced|Processing))?(?:Fargate|Ec2|External)Service$/;
/** Patterns cannot name alarms. */
const PLAIN_SERVICE = /^(?:Fargate|Ec2|External)Service$/;
const CONTAINER = /^(?:addContainer|ContainerDefinition)$/;
/** Patterns whose properties say the health check of their container. */
const CHECKED_PATTERN = /^(?:ApplicationLoadBalanced|QueueProcessing)FargateService$/;

const SERVICE_PATHS: Readonly<Record<string, readonly string[]>> = {
  desiredCount: ['desiredCount'],
  healthCheckGracePeriodSeconds: ['healthCheckGracePeriod'],
  'deploymentConfiguration.minimumHealthyPercent': ['minHealthyPercent'],
  'deploymentConfiguration.maximumPercent': ['maxHealthyPercent'],
  'deploymentConfiguration.deploymentCircuitBreaker': ['circuitBreaker'],
  'deploymentConfiguration.deploymentCircuitBreaker.enable': ['circuitBreaker', 'enable'],
  'deploymentConfiguration.deploymentCircuitBreaker.rollback': ['circuitBreaker', 'rollback'],
};

/** Undefined for what the construct cannot say. */
export function programPath(name: string, path: readonly string[], value: Json): ProgramProperty | undefined {
  // Constructs that are resources of CloudFormation speak as the API does.
  if (/^Cfn[A-Z]/.test(name)) return { path, value };
  const dotted = path.join('.');
  if (dotted === 'deploymentConfiguration.alarms' && PLAIN_SERVICE.test(name)) return deploymentAlarms(value);
  if (SERVICE.test(name) && Object.hasOwn(SERVICE_PATHS, dotted)) {
    return {
      path: SERVICE_PATHS[dotted] ?? [],
      value: dotted.endsWith('CircuitBreaker') ? withoutEnable(value) : value,
    };
  }
  if (dotted === 'healthCheck' && (CONTAINER.test(name) || CHECKED_PATTERN.test(name))) return { path, value };
  if (dotted === 'memoryLimitMiB') return { path, value: Number(value) };
  if (/^(?:targetType|deregistrationDelay)$/.test(dotted) && /TargetGroup$/.test(name)) return { path, value };
  return dotted === 'imageTagMutability' && name === 'Repository' ? { path, value } : undefined;
}

/** Alarms that are written are on, and roll back. */
function deploymentAlarms(value: Json): ProgramProperty | undefined {
  if (typeof value !== 'object' || value === null || !('alarmNames' in value)) return undefined;
  return { path: ['deploymentAlarms'], value: { alarmNames: value.alarmNames } };
}

/** A circuit breaker that is written is on. */
function withoutEnable(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([key, held]) => key !== 'enable' || held !== true);
  return Object.fromEntries(entries);
}

/** What a construct leaves to the CDK, known by the name of its class alone: counted in seconds or, as text, in MiB. */
export function defaultPath(name: string, value: Json): readonly string[] | undefined {
  if (typeof value === 'string' && /^\d+$/.test(value)) return ['memoryLimitMiB'];
  if (typeof value !== 'number') return undefined;
  if (SERVICE.test(name)) return ['healthCheckGracePeriodSeconds'];
  return undefined;
}
