// What expressions of Terraform evaluate to. Every part keeps the place a reader would change, and a text that is put
// together keeps its parts, so that places inside rendered JSON can be told. Unknown is a value.

import type { Location } from '../../base/text.ts';
import type { Address } from '../../facts/reference.ts';
import type { Step } from '../../facts/value.ts';

export type TerraformValue =
  | ScalarValue
  | TextValue
  | ListValue
  | ObjectValue
  | UnknownValue
  | ChoiceValue
  | EncodedValue
  | LazyValue;

export type Plain = string | number | boolean;

interface Origin {
  readonly at: Location;
  readonly trail?: readonly Step[];
  /** The resource of which it is an attribute. */
  readonly reference?: Address;
  /** Of a part that is interpolated: where that is written. */
  readonly written?: Location;
}

export interface ScalarValue extends Origin {
  readonly kind: 'scalar';
  readonly value: Plain | null;
}

/** A text of several parts, or one that is not known whole. */
export interface TextValue {
  readonly kind: 'text';
  readonly parts: readonly TextPart[];
  readonly at: Location;
}

export type TextPart = TextPiece | UnknownValue;

/** A piece whose place is as long as its text stands there unit for unit. */
export interface TextPiece extends Origin {
  readonly kind: 'piece';
  readonly text: string;
  /** A number or a truth value that became text. */
  readonly plain?: Plain;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly TerraformValue[];
  /** False where more items may be in it. */
  readonly complete: boolean;
  readonly at: Location;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly entries: readonly ObjectEntry[];
  /** Why what it does not say is not absent, where it is not. */
  readonly unsaid?: string;
  readonly at: Location;
  /** The token that names it, where its start does not. */
  readonly nameAt?: Location;
}

export interface ObjectEntry {
  readonly key: string;
  readonly keyAt: Location;
  readonly value: TerraformValue;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  /** As a person would write it: `var.image`. */
  readonly text: string;
  readonly at: Location;
  readonly reason: string;
  readonly reference?: Address;
  /** Of a part that is interpolated: where that is written. */
  readonly written?: Location;
}

export interface ChoiceValue {
  readonly kind: 'choice';
  readonly branches: readonly { readonly when: string; readonly value: TerraformValue }[];
  readonly at: Location;
}

/** What `jsonencode` was given. */
export interface EncodedValue {
  readonly kind: 'encoded';
  readonly value: TerraformValue;
  readonly at: Location;
}

/** A resource or a module: its attributes are evaluated when they are asked for. */
export interface LazyValue {
  readonly kind: 'lazy';
  readonly text: string;
  readonly at: Location;
  readonly reference?: Address;
  attribute(name: string, at: Location): TerraformValue;
}

/** More parts, items or entries than this are not followed. */
export const MAX_SIZE = 10_000;
const MAX_BRANCHES = 8;
const MAX_COMPARED_DEPTH = 3;
const MAX_COMPARED = 50;

export function scalar(value: Plain | null, at: Location): ScalarValue {
  return { kind: 'scalar', value, at };
}

export function unknown(text: string, at: Location, reason: string, reference?: Address): UnknownValue {
  return reference === undefined
    ? { kind: 'unknown', text, at, reason }
    : { kind: 'unknown', text, at, reason, reference };
}

export function entryOf(object: ObjectValue, key: string): ObjectEntry | undefined {
  return object.entries.findLast((entry) => entry.key === key);
}

