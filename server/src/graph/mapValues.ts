// Facts with some of their values replaced. Facts are plain data, so one walk serves them all; what does not change
// stays the same object.

import type { Value } from '../facts/value.ts';

export type Scalar = string | number | boolean;

/** A value of a scalar, or one that is not decided. */
export type ScalarValue = Value<Scalar>;

/** The facts with every scalar value that `change` answers differently replaced. */
export function mapValues<T>(facts: T, change: Change): T {
  return mapped(facts, '', change) as T;
}

/** `key` is the property that the value is, or that the list is which holds it. */
export type Change = (value: ScalarValue, key: string) => ScalarValue;

function mapped(node: unknown, key: string, change: Change): unknown {
  if (Array.isArray(node)) {
    const items = node.map((item) => mapped(item, key, change));
    return items.some((item, index) => item !== node[index]) ? items : node;
  }
  if (typeof node !== 'object' || node === null) return node;
  if (isScalarValue(node)) return change(node, key);
  const entries = Object.entries(node).map(([name, value]) => {
    // The words of a list stand at `value` of the known list.
    const inner = name === 'value' || name === 'items' ? key : name;
    return [name, name === 'at' ? value : mapped(value, inner, change)] as const;
  });
  const isSame = entries.every(([name, value]) => value === (node as Readonly<Record<string, unknown>>)[name]);
  return isSame ? node : Object.fromEntries(entries);
}

function isScalarValue(node: object): node is ScalarValue {
  if (!('state' in node) || !('at' in node)) return false;
  return node.state === 'dynamic' || (node.state === 'known' && 'value' in node && typeof node.value !== 'object');
}
