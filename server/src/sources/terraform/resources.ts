// Resources of a configuration as descriptions in the words of the API, and their facts.

import type { Location } from '../../base/text.ts';
import type { Fact } from '../../facts/fileFacts.ts';
import type { Address } from '../../facts/reference.ts';
import { known, knownValue } from '../../facts/value.ts';
import { attributeOf } from '../../syntax/hcl/tree.ts';
import type { Described, DescribedEntry, DescribedObject } from '../described/described.ts';
import { factsOf } from '../described/resources.ts';
import { readScheduledAction } from '../described/scalableTarget.ts';
import { readString } from '../described/values.ts';
import { bodyValue } from './body.ts';
import { type Context, placeIn, type Scope } from './context.ts';
import type { BlockDefinition } from './definitions.ts';
import { describe, describeAsText, describeJson, describeObject } from './describe.ts';
import { expandedScopes, expansionOf } from './expansion.ts';
import { addressOf, nameOf } from './names.ts';
import { blocksOf, laidOver } from './overrides.ts';
import {
  camelCase,
  cloudControlType,
  type ResourceShape,
  SCHEDULED_ACTION,
  type Shape,
  shapeOf,
  type Target,
} from './shapes.ts';
import type { ObjectValue, TerraformValue } from './values.ts';

/** The facts of everything that a resource's block stands for in a module. */
export function resourceFacts(definition: BlockDefinition, scope: Scope, context: Context): readonly Fact[] {
  const { block } = definition;
  const [type = '', name = ''] = block.labels.map((label) => label.text);
  const shape = shapeOf(type);
  const cloudControl = cloudControlType(type);
  if (!shape && cloudControl === undefined) return [];
  const expansion = expansionOf(block.body, scope, context);
  return expandedScopes(expansion, scope).flatMap((expanded) => {
    const address = addressOf(definition, expanded, context);
    const facts = shape
      ? shapedFacts(definition, shape, address, expanded.scope, context)
      : factsOf({ type: cloudControl ?? '', address, properties: camelCased(definition, expanded.scope, context) });
    return facts.map((fact) => withBlock(fact, definition, `${scope.module.path}${name}${expanded.suffix}`));
  });
}

/** Resources of the cloud control provider are the API's in snake case. */
function camelCased(definition: BlockDefinition, scope: Scope, context: Context): DescribedObject {
  return describeObject(bodyOf(definition, nameOf(definition), scope, context), 'reference', camelCase);
}

/** The body of a block, with the bodies of override files laid over it. */
function bodyOf(
  { block, overrides = [] }: BlockDefinition,
  nameAt: Location,
  scope: Scope,
  context: Context,
  isWanted?: (key: string) => boolean,
): ObjectValue {
  const own = bodyValue(block.body, placeIn(scope, block.span), nameAt, scope, context, isWanted);
  return overrides.reduce((object, { uri, shift, block: { body, span } }) => {
    const inner = { ...scope, uri, shift };
    return laidOver(object, bodyValue(body, placeIn(inner, span), nameAt, inner, context, isWanted));
  }, own);
}

/** What the block says of a service or a task definition that the API has no word for. */
function withBlock(fact: Fact, definition: BlockDefinition, logicalName: string): Fact {
  if (fact.kind === 'taskDefinition' || fact.kind === 'alarm') return { ...fact, logicalName };
  if (fact.kind !== 'service') return fact;
  return { ...fact, logicalName, ignoresTaskDefinitionChanges: ignoresTaskDefinition(definition) };
}

/** https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes */
function ignoresTaskDefinition(definition: BlockDefinition): boolean {
  const lifecycles = blocksOf(definition).flatMap(({ body }) => body.blocks.filter(({ type }) => type === 'lifecycle'));
  const [ignored] = lifecycles.flatMap(({ body }) => attributeOf(body, 'ignore_changes')?.value ?? []);
  if (ignored?.kind === 'reference') return ignored.name === 'all';
  if (ignored?.kind !== 'list') return false;
  return ignored.items.some((item) => {
    const name = item.kind === 'reference' ? item.name : item.kind === 'string' ? item.value : '';
    return name === 'task_definition' || name === 'all';
  });
}

