// Values of Terraform as descriptions in the words of the API: the same parts, with their places and their names.

import type { Location } from '../../base/text.ts';
import { absent, dynamic, known, type Step, type Value } from '../../facts/value.ts';
import type { Described, DescribedEntry, DescribedObject } from '../described/described.ts';
import { joinedText, piecesOf } from '../described/join.ts';
import { decodeJson, encodeJson } from './json.ts';
import {
  knownText,
  type ObjectValue,
  printText,
  type TerraformValue,
  type TextPart,
  textParts,
  type UnknownValue,
} from './values.ts';

/** How values are to be taken: as they are, or as the resources they belong to. */
export type Taking = 'value' | 'reference';

/** Names of keys, where they differ from those of the API. */
export type KeyNames = (key: string) => string;

/** Parts of a value that are still described; values that share parts can be far larger than what is written. */
interface Budget {
  left: number;
}

const MAX_PARTS = 50_000;

const asWritten: KeyNames = (key) => key;

export function describe(
  value: TerraformValue,
  taking: Taking = 'value',
  names: KeyNames = asWritten,
  budget: Budget = { left: MAX_PARTS },
): Described {
  budget.left--;
  if (budget.left < 0) return { kind: 'scalar', value: dynamic('…', value.at, 'it has too many parts') };
  switch (value.kind) {
    case 'scalar':
      return { kind: 'scalar', value: describeScalar(value, taking) };
    case 'text':
      return { kind: 'scalar', value: describeText(value.parts, value.at, taking) };
    case 'unknown':
      return { kind: 'scalar', value: describeUnknown(value, taking) };
    case 'lazy': {
      const { text, at, reference } = value;
      if (taking === 'reference' && reference !== undefined) return { kind: 'scalar', value: known(reference, at) };
      return { kind: 'scalar', value: dynamic(text, at) };
    }
    case 'list':
      return {
        kind: 'list',
        at: value.at,
        items: value.items.map((item) => describe(item, taking, names, budget)),
        complete: value.complete,
      };
    case 'object':
      return describeObject(value, taking, names, budget);
    case 'encoded':
      return describe(value.value, taking, names, budget);
    case 'choice':
      return {
        kind: 'choice',
        at: value.at,
        branches: value.branches.map((branch) => ({
          when: branch.when,
          value: describe(branch.value, taking, names, budget),
        })),
      };
  }
}

export function describeObject(
  object: ObjectValue,
  taking: Taking = 'value',
  names: KeyNames = asWritten,
  budget: Budget = { left: MAX_PARTS },
): DescribedObject {
  const entries = object.entries.map((entry): DescribedEntry => {
    const value = describe(entry.value, taking, names, budget);
    const named = value.kind === 'object' ? { ...value, nameAt: entry.keyAt } : value;
    return { key: names(entry.key), keyAt: entry.keyAt, value: named };
  });
  const { at, unsaid } = object;
  return {
    kind: 'object',
    at,
    nameAt: object.nameAt ?? startOf(at),
    entries,
    ...(unsaid === undefined ? {} : { unsaid }),
  };
}

export function startOf({ uri, span }: Location): Location {
  return { uri, span: { start: span.start, end: Math.min(span.start + 1, span.end) } };
}

type Scalar = Extract<TerraformValue, { kind: 'scalar' }>;

function describeScalar(value: Scalar, taking: Taking): Value<string | number | boolean> {
  if (taking === 'reference' && value.reference !== undefined) return known(value.reference, value.at, value.trail);
  return value.value === null ? absent(value.at) : known(value.value, value.at, value.trail);
}

function describeUnknown(value: UnknownValue, taking: Taking): Value<string> {
  if (taking === 'reference' && value.reference !== undefined) return known(value.reference, value.at);
  return dynamic(`\${${value.text}}`, value.written ?? value.at, value.reason);
}

function describeText(parts: readonly TextPart[], at: Location, taking: Taking): Value<string> {
  if (taking === 'reference') return describeReference(parts, at);
  const text = knownText({ kind: 'text', parts, at });
  if (text !== undefined) return { ...known(text, at, trailOf(parts)), pieces: piecesOf(parts.map(pieceValue)) };
  const open = parts.find((part) => part.kind === 'unknown');
  return dynamic(printText(parts), at, open?.kind === 'unknown' ? open.reason : undefined);
}

function pieceValue(part: TextPart): Value<string> {
  return part.kind === 'piece' ? known(part.text, part.at, part.trail) : dynamic(part.text, part.at, part.reason);
}

function trailOf(parts: readonly TextPart[]): readonly Step[] {
  return parts.flatMap((part) => (part.kind === 'piece' ? (part.trail ?? []) : []));
}

/** `family:revision` of one task definition is that task definition. */
function describeReference(parts: readonly TextPart[], at: Location): Value<string> {
  const references = new Set(parts.flatMap((part) => part.reference ?? []));
  const foreign = parts.some((part) => part.reference === undefined && !(part.kind === 'piece' && part.text === ':'));
  const [only, second] = references;
  if (only !== undefined && second === undefined && !foreign) return known(only, at);
  return joinedText(
    parts.map((part) => (part.reference === undefined ? pieceValue(part) : known(part.reference, part.at))),
    at,
  );
}

/** The provider reads JSON whatever the case of its keys: https://pkg.go.dev/encoding/json#Unmarshal */
const smallFirst: KeyNames = (key) => (/^[A-Z][a-z]/.test(key) ? key.charAt(0).toLowerCase() + key.slice(1) : key);

/** A value that AWS takes as JSON text: what is in it, read as JSON. */
export function describeJson(value: TerraformValue): Described {
  if (value.kind === 'choice') {
    return {
      kind: 'choice',
      at: value.at,
      branches: value.branches.map((branch) => ({ when: branch.when, value: describeJson(branch.value) })),
    };
  }
  if (value.kind === 'scalar' || value.kind === 'text') {
    const parts = textParts(value);
    const decoded = parts && decodeJson(parts, value.at);
    if (decoded && decoded.kind !== 'scalar') return describe(decoded, 'value', smallFirst);
  }
  return describe(value, 'value', smallFirst);
}

/** A value that AWS takes as text, written out where `jsonencode` makes it. */
export function describeAsText(value: TerraformValue): Described {
  if (value.kind !== 'encoded') return describe(value);
  return { kind: 'scalar', value: describeText(encodeJson(value.value, value.at), value.at, 'value') };
}
