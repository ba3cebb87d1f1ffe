// A deployment group of CodeDeploy: what rolls a service back whose deployments CodeDeploy carries out.
// https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html

import type { Location } from '../base/text.ts';
import type { Address, Reference } from './reference.ts';
import type { List, Value } from './value.ts';

export interface DeploymentGroup {
  readonly kind: 'deploymentGroup';
  /** The whole description. Edit intents name it as their owner. */
  readonly at: Location;
  readonly nameAt: Location;
  readonly address: Address;
  readonly deploymentGroupName: Value<string>;
  /** `CodeDeployDefault.ECSAllAtOnce`. */
  readonly deploymentConfigName: Value<string>;
  /** The ECS services it deploys: addresses or names. */
  readonly services: List<Reference>;
  /** Absent means that nothing is rolled back by itself. */
  readonly autoRollback: Value<AutoRollback>;
  readonly alarms: Value<GroupAlarms>;
  /** Events that a topic is told of: `DeploymentFailure`. */
  readonly triggerEvents: List<Value<string>>;
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html */
export interface AutoRollback {
  readonly at: Location;
  readonly enabled: Value<boolean>;
  /** `DEPLOYMENT_FAILURE`, `DEPLOYMENT_STOP_ON_ALARM`, `DEPLOYMENT_STOP_ON_REQUEST`. */
  readonly events: List<Value<string>>;
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html */
export interface GroupAlarms {
  readonly at: Location;
  readonly enabled: Value<boolean>;
  readonly alarmNames: List<Reference>;
}
