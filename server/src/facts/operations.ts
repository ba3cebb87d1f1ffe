// What acts on services or watches them from outside: scaling, schedules, alarms, event rules, registries.

import type { Location } from '../base/text.ts';
import type { Address, Reference } from './reference.ts';
import type { List, Value } from './value.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
export interface ScalableTarget {
  readonly kind: 'scalableTarget';
  readonly at: Location;
  readonly nameAt: Location;
  readonly address: Address;
  /** The service: its address, or `service/cluster/name`. */
  readonly service: Reference;
  readonly minCapacity: Value<number>;
  readonly maxCapacity: Value<number>;
}

/** Sets a service's number of tasks at times: a scheduled action of Application Auto Scaling, or a schedule of EventBridge. */
export interface ScheduledCount {
  readonly kind: 'scheduledCount';
  readonly at: Location;
  readonly nameAt: Location;
  /** The service or the scalable target: an address, `service/cluster/name`, or a name. */
  readonly target: Reference;
  readonly schedule: Value<string>;
  /** The most tasks the service may have from then on. */
  readonly count: Value<number>;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export interface Alarm {
  readonly kind: 'alarm';
  readonly at: Location;
  readonly nameAt: Location;
  readonly address: Address;
  /** What its description calls it where it has no other name: a logical id, the name of a block. */
  readonly logicalName?: string;
  readonly alarmName: Value<string>;
  readonly namespace: Value<string>;
  readonly metricName: Value<string>;
  /** Incomplete where the alarm watches an expression. */
  readonly dimensions: List<{ readonly name: string; readonly value: Reference }>;
  /** Seconds. */
  readonly period: Value<number>;
  readonly evaluationPeriods: Value<number>;
  /** How many of them must breach; absent means all. */
  readonly datapointsToAlarm: Value<number>;
  /** What it does when it is raised: topics, scaling policies. */
  readonly alarmActions: List<Reference>;
}

/** A rule of EventBridge. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export interface EventRule {
  readonly kind: 'eventRule';
  readonly at: Location;
  /** The event pattern as text: JSON, or what stands in the file. */
  readonly pattern: Value<string>;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export interface ImageRepository {
  readonly kind: 'imageRepository';
  /** The whole description. Edit intents name it as their owner. */
  readonly at: Location;
  readonly nameAt: Location;
  readonly address: Address;
  readonly repositoryName: Value<string>;
  /** `MUTABLE`, `IMMUTABLE`, …; absent means MUTABLE. */
  readonly imageTagMutability: Value<string>;
}

/** A CodeDeploy specification for ECS: which container gets the traffic. */
export interface AppSpec {
  readonly kind: 'appSpec';
  readonly at: Location;
  readonly nameAt: Location;
  readonly taskDefinition: Reference;
  readonly containerName: Value<string>;
  readonly containerPort: Value<number>;
}
