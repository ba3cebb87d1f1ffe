// Escape hatches: what a CDK program sets on the resources of CloudFormation behind its constructs.
// https://docs.aws.amazon.com/cdk/v2/guide/cfn-layer.html

import type { Location } from '../../base/text.ts';
import type { Described, DescribedList, DescribedObject } from '../described/described.ts';
import { argument, described, entry, objectAt } from './read.ts';
import { type Made, nothing, plainOf } from './values.ts';

const UNKNOWN = 'the program overrides it';
const CHILDREN = /^(?:Resource|Default|Service|TaskDef)$/;

/** The properties of a construct's resource; `part` leads to it where it belongs to a larger construct. */
export function withOverrides(properties: DescribedObject, made: Made, part: readonly string[] = []): DescribedObject {
  const owner = part.reduce((found: Made | undefined, name) => found?.members.get(name), made);
  return templateParts(owner).reduce(overridden, properties);
}

/** `service.node.defaultChild`, `service.node.tryFindChild('Service')`. */
function templateParts(owner: Made | undefined): readonly Made[] {
  const node = owner?.members.get('node');
  if (!node) return [];
  const child = node.members.get('defaultChild');
  const found = node.calls.filter(
    (call) => /^(?:tryF|f)indChild$/.test(call.callee) && CHILDREN.test(String(plainOf(argument(call, 0, 'id')))),
  );
  return child ? [child, ...found] : found;
}

function overridden(properties: DescribedObject, child: Made): DescribedObject {
  let result = properties;
  for (const call of child.calls) result = afterCall(result, call);
  for (const [key, value] of child.writes) {
    result = withPath(result, [key], described(value, child.nameAt), child.nameAt);
  }
  return result;
}

const OVERRIDES = /^add(Property)?(Deletion)?Override$/;

function afterCall(properties: DescribedObject, call: Made): DescribedObject {
  const [isOverride, isProperty, isDeletion] = OVERRIDES.exec(call.callee) ?? [];
  if (isOverride === undefined) return properties;
  const path = pathOf(call, isProperty !== undefined);
  if (path?.length === 0) return properties;
  const value = isDeletion ? nothing(call.at) : argument(call, 1, 'value');
  if (!path || !value) return { ...properties, unsaid: UNKNOWN };
  return withPath(properties, path, lowered(described(value, call.at)), call.at);
}

/** Below the properties; empty for what is said of the resource beside them. */
function pathOf(call: Made, isProperty: boolean): readonly string[] | undefined {
  const path = plainOf(argument(call, 0, isProperty ? 'propertyPath' : 'path'));
  if (typeof path !== 'string') return undefined;
  const [first = '', ...rest] = path.split('.');
  const below = isProperty ? [first, ...rest] : first === 'Properties' ? rest : [];
  return below.map(small);
}

function small(key: string): string {
  return key.charAt(0).toLowerCase() + key.slice(1);
}

function lowered(part: Described): Described {
  if (part.kind === 'list') return { ...part, items: part.items.map(lowered) };
  if (part.kind !== 'object') return part;
  return { ...part, entries: part.entries.map((one) => ({ ...one, key: small(one.key), value: lowered(one.value) })) };
}

function withPath(
  object: DescribedObject,
  [key = '', ...rest]: readonly string[],
  value: Described,
  at: Location,
): DescribedObject {
  const before = object.entries.findLast((one) => one.key === key)?.value;
  const next = rest.length === 0 ? value : within(before, rest, value, object.at, at);
  return { ...object, entries: [...object.entries.filter((one) => one.key !== key), entry(key, at, next)] };
}

/** A part with a value at a path below it; numbers lead into lists. */
function within(
  part: Described | undefined,
  path: readonly string[],
  value: Described,
  ownerAt: Location,
  at: Location,
): Described {
  if (part?.kind !== 'list')
    return withPath(part?.kind === 'object' ? part : objectAt(ownerAt, at, []), path, value, at);
  const [index = '', ...rest] = path;
  const position = Number(index);
  const item = part.items[position];
  if (!/^\d+$/.test(index) || !item) return { ...part, complete: false };
  const next = rest.length === 0 ? value : within(item, rest, value, ownerAt, at);
  return replacedItem(part, position, next);
}

function replacedItem(list: DescribedList, position: number, item: Described): DescribedList {
  return { ...list, items: list.items.map((one, index) => (index === position ? item : one)) };
}
