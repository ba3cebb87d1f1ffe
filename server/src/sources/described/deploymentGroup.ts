// Deployment groups of CodeDeploy that deploy ECS services, from descriptions in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-deploymentgroup.html

import type { AutoRollback, DeploymentGroup, GroupAlarms } from '../../facts/deploymentGroup.ts';
import type { Address, Reference } from '../../facts/reference.ts';
import type { List, Value } from '../../facts/value.ts';
import type { Described, DescribedObject } from './described.ts';
import {
  entryOf,
  named,
  objectOf,
  readBoolean,
  readList,
  readObject,
  readObjects,
  readString,
  stringValue,
} from './values.ts';

/** Nothing where it deploys to instances or functions. */
export function readDeploymentGroup(properties: DescribedObject, address: Address): readonly DeploymentGroup[] {
  if (!entryOf(properties, 'ecsServices')) return [];
  const owner = named(properties, 'deploymentGroupName');
  return [
    {
      kind: 'deploymentGroup',
      at: owner.at,
      nameAt: owner.nameAt,
      address,
      deploymentGroupName: readString(owner, 'deploymentGroupName'),
      deploymentConfigName: readString(owner, 'deploymentConfigName'),
      services: readObjects(owner, 'ecsServices', (service) => readString(service, 'serviceName')),
      autoRollback: readObject(owner, 'autoRollbackConfiguration', readAutoRollback),
      alarms: readObject(owner, 'alarmConfiguration', readAlarms),
      triggerEvents: readTriggerEvents(owner),
    },
  ];
}

function readAutoRollback(configuration: DescribedObject): AutoRollback {
  return {
    at: configuration.at,
    enabled: readBoolean(configuration, 'enabled'),
    events: readList(configuration, 'events', stringValue),
  };
}

function readAlarms(configuration: DescribedObject): GroupAlarms {
  return {
    at: configuration.at,
    enabled: readBoolean(configuration, 'enabled'),
    alarmNames: readList(configuration, 'alarms', alarmName),
  };
}

/** CloudFormation writes objects, other formats the names alone. */
function alarmName(item: Described): Reference {
  const object = objectOf(item);
  return object ? readString(object, 'name') : stringValue(item);
}

function readTriggerEvents(owner: DescribedObject): List<Value<string>> {
  const triggers = readObjects(owner, 'triggerConfigurations', (trigger) =>
    readList(trigger, 'triggerEvents', stringValue),
  );
  return {
    ...triggers,
    items: triggers.items.flatMap(({ items }) => items),
    complete: triggers.complete && triggers.items.every(({ complete }) => complete),
  };
}
