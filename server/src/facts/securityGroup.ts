// Who may connect to whom. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html

import type { Location } from '../base/text.ts';
import type { Address, Reference } from './reference.ts';
import type { List, Value } from './value.ts';

export interface SecurityGroup {
  readonly kind: 'securityGroup';
  /** The whole description. Edit intents name it as their owner. */
  readonly at: Location;
  readonly nameAt: Location;
  readonly address: Address;
  /** Incomplete where rules may come from elsewhere. */
  readonly ingress: List<IngressRule>;
}

/** A rule that stands apart from its group. */
export interface SecurityGroupIngress {
  readonly kind: 'securityGroupIngress';
  readonly at: Location;
  readonly group: Reference;
  readonly rule: IngressRule;
}

export interface IngressRule {
  readonly at: Location;
  /** `tcp`, `6`, or `-1` for all. */
  readonly protocol: Value<string>;
  /** Absent together with `toPort` where every port is meant. */
  readonly fromPort: Value<number>;
  readonly toPort: Value<number>;
  readonly cidrs: List<Value<string>>;
  readonly sourceGroups: List<Reference>;
}
