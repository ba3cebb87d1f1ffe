// An ECS service, whatever it is written in. Field names and units are those of CreateService:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html

import type { Location } from '../base/text.ts';
import type { Address, Reference } from './reference.ts';
import type { List, Value } from './value.ts';

export interface Service {
  readonly kind: 'service';
  /** The whole description. Edit intents name it as their owner. */
  readonly at: Location;
  /** The token that names it: the service name, else the start of the description. */
  readonly nameAt: Location;
  /** Where the format gives it an identity that others refer to. */
  readonly address?: Address;
  /** What its description calls it where it has no other name: a logical id, the name of a block. */
  readonly logicalName?: string;
  readonly serviceName: Value<string>;
  readonly cluster: Value<string>;
  /** An address, or as written: a family, `family:revision` or an ARN. */
  readonly taskDefinition: Reference;
  /**
   * Of a tool that writes its description over whatever else runs (Terraform): whether it leaves the task definition to
   * others (`ignore_changes`).
   */
  readonly ignoresTaskDefinitionChanges?: boolean;
  readonly desiredCount: Value<number>;
  readonly launchType: Value<string>;
  readonly schedulingStrategy: Value<string>;
  /** `ECS`, `CODE_DEPLOY` or `EXTERNAL`; absent means ECS. */
  readonly deploymentController: Value<string>;
  /** The place of `deploymentConfiguration`, else of the service's naming token. */
  readonly deploymentConfigurationAt: Location;
  /** `ROLLING`, `BLUE_GREEN`, `LINEAR` or `CANARY`; absent means ROLLING. */
  readonly strategy: Value<string>;
  readonly minimumHealthyPercent: Value<number>;
  readonly maximumPercent: Value<number>;
  readonly deploymentCircuitBreaker: Value<DeploymentCircuitBreaker>;
  readonly healthCheckGracePeriodSeconds: Value<number>;
  /** Names of CloudWatch alarms that stop a deployment; absent where there are none. */
  readonly deploymentAlarms: Value<DeploymentAlarms>;
  /** Of `awsvpcConfiguration`. */
  readonly securityGroups: List<Reference>;
  readonly platformVersion: Value<string>;
  readonly forceNewDeployment: Value<boolean>;
  readonly loadBalancers: List<ServiceLoadBalancer>;
  readonly serviceConnectServices: List<ServiceConnectService>;
}

export interface DeploymentCircuitBreaker {
  readonly at: Location;
  readonly enable: Value<boolean>;
  readonly rollback: Value<boolean>;
  /** Absent means true: a task that becomes healthy sets the count of failures back. */
  readonly resetOnHealthyTask: Value<boolean>;
  readonly thresholdConfiguration: Value<ThresholdConfiguration>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
export interface ThresholdConfiguration {
  readonly at: Location;
  /** `COUNT`, `BOUNDED_PERCENT` or `UNBOUNDED_PERCENT`. */
  readonly type: Value<string>;
  readonly value: Value<number>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentAlarms.html */
export interface DeploymentAlarms {
  readonly at: Location;
  readonly alarmNames: List<Reference>;
  readonly enable: Value<boolean>;
  readonly rollback: Value<boolean>;
}

export interface ServiceLoadBalancer {
  readonly at: Location;
  readonly targetGroupArn: Reference;
  readonly containerName: Value<string>;
  readonly containerPort: Value<number>;
}

export interface ServiceConnectService {
  readonly at: Location;
  readonly portName: Value<string>;
}
