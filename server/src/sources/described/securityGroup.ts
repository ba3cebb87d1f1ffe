// Security groups and rules that let connections in, from descriptions in CloudFormation's words.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html

import type { Address, Reference } from '../../facts/reference.ts';
import type { IngressRule, SecurityGroup, SecurityGroupIngress } from '../../facts/securityGroup.ts';
import { absentList, type List, type Value } from '../../facts/value.ts';
import type { DescribedObject } from './described.ts';
import { entryOf, named, readList, readNumber, readObjects, readString, stringValue } from './values.ts';

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

/** CloudFormation names each kind of source at most once in a rule, Terraform lists them. */
function readSources(rule: DescribedObject, keys: readonly string[]): List<Reference> {
  const sources = keys.map((key) => readSource(rule, key)).filter((source) => source.state === 'present');
  const [first] = sources;
  if (!first) return absentList(rule.nameAt);
  const items = sources.flatMap((source) => source.items);
  return { state: 'present', items, complete: sources.every((source) => source.complete), at: first.at };
}

function readSource(rule: DescribedObject, key: string): List<Reference> {
  if (entryOf(rule, key)?.value.kind === 'list') return readList(rule, key, stringValue);
  const value: Value<string> = readString(rule, key);
  return value.state === 'absent'
    ? absentList(value.at)
    : { state: 'present', items: [value], complete: true, at: value.at };
}