function shapedFacts(
  definition: BlockDefinition,
  shape: ResourceShape,
  address: Address,
  scope: Scope,
  context: Context,
): readonly Fact[] {
  const naming = attributeOf(definition.block.body, shape.naming)?.value;
  const nameAt = naming ? placeIn(scope, naming.span) : nameOf(definition);
  const isWanted = (key: string): boolean => Object.hasOwn(shape.shape, key);
  const object = bodyOf(definition, nameAt, scope, context, isWanted);
  return describedFacts(object, shape, address, nameAt, nameOf(definition));
}

/** The facts of an object whose keys are those of a resource's shape. What nobody wrote stands at `unwrittenAt`, which is no value. */
export function describedFacts(
  object: ObjectValue,
  shape: ResourceShape,
  address: Address,
  nameAt: Location,
  unwrittenAt: Location,
): readonly Fact[] {
  const described = describeShaped(object, shape.shape, nameAt);
  return factsOfShaped(shape.type, address, withDefaults(described, shape, unwrittenAt));
}

function factsOfShaped(type: string, address: Address, properties: DescribedObject): readonly Fact[] {
  switch (type) {
    case SCHEDULED_ACTION:
      if (knownValue(readString(properties, 'serviceNamespace')) !== 'ecs') return [];
      return [readScheduledAction(properties, readString(properties, 'resourceId'))];
    case 'AWS::EC2::SecurityGroupIngress':
      if ((knownValue(readString(properties, 'type')) ?? 'ingress') !== 'ingress') return [];
      return factsOf({ type, address, properties: withSelf(properties, entryValue(properties, 'groupId')) });
    case 'AWS::EC2::SecurityGroup': {
      const self: Described = { kind: 'scalar', value: known(address, properties.nameAt) };
      return factsOf({
        type,
        address,
        properties: eachItem(properties, 'securityGroupIngress', (rule) => withSelf(rule, self)),
      });
    }
    case 'AWS::CloudWatch::Alarm':
      return factsOf({ type, address, properties: withDimensionList(properties) });
    case 'AWS::ElasticLoadBalancingV2::TargetGroup':
      return factsOf({ type, address, properties: withAttributes(properties) });
    default:
      return factsOf({ type, address, properties });
  }
}

// Shapes

/** An object in the API's words; `nameAt` names what it does not say. */
function describeShaped(object: ObjectValue, shape: Shape, nameAt: Location): DescribedObject {
  const entries: DescribedEntry[] = [];
  for (const entry of object.entries) {
    const target = Object.hasOwn(shape, entry.key) ? shape[entry.key] : undefined;
    if (!target) continue;
    for (const value of describeTarget(entry.value, target, entry.keyAt)) {
      insert(
        entries,
        value.path,
        { key: '', keyAt: value.keyAt ?? entry.keyAt, value: value.value },
        object.at,
        nameAt,
      );
    }
  }
  const { at, unsaid } = object;
  return { kind: 'object', at, nameAt, entries, ...(unsaid === undefined ? {} : { unsaid }) };
}

interface Placed {
  readonly path: string;
  readonly keyAt?: Location;
  readonly value: Described;
}

function describeTarget(value: TerraformValue, target: Target, keyAt: Location): readonly Placed[] {
  const { shape } = target;
  if (target.block === undefined || !shape) return [{ path: target.to, value: describePlain(value, target) }];
  const blocks = value.kind === 'object' ? [value] : value.kind === 'list' ? value.items : undefined;
  if (!blocks) return [{ path: target.to, value: describe(value) }];
  const complete = value.kind !== 'list' || value.complete;
  const described = blocks.map((block) =>
    block.kind === 'object' ? describeShaped(block, shape, block.nameAt ?? keyAt) : describe(block),
  );
  if (target.block === 'many')
    return [{ path: target.to, value: { kind: 'list', at: value.at, items: described, complete } }];
  const [first] = described;
  if (!first)
    return complete
      ? []
      : [{ path: target.to, value: describe({ ...value, kind: 'list', items: [], complete, at: value.at }) }];
  if (first.kind !== 'object' || (target.to !== '' && target.to !== 'deploymentConfiguration')) {
    return [{ path: target.to, value: first }];
  }
  const prefix = target.to === '' ? '' : `${target.to}.`;
  return first.entries.map((entry) => ({ path: prefix + entry.key, keyAt: entry.keyAt, value: entry.value }));
}

function describePlain(value: TerraformValue, target: Target): Described {
  if (target.text === 'json') return describeJson(value);
  if (target.text === 'plain') return describeAsText(value);
  return describe(value, target.refers ? 'reference' : 'value');
}

