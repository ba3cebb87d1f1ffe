// The functions that take lists apart and put them together: `Join`, `Select`, `Split`, `FindInMap`.

import type { Location } from '../../base/text.ts';
import type { StackCall, StackExpression, StackObject } from '../../facts/stackTemplate.ts';
import { known, type Value } from '../../facts/value.ts';
import type { Described } from '../described/described.ts';
import { joinedText } from '../described/join.ts';
import { stringValue } from '../described/values.ts';
import { open, reachedBy, type StackContext } from './context.ts';
import type { Evaluate } from './evaluate.ts';
import { fromValue, listOfText, nameInText } from './references.ts';

/** More branches than this are not worth telling apart. */
const MAX_BRANCHES = 8;

function argumentsOf(call: StackCall): readonly StackExpression[] {
  return call.argument.kind === 'list' ? call.argument.items : [];
}

export function join(call: StackCall, at: Location, context: StackContext, inner: Evaluate): Described {
  const [first, second] = argumentsOf(call);
  const delimiter = first && stringValue(inner(first));
  const list = second && inner(second);
  if (delimiter?.state !== 'known' || list?.kind !== 'list' || !list.complete) {
    return open('Join', at, 'what it joins is computed');
  }
  const parts = list.items.flatMap((item, index): readonly Value<string>[] => {
    const part = nameInText(item, context, inner);
    return index === 0 || delimiter.value === '' ? [part] : [known(delimiter.value, delimiter.at), part];
  });
  return fromValue(joinedText(parts, at));
}

export function split(call: StackCall, at: Location, inner: Evaluate): Described {
  const [first, second] = argumentsOf(call);
  const delimiter = first && stringValue(inner(first));
  if (delimiter?.state !== 'known' || !second) return open('Split', at, 'what it splits is computed');
  return splitPart(inner(second), delimiter.value);
}

function splitPart(part: Described, delimiter: string): Described {
  if (part.kind === 'choice') {
    return {
      ...part,
      branches: part.branches.map(({ when, value }) => ({ when, value: splitPart(value, delimiter) })),
    };
  }
  const text = stringValue(part);
  return listOfText(text.state === 'known' ? text.value : '', delimiter, part);
}

export function select(call: StackCall, at: Location, inner: Evaluate): Described {
  const [first, second] = argumentsOf(call);
  const index = first && stringValue(inner(first));
  if (index?.state !== 'known' || !second) return open('Select', at, 'which item it takes is computed');
  return selectPart(inner(second), Number(index.value), at);
}

function selectPart(part: Described, index: number, at: Location): Described {
  if (part.kind === 'choice') {
    return {
      ...part,
      branches: part.branches.map(({ when, value }) => ({ when, value: selectPart(value, index, at) })),
    };
  }
  const item = part.kind === 'list' && part.complete ? part.items[index] : undefined;
  return item ?? open('Select', at, 'the list that it takes an item of is computed');
}

export function findInMap(call: StackCall, at: Location, context: StackContext, inner: Evaluate): Described {
  const [map, ...keys] = argumentsOf(call)
    .slice(0, 3)
    .map((argument) => stringValue(inner(argument)));
  const mappings = context.template.mappings;
  const [top, second] = keys;
  if (map?.state !== 'known' || !top || second?.state !== 'known' || mappings?.kind !== 'object') {
    return open('FindInMap', at, 'the keys that it looks up are computed');
  }
  const entries = objectAt(mappings, map.value)?.entries ?? [];
  const step = { at, text: `FindInMap ${map.value}` };
  const found = entries.flatMap(({ key, value }) => {
    if (top.state === 'known' && top.value !== key) return [];
    const cell = value.kind === 'object' ? valueAt(value, second.value) : undefined;
    return cell ? [{ when: `${partName(top)} is ${key}`, value: reachedBy(inner(cell, 0), step) }] : [];
  });
  const [only, more] = found;
  if (!only || found.length > MAX_BRANCHES) return open('FindInMap', at, 'the keys that it looks up are not decided');
  return more ? { kind: 'choice', at, branches: found } : only.value;
}

function valueAt(object: StackObject, key: string): StackExpression | undefined {
  return object.entries.findLast((entry) => entry.key === key)?.value;
}

function objectAt(object: StackObject, key: string): StackObject | undefined {
  const value = valueAt(object, key);
  return value?.kind === 'object' ? value : undefined;
}

/** The words for a key that is not decided: `AWS::Region` of `${AWS::Region}`. */
function partName(key: Value<string>): string {
  return key.state === 'dynamic' ? key.text.replace(/^\$\{(.*)\}$/, '$1') : 'the key';
}
