// A target group from its description, in CloudFormation's words with a small first letter.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html

import type { TargetGroup } from '../../facts/loadBalancing.ts';
import type { Address } from '../../facts/reference.ts';
import { dynamic, isKnown, type Value } from '../../facts/value.ts';
import type { DescribedObject } from './described.ts';
import {
  entryOf,
  missing,
  named,
  numberValue,
  readBoolean,
  readNested,
  readNumber,
  readObjects,
  readString,
  readWith,
} from './values.ts';

export function readTargetGroup(properties: DescribedObject, address: Address): TargetGroup {
  const owner = named(properties, 'name');
  const settings = owner.entries.find((entry) => /^health(?:Check|yThreshold)/.test(entry.key));
  return {
    kind: 'targetGroup',
    at: owner.at,
    nameAt: owner.nameAt,
    address,
    name: readString(owner, 'name'),
    port: readNumber(owner, 'port'),
    protocol: readString(owner, 'protocol'),
    targetType: readString(owner, 'targetType'),
    healthCheck: {
      at: settings?.keyAt ?? owner.nameAt,
      enabled: readBoolean(owner, 'healthCheckEnabled'),
      protocol: readString(owner, 'healthCheckProtocol'),
      port: readString(owner, 'healthCheckPort'),
      path: readString(owner, 'healthCheckPath'),
      matcher: readMatcher(owner),
      interval: readNumber(owner, 'healthCheckIntervalSeconds'),
      timeout: readNumber(owner, 'healthCheckTimeoutSeconds'),
      healthyThreshold: readNumber(owner, 'healthyThresholdCount'),
      unhealthyThreshold: readNumber(owner, 'unhealthyThresholdCount'),
    },
    deregistrationDelay: readDeregistrationDelay(owner),
  };
}

/** In CloudFormation an object; other formats write the codes alone. */
function readMatcher(owner: DescribedObject): Value<string> {
  if (entryOf(owner, 'healthyHttpCodes')) return readString(owner, 'healthyHttpCodes');
  return readNested(owner, 'matcher', (matcher) => readString(matcher, 'httpCode'));
}

const DEREGISTRATION_DELAY = 'deregistration_delay.timeout_seconds';

function readDeregistrationDelay(owner: DescribedObject): Value<number> {
  const attributes = readObjects(owner, 'targetGroupAttributes', (attribute) => ({
    key: readString(attribute, 'key'),
    value: readWith(attribute, 'value', numberValue),
  }));
  const delay = attributes.items.find(({ key }) => isKnown(key) && key.value === DEREGISTRATION_DELAY);
  if (delay) return delay.value;
  return attributes.complete ? missing(owner) : dynamic('', attributes.at, 'not all attributes can be seen');
}
