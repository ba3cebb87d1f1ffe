// Facts as short plain values, so that tests can compare them: what is known as itself, the rest by its state and text.

import assert from 'node:assert/strict';
import type { Location } from '../../server/src/base/text.ts';
import type { Fact, FactKind, FileFacts } from '../../server/src/facts/fileFacts.ts';
import type { List, Value } from '../../server/src/facts/value.ts';
import type { Source } from '../../server/src/sources/source.ts';

export const uri = 'file:///repo/file.json';

export function only<K extends FactKind>(facts: FileFacts, kind: K): Extract<Fact, { kind: K }> {
  const found = facts.facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  assert.equal(found.length, 1, `one ${kind} in ${JSON.stringify(facts.facts.map((fact) => fact.kind))}`);
  const [fact] = found;
  assert(fact);
  return fact;
}

/** `5001`, `'absent'` or `'dynamic: ${PORT}'`. */
export function short(value: Value<unknown> | undefined): unknown {
  if (value?.state === 'known') return value.value;
  return value?.state === 'dynamic' ? `dynamic: ${value.text}` : value?.state;
}

/** The words of a command. */
export function words(value: Value<readonly Value<string>[]>): unknown {
  return value.state === 'known' ? value.value.map(short) : short(value);
}

export function item<T>(list: List<T>, index = 0): T {
  const found = list.items[index];
  assert(found !== undefined, `item ${index} of ${list.items.length}`);
  return found;
}

export function slice(text: string, at: Location): string {
  return text.slice(at.span.start, at.span.end);
}

export function extract(source: Source, text: string, at = uri): FileFacts {
  return source.extract({ uri: at, text });
}
