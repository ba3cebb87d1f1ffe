// Load balancers, their listeners and the rules of these, from descriptions in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ElasticLoadBalancingV2.html

import type { LoadBalancer, LoadBalancerListener } from '../../facts/loadBalancing.ts';
import type { Address, Reference } from '../../facts/reference.ts';
import type { List } from '../../facts/value.ts';
import type { DescribedObject } from './described.ts';
import {
  entryOf,
  named,
  objectItems,
  readList,
  readListWithin,
  readObjects,
  readString,
  stringValue,
} from './values.ts';

export function readLoadBalancer(properties: DescribedObject, address: Address): LoadBalancer {
  const owner = named(properties, 'name');
  return {
    kind: 'loadBalancer',
    at: owner.at,
    nameAt: owner.nameAt,
    address,
    type: readString(owner, 'type'),
    securityGroups: readList(owner, 'securityGroups', stringValue),
  };
}

export function readListener(properties: DescribedObject, address: Address): LoadBalancerListener {
  return {
    kind: 'loadBalancerListener',
    at: properties.at,
    address,
    loadBalancer: readString(properties, 'loadBalancerArn'),
    listener: readString(properties, 'listenerArn'),
    targetGroups: readTargetGroups(properties),
  };
}

/** A listener has `defaultActions`, a rule `actions`. Only an action that forwards names target groups. */
function readTargetGroups(properties: DescribedObject): List<Reference> {
  const key = entryOf(properties, 'defaultActions') ? 'defaultActions' : 'actions';
  const actions = readObjects(properties, key, readForward);
  const lists = actions.items;
  return {
    state: actions.state,
    items: lists.flatMap((list) => list.items),
    complete: actions.complete && lists.every((list) => list.complete),
    at: actions.at,
  };
}

function readForward(action: DescribedObject): List<Reference> {
  const group = readString(action, 'targetGroupArn');
  if (group.state !== 'absent') return { state: 'present', items: [group], complete: true, at: group.at };
  return readListWithin(
    action,
    ['forwardConfig', 'targetGroups'],
    objectItems((item) => readString(item, 'targetGroupArn')),
  );
}