/** Puts an entry at a path; objects on the way that Terraform does not write stand where their owner stands. */
function insert(entries: DescribedEntry[], path: string, entry: DescribedEntry, at: Location, nameAt: Location): void {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    entries.push({ ...entry, key });
    return;
  }
  const index = entries.findIndex((other) => other.key === key && other.value.kind === 'object');
  const before = entries[index]?.value;
  const inner = before?.kind === 'object' ? [...before.entries] : [];
  insert(inner, rest.join('.'), entry, at, nameAt);
  const made: DescribedEntry = { key, keyAt: nameAt, value: { kind: 'object', at, nameAt, entries: inner } };
  if (index < 0) entries.push(made);
  else entries[index] = made;
}

function withDefaults(properties: DescribedObject, { defaults = {} }: ResourceShape, keyAt: Location): DescribedObject {
  if (properties.unsaid !== undefined) return properties;
  const entries = [...properties.entries];
  for (const [path, value] of Object.entries(defaults)) {
    if (isSaid(properties, path.split('.'))) continue;
    const entry: DescribedEntry = { key: '', keyAt, value: { kind: 'scalar', value: known(value, keyAt) } };
    insert(entries, path, entry, properties.at, properties.nameAt);
  }
  return { ...properties, entries };
}

function isSaid(properties: DescribedObject, [key = '', ...rest]: readonly string[]): boolean {
  const value = entryValue(properties, key);
  if (value === undefined || (value.kind === 'scalar' && value.value.state === 'absent')) return false;
  return rest.length === 0 || value.kind !== 'object' || isSaid(value, rest);
}

// What needs more than another name

function entryValue(object: DescribedObject, key: string): Described | undefined {
  return object.entries.findLast((entry) => entry.key === key)?.value;
}

function eachItem(
  object: DescribedObject,
  key: string,
  convert: (item: DescribedObject) => DescribedObject,
): DescribedObject {
  const entries = object.entries.map((entry) => {
    if (entry.key !== key || entry.value.kind !== 'list') return entry;
    const items = entry.value.items.map((item) => (item.kind === 'object' ? convert(item) : item));
    return { ...entry, value: { ...entry.value, items } };
  });
  return { ...object, entries };
}

/** `self = true` names the group that the rule belongs to. */
function withSelf(rule: DescribedObject, group: Described | undefined): DescribedObject {
  const self = entryValue(rule, 'self');
  const isSelf = self?.kind === 'scalar' && knownValue(self.value) === true;
  if (!isSelf || !group) return rule;
  const before = entryValue(rule, 'sourceSecurityGroupId');
  const items = before?.kind === 'list' ? before.items : before ? [before] : [];
  const value: Described = { kind: 'list', at: rule.at, items: [...items, group], complete: true };
  return { ...rule, entries: [...rule.entries, { key: 'sourceSecurityGroupId', keyAt: rule.nameAt, value }] };
}

/** A map of names and values. */
function withDimensionList(properties: DescribedObject): DescribedObject {
  const entries = properties.entries.map((entry) => {
    if (entry.key !== 'dimensions' || entry.value.kind !== 'object') return entry;
    const { at, entries: dimensions, unsaid } = entry.value;
    const items = dimensions.map(
      ({ key, keyAt, value }): Described => ({
        kind: 'object',
        at: keyAt,
        nameAt: keyAt,
        entries: [
          { key: 'name', keyAt, value: { kind: 'scalar', value: known(key, keyAt) } },
          { key: 'value', keyAt, value },
        ],
      }),
    );
    return { ...entry, value: { kind: 'list' as const, at, items, complete: unsaid === undefined } };
  });
  return { ...properties, entries };
}

/** CloudFormation writes the delay among the attributes of the group. */
function withAttributes(properties: DescribedObject): DescribedObject {
  const delay = properties.entries.findLast((entry) => entry.key === 'deregistrationDelay');
  if (!delay) return properties;
  const { keyAt, value } = delay;
  const attribute: Described = {
    kind: 'object',
    at: keyAt,
    nameAt: keyAt,
    entries: [
      { key: 'key', keyAt, value: { kind: 'scalar', value: known('deregistration_delay.timeout_seconds', keyAt) } },
      { key: 'value', keyAt, value },
    ],
  };
  const attributes: Described = { kind: 'list', at: keyAt, items: [attribute], complete: true };
  return {
    ...properties,
    entries: [...properties.entries, { key: 'targetGroupAttributes', keyAt, value: attributes }],
  };
}
