// Facts with some of their values replaced. Facts are plain data, so one walk serves them all; what does not change
// stays the same object.

import type { Value } from '../facts/value.ts';

export type Scalar = string | number | boolean;

/** A value of a scalar, or one that is not decided. */
export type ScalarValue = Value<Scalar>;

/** The facts with every scalar value that `change` answers differently replaced. */
export function mapValues<T>(facts: T, change: (value: ScalarValue) => ScalarValue): T {
  return mapped(facts, change) as T;
}

function mapped(node: unknown, change: (value: ScalarValue) => ScalarValue): unknown {
  if (Array.isArray(node)) {
    const items = node.map((item) => mapped(item, change));
    return items.some((item, index) => item !== node[index]) ? items : node;
  }
  if (typeof node !== 'object' || node === null) return node;
  if (isScalarValue(node)) return change(node);
  const entries = Object.entries(node).map(
    ([key, value]) => [key, key === 'at' ? value : mapped(value, change)] as const,
  );
  const isSame = entries.every(([key, value]) => value === (node as Readonly<Record<string, unknown>>)[key]);
  return isSame ? node : Object.fromEntries(entries);
}

function isScalarValue(node: object): node is ScalarValue {
  if (!('state' in node) || !('at' in node)) return false;
  return node.state === 'dynamic' || (node.state === 'known' && 'value' in node && typeof node.value !== 'object');
}
