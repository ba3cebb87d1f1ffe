// What Application Auto Scaling may do to a service, from a description in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html

import type { ScalableTarget, ScheduledCount } from '../../facts/operations.ts';
import type { Address, Reference } from '../../facts/reference.ts';
import { known, knownValue } from '../../facts/value.ts';
import type { DescribedObject } from './described.ts';
import { named, readNested, readNumber, readObjects, readString } from './values.ts';

/** The target and its scheduled actions; nothing where it scales something other than an ECS service. */
export function readScalableTarget(
  properties: DescribedObject,
  address: Address,
): readonly (ScalableTarget | ScheduledCount)[] {
  const namespace = knownValue(readString(properties, 'serviceNamespace'));
  if (namespace !== undefined && namespace !== 'ecs') return [];
  const owner = named(properties, 'resourceId');
  const target: ScalableTarget = {
    kind: 'scalableTarget',
    at: owner.at,
    nameAt: owner.nameAt,
    address,
    service: readString(owner, 'resourceId'),
    minCapacity: readNumber(owner, 'minCapacity'),
    maxCapacity: readNumber(owner, 'maxCapacity'),
  };
  const self = known(address, owner.nameAt);
  const actions = readObjects(owner, 'scheduledActions', (action) => readScheduledAction(action, self));
  return [target, ...actions.items];
}

/** An action of Application Auto Scaling; formats that keep it apart from its target name the target themselves. */
export function readScheduledAction(action: DescribedObject, target: Reference): ScheduledCount {
  const owner = named(action, 'scheduledActionName');
  return {
    kind: 'scheduledCount',
    at: owner.at,
    nameAt: owner.nameAt,
    target,
    schedule: readString(owner, 'schedule'),
    count: readNested(owner, 'scalableTargetAction', (capacity) => readNumber(capacity, 'maxCapacity')),
  };
}