/** Each key once, in the order that Terraform goes through them. */
export function sortedEntries(object: ObjectValue): readonly ObjectEntry[] {
  return [...new Map(object.entries.map((entry) => [entry.key, entry])).values()].sort((a, b) =>
    compareTexts(a.key, b.key),
  );
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The same value reached by one more step. */
export function reachedBy(value: TerraformValue, step: Step): TerraformValue {
  if (value.kind === 'scalar') return { ...value, trail: [step, ...(value.trail ?? [])] };
  if (value.kind === 'choice') {
    return { ...value, branches: value.branches.map((one) => ({ when: one.when, value: reachedBy(one.value, step) })) };
  }
  return value;
}

/** The same value as an attribute of a resource. */
export function belongsTo(value: TerraformValue, text: string, reference: Address): TerraformValue {
  if (value.kind === 'scalar') return { ...value, reference };
  if (value.kind === 'unknown') return { ...value, reference };
  if (value.kind !== 'text') return value;
  if (value.parts.every((part) => part.kind === 'piece')) {
    return { ...value, parts: value.parts.map((part) => ({ ...part, reference })) };
  }
  return unknown(text, value.at, 'parts of it are known only after the deployment', reference);
}

/** How many parts, items or entries it has; those of lists in a list count too. */
export function sizeOf(value: TerraformValue): number {
  if (value.kind === 'text') return value.parts.length;
  if (value.kind === 'object') return value.entries.length;
  if (value.kind !== 'list') return 1;
  return value.items.reduce((total, item) => total + (item.kind === 'list' ? item.items.length : 1), 1);
}

// Texts

/** A value as parts of a text; undefined where it is none. */
export function textParts(value: TerraformValue): readonly TextPart[] | undefined {
  switch (value.kind) {
    case 'scalar': {
      const { value: plain, kind: _, ...origin } = value;
      if (plain === null) return undefined;
      const piece: TextPiece = { kind: 'piece', text: String(plain), ...origin };
      return [typeof plain === 'string' ? piece : { ...piece, plain }];
    }
    case 'text':
      return value.parts;
    case 'unknown':
      return [value];
    default:
      return undefined;
  }
}

/** A text of parts; one known part alone is that value. */
export function joinParts(parts: readonly TextPart[], at: Location): TerraformValue {
  const [only, second] = parts;
  if (!only) return scalar('', at);
  if (parts.length > MAX_SIZE) return unknown('…', at, 'it has too many parts');
  if (second) return { kind: 'text', parts, at };
  if (only.kind === 'unknown') return only;
  const { kind: _, text, plain: __, written: ___, ...origin } = only;
  return { kind: 'scalar', value: text, ...origin };
}

export function knownText(value: TerraformValue | undefined): string | undefined {
  if (value?.kind === 'scalar') return value.value === null ? undefined : String(value.value);
  if (value?.kind !== 'text') return undefined;
  return value.parts.every((part) => part.kind === 'piece') ? value.parts.map((part) => part.text).join('') : undefined;
}

export function knownNumber(value: TerraformValue | undefined): number | undefined {
  if (value?.kind === 'scalar' && typeof value.value === 'number') return value.value;
  const text = knownText(value)?.trim();
  return text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

export function knownBoolean(value: TerraformValue | undefined): boolean | undefined {
  const text = knownText(value);
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

export function isNull(value: TerraformValue): boolean {
  return value.kind === 'scalar' && value.value === null;
}

/** The text of a value that is not known whole: `${var.registry}/app:latest`. */
export function printText(parts: readonly TextPart[]): string {
  return parts.map((part) => (part.kind === 'piece' ? part.text : `\${${part.text}}`)).join('');
}

// Choices

/** Converts each branch of a choice, or the value itself. */
export function eachBranch(value: TerraformValue, convert: (value: TerraformValue) => TerraformValue): TerraformValue {
  if (value.kind !== 'choice') return convert(value);
  return {
    ...value,
    branches: value.branches.map((one) => ({ when: one.when, value: eachBranch(one.value, convert) })),
  };
}

/** One of several values; equal scalars are one. */
export function choose(branches: ChoiceValue['branches'], at: Location): TerraformValue {
  const flat = branches.flatMap(({ when, value }) =>
    value.kind === 'choice'
      ? value.branches.map((inner) => ({ when: `${when}, ${inner.when}`, value: inner.value }))
      : [{ when, value }],
  );
  const [first, ...others] = flat;
  if (first && others.every(({ value }) => sameScalar(first.value, value))) return first.value;
  if (flat.length > MAX_BRANCHES) return unknown('…', at, 'conditions decide it');
  return { kind: 'choice', branches: flat, at };
}

function sameScalar(a: TerraformValue, b: TerraformValue): boolean {
  return a.kind === 'scalar' && b.kind === 'scalar' && a.value === b.value;
}

/** Whether two values are equal; undefined where that is not known. */
export function areEqual(a: TerraformValue, b: TerraformValue, depth = 0): boolean | undefined {
  if (depth > MAX_COMPARED_DEPTH) return undefined;
  if (isNull(a) || isNull(b)) {
    const other = isNull(a) ? b : a;
    if (other.kind === 'unknown' || other.kind === 'choice' || other.kind === 'lazy') return undefined;
    return isNull(a) && isNull(b);
  }
  if (a.kind === 'scalar' && b.kind === 'scalar') return a.value === b.value;
  if (a.kind === 'list' && b.kind === 'list') return areItemsEqual(a, b, depth);
  if (a.kind === 'object' && b.kind === 'object') return areEntriesEqual(a, b, depth);
  const [left, right] = [knownText(a), knownText(b)];
  if (left !== undefined && right !== undefined) return left === right;
  if ((right === '' && hasText(a)) || (left === '' && hasText(b))) return false;
  return undefined;
}

/** Whether something is in a text, whatever its unknown parts are. */
function hasText(value: TerraformValue): boolean {
  return value.kind === 'text' && value.parts.some((part) => part.kind === 'piece' && part.text !== '');
}

function areItemsEqual(a: ListValue, b: ListValue, depth: number): boolean | undefined {
  if (!a.complete || !b.complete) return undefined;
  if (a.items.length !== b.items.length) return false;
  return areAllEqual(
    a.items.map((item, index) => [item, b.items[index]]),
    depth,
  );
}

function areEntriesEqual(a: ObjectValue, b: ObjectValue, depth: number): boolean | undefined {
  if (a.unsaid !== undefined || b.unsaid !== undefined) return undefined;
  if (a.entries.length !== b.entries.length) return false;
  return areAllEqual(
    a.entries.map((entry) => [entry.value, entryOf(b, entry.key)?.value]),
    depth,
  );
}

function areAllEqual(
  pairs: readonly (readonly [TerraformValue, TerraformValue | undefined])[],
  depth: number,
): boolean | undefined {
  let all: boolean | undefined = true;
  for (const [left, right] of pairs.slice(0, MAX_COMPARED)) {
    const equal = right !== undefined && areEqual(left, right, depth + 1);
    if (equal === false) return false;
    if (equal === undefined) all = undefined;
  }
  return pairs.length > MAX_COMPARED ? undefined : all;
}
