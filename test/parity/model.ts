// A deployment as the API spells it. Each format writes it in its own words. What may be left out is what tools fill in by
// themselves, each in its own way.

import type { Json } from '../../server/src/base/json.ts';

export interface Model {
  readonly taskDefinition: TaskDefinitionModel;
  readonly service: ServiceModel;
  /** A resource of infrastructure code; formats without it name a target group by its ARN. */
  readonly targetGroup?: TargetGroupModel;
  /** On unhealthy targets of the target group, another resource of infrastructure code. */
  readonly alarm?: { readonly name: string };
  /** Of the image, another resource; its tags can be overwritten. */
  readonly repository?: { readonly name: string };
}

export interface TaskDefinitionModel {
  readonly family: string;
  readonly cpu: string;
  readonly memory: string;
  /** `none` leaves it out. */
  readonly executionRole?: 'none';
  readonly containerDefinitions: readonly ContainerModel[];
}

export interface ContainerModel {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  readonly portMappings?: readonly PortMappingModel[];
  readonly command?: readonly string[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly healthCheck?: HealthCheckModel;
  readonly stopTimeout?: number;
  readonly versionConsistency?: 'disabled';
  readonly privileged?: boolean;
}

export interface PortMappingModel {
  readonly containerPort: number;
  readonly hostPort?: number;
  readonly name?: string;
  readonly protocol: 'tcp';
}

export interface HealthCheckModel {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
}

export interface ServiceModel {
  readonly serviceName: string;
  readonly desiredCount?: number;
  readonly minimumHealthyPercent?: number;
  readonly maximumPercent?: number;
  readonly healthCheckGracePeriodSeconds?: number;
  readonly deploymentController?: 'CODE_DEPLOY';
  readonly circuitBreaker?: { readonly enable: boolean; readonly rollback: boolean };
  /** The name of a port mapping. */
  readonly serviceConnect?: string;
  readonly loadBalancer?: { readonly containerName: string; readonly containerPort: number };
}

export interface TargetGroupModel {
  /** `ip` where nothing is said. */
  readonly targetType?: 'instance';
  readonly port: number;
  /** `traffic-port` or digits. */
  readonly healthCheckPort: string;
  readonly healthCheckPath: string;
  readonly times?: TargetGroupTimes;
}

/** In seconds and calls. */
export interface TargetGroupTimes {
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export const TARGET_GROUP_ARN = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/6d0ecf831eec9f09';
export const EXECUTION_ROLE_ARN = 'arn:aws:iam::123456789012:role/ecsTaskExecutionRole';
export const CLUSTER = 'production';
export const SUBNETS = ['subnet-0a1b2c3d4e5f60718', 'subnet-0f1e2d3c4b5a69788'];
export const SECURITY_GROUP = 'sg-0123456789abcdef0';

export type Texts = Readonly<Record<string, string>>;
export type JsonObject = { readonly [key: string]: Json };

/** Keys whose value is undefined are left out. */
export function compact(entries: { readonly [key: string]: Json | undefined }): JsonObject {
  const kept = Object.entries(entries).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(kept);
}

export function json(value: Json): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

export function plain(container: ContainerModel): JsonObject {
  return JSON.parse(JSON.stringify(container)) as JsonObject;
}
