// Load balancers and their target groups, whatever they are written in. Field names and units are those of Elastic Load
// Balancing: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html

import type { Location } from '../base/text.ts';
import type { Address, Reference } from './reference.ts';
import type { List, Value } from './value.ts';

export interface TargetGroup {
  readonly kind: 'targetGroup';
  /** The whole description. Edit intents name it as their owner. */
  readonly at: Location;
  readonly nameAt: Location;
  readonly address: Address;
  readonly name: Value<string>;
  /** The default port only; ECS registers each task with its container port. */
  readonly port: Value<number>;
  readonly protocol: Value<string>;
  /** `instance`, `ip`, `lambda` or `alb`; absent means `instance`. */
  readonly targetType: Value<string>;
  readonly healthCheck: TargetGroupHealthCheck;
  /** Seconds; 300 where absent. */
  readonly deregistrationDelay: Value<number>;
}

/** Times in seconds. What a format's own provider sets where nothing is written is known here, placed at `at`. */
export interface TargetGroupHealthCheck {
  /** The place of the health check's settings, else of the group's naming token. */
  readonly at: Location;
  readonly enabled: Value<boolean>;
  readonly protocol: Value<string>;
  /** `traffic-port` or digits; absent means `traffic-port`. */
  readonly port: Value<string>;
  readonly path: Value<string>;
  /** Status codes of a healthy target: `200`, `200-299`, `200,302`. */
  readonly matcher: Value<string>;
  readonly interval: Value<number>;
  readonly timeout: Value<number>;
  readonly healthyThreshold: Value<number>;
  readonly unhealthyThreshold: Value<number>;
}

export interface LoadBalancer {
  readonly kind: 'loadBalancer';
  readonly at: Location;
  readonly nameAt: Location;
  readonly address: Address;
  /** `application`, `network` or `gateway`; absent means `application`. */
  readonly type: Value<string>;
  readonly securityGroups: List<Reference>;
}

/** A listener, or a rule of one: what sends requests to target groups. */
export interface LoadBalancerListener {
  readonly kind: 'loadBalancerListener';
  readonly at: Location;
  readonly address: Address;
  /** Of a listener. */
  readonly loadBalancer: Reference;
  /** Of a rule: its listener. */
  readonly listener: Reference;
  readonly targetGroups: List<Reference>;
}
