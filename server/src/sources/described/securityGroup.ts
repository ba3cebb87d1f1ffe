// Security groups and rules that let connections in, from descriptions in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html

import type { Address, Reference } from '../../facts/reference.ts';
import type { IngressRule, SecurityGroup, SecurityGroupIngress } from '../../facts/securityGroup.ts';
import type { List, Value } from '../../facts/value.ts';
import type { DescribedObject } from './described.ts';
import { entryOf, named, readNumber, readObjects, readString } from './values.ts';

export function readSecurityGroup(properties: DescribedObject, address: Address): SecurityGroup {
  const owner = named(properties, 'groupName');
  return {
    kind: 'securityGroup',
    at: owner.at,
    nameAt: owner.nameAt,
    address,
    ingress: readObjects(owner, 'securityGroupIngress', readIngressRule),
  };
}

export function readSecurityGroupIngress(properties: DescribedObject): SecurityGroupIngress {
  const group = entryOf(properties, 'groupId') ? 'groupId' : 'groupName';
  return {
    kind: 'securityGroupIngress',
    at: properties.at,
    group: readString(properties, group),
    rule: readIngressRule(properties),
  };
}

export function readIngressRule(rule: DescribedObject): IngressRule {
  return {
    at: rule.at,
    protocol: readString(rule, 'ipProtocol'),
    fromPort: readNumber(rule, 'fromPort'),
    toPort: readNumber(rule, 'toPort'),
    cidrs: readSources(rule, ['cidrIp', 'cidrIpv6', 'sourcePrefixListId']),
    sourceGroups: readSources(rule, ['sourceSecurityGroupId', 'sourceSecurityGroupName']),
  };
}

/** A rule of CloudFormation names each kind of source at most once. */
function readSources(rule: DescribedObject, keys: readonly string[]): List<Reference> {
  const values = keys.map((key): Value<string> => readString(rule, key)).filter((value) => value.state !== 'absent');
  return {
    state: values.length === 0 ? 'absent' : 'present',
    items: values,
    complete: true,
    at: values[0]?.at ?? rule.nameAt,
  };
}
