// From parts of a description to values with their states: what is known, what a condition or a template decides, what is
// surely not said. Shared by all readers of this folder.

import { liesWithin } from '../../base/text.ts';
import {
  absent,
  absentList,
  type Dynamic,
  dynamic,
  known,
  type List,
  unseenList,
  type Value,
} from '../../facts/value.ts';
import type { Described, DescribedChoice, DescribedEntry, DescribedList, DescribedObject } from './described.ts';

const CONDITION = 'a condition of the template decides it';
const COMPUTED = 'it is computed when the file is deployed';

type Plain = string | number | boolean;

/** An object's entry of that key; where it is repeated the last one, as parsers decide. */
export function entryOf(object: DescribedObject, key: string): DescribedEntry | undefined {
  const { entries } = object;
  for (let i = entries.length - 1; i >= 0; i--) if (entries[i]?.key === key) return entries[i];
  return undefined;
}

/** What it means that an object does not say something. */
export function missing<T>(object: DescribedObject): Value<T> {
  return object.unsaid === undefined ? absent(object.nameAt) : dynamic('', object.nameAt, object.unsaid);
}

/** The same object, named by the value at one of these keys where that stands in it. */
export function named(object: DescribedObject, ...keys: readonly string[]): DescribedObject {
  for (const key of keys) {
    const value = entryOf(object, key)?.value;
    if (value?.kind !== 'scalar' || value.value.state === 'absent') continue;
    const { at } = value.value;
    if (at.span.end > at.span.start && liesWithin(at, object.at)) return { ...object, nameAt: at };
  }
  return object;
}

// Scalars

/** A part that is said but cannot be read as what it should be. */
export function undecided(part: Described, reason = COMPUTED): Dynamic {
  switch (part.kind) {
    case 'scalar': {
      const { value } = part;
      if (value.state === 'known') return dynamic(String(value.value), value.at, reason);
      return value.state === 'dynamic' ? value : dynamic('', value.at, reason);
    }
    case 'list':
      return dynamic('[…]', part.at, reason);
    default:
      return dynamic('{…}', part.at, reason);
  }
}

export function stringValue(part: Described): Value<string> {
  return scalarValue(part, String);
}

export function numberValue(part: Described): Value<number> {
  return scalarValue(part, (plain) => {
    const text = String(plain).trim();
    return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  });
}

function booleanValue(part: Described): Value<boolean> {
  return scalarValue(part, (plain) => {
    const text = String(plain).trim().toLowerCase();
    return text === 'true' || text === 'false' ? text === 'true' : undefined;
  });
}

function scalarValue<T>(part: Described, convert: (plain: Plain) => T | undefined): Value<T> {
  if (part.kind === 'choice') return choiceOf(part, (branch) => scalarValue(branch, convert));
  return part.kind === 'scalar' ? convertValue(part.value, convert) : undecided(part);
}

function convertValue<T>(value: Value<Plain>, convert: (plain: Plain) => T | undefined): Value<T> {
  switch (value.state) {
    case 'known': {
      const converted = convert(value.value);
      if (converted !== undefined) return { ...value, value: converted };
      return dynamic(String(value.value), value.at, 'it is not what ECS expects there');
    }
    case 'choice': {
      const branches = value.branches.map((branch) => ({ ...branch, value: convertValue(branch.value, convert) }));
      return { ...value, branches };
    }
    default:
      return value;
  }
}

function choiceOf<T>(choice: DescribedChoice, convert: (branch: Described) => Value<T>): Value<T> {
  const branches = choice.branches.map(({ when, value }) => ({ when, value: convert(value) }));
  return { state: 'choice', branches, at: choice.at };
}

/** The value of a property, or what its absence means; `convert` sees no choice and nothing absent. */
export function readWith<T>(
  object: DescribedObject,
  key: string,
  convert: (part: Described, entry: DescribedEntry) => Value<T>,
): Value<T> {
  const entry = entryOf(object, key);
  if (!entry) return missing(object);
  if (entry.conditional) return undecided(entry.value, CONDITION);
  const decide = (part: Described): Value<T> => {
    if (part.kind === 'choice') return choiceOf(part, decide);
    if (part.kind === 'scalar' && part.value.state === 'absent') return absent(object.nameAt);
    return convert(part, entry);
  };
  return decide(entry.value);
}

export function readString(object: DescribedObject, key: string): Value<string> {
  return readWith(object, key, stringValue);
}

export function readNumber(object: DescribedObject, key: string): Value<number> {
  return readWith(object, key, numberValue);
}

export function readBoolean(object: DescribedObject, key: string): Value<boolean> {
  return readWith(object, key, booleanValue);
}

/** A name is what it is even where a condition decides whether the thing it names is there. */
export function readName(object: DescribedObject, key: string): Value<string> {
  const value = entryOf(object, key)?.value;
  return !value || isNothing(value) ? missing(object) : stringValue(value);
}

/** A list of strings of which each may be undecided. */
export function readWords(object: DescribedObject, key: string): Value<readonly Value<string>[]> {
  return readWith(object, key, (part) => {
    if (part.kind !== 'list' || !part.complete) return undecided(part);
    const words = part.items.filter((item) => !isNothing(item));
    if (words.some(mayBeNothing)) return undecided(part, CONDITION);
    return known(words.map(stringValue), part.at);
  });
}

/** A list of strings that is known only as a whole. */
export function readStrings(object: DescribedObject, key: string): Value<readonly string[]> {
  return readWith(object, key, (part) => {
    if (part.kind !== 'list' || !part.complete) return undecided(part);
    const words = part.items.map(stringValue);
    const texts = words.flatMap((word) => (word.state === 'known' ? [word.value] : []));
    return texts.length === words.length ? known(texts, part.at) : undecided(part);
  });
}

// Objects

/** A property that is an object; `at` of the value is its key. */
export function readObject<T>(object: DescribedObject, key: string, convert: (child: DescribedObject) => T): Value<T> {
  return readWith(object, key, (part, entry) =>
    part.kind === 'object' ? known(convert(part), entry.keyAt) : undecided(part),
  );
}

/** A value inside an object that is a property; absent where that object is absent. */
export function readNested<T>(
  object: DescribedObject,
  key: string,
  read: (child: DescribedObject) => Value<T>,
): Value<T> {
  return readWith(object, key, (part) => (part.kind === 'object' ? read(part) : undecided(part)));
}

/** The child object of a property; undefined where it is not there or cannot be seen. */
export function childObject(object: DescribedObject, key: string): DescribedObject | undefined {
  const entry = entryOf(object, key);
  return entry && objectOf(entry.value);
}

/** A part as an object. Of a choice it is the one whose properties are choices. */
export function objectOf(part: Described | undefined): DescribedObject | undefined {
  if (part?.kind === 'object') return part;
  if (part?.kind !== 'choice') return undefined;
  const branches = part.branches.flatMap(({ when, value }) => {
    const object = objectOf(value);
    return object ? [{ when, object }] : [];
  });
  const [first, second] = branches;
  if (!first || branches.length < part.branches.filter(({ value }) => !isNothing(value)).length) return undefined;
  return second ? mergedObject(part, branches) : first.object;
}

function mergedObject(
  choice: DescribedChoice,
  branches: readonly { readonly when: string; readonly object: DescribedObject }[],
): DescribedObject {
  const byKey = new Map(branches.flatMap(({ object }) => object.entries.map((entry) => [entry.key, entry] as const)));
  const entries = [...byKey].map(
    ([key, entry]): DescribedEntry => ({
      key,
      keyAt: entry.keyAt,
      value: {
        kind: 'choice',
        at: choice.at,
        branches: branches.map(({ when, object }) => ({ when, value: entryOf(object, key)?.value ?? nothing(object) })),
      },
    }),
  );
  const unsaid = branches.find(({ object }) => object.unsaid !== undefined)?.object.unsaid;
  const nameAt = branches[0]?.object.nameAt ?? choice.at;
  return { kind: 'object', at: choice.at, nameAt, entries, ...(unsaid === undefined ? {} : { unsaid }) };
}

function nothing(object: DescribedObject): Described {
  return { kind: 'scalar', value: missing(object) };
}

function isNothing(part: Described): boolean {
  return part.kind === 'scalar' && part.value.state === 'absent';
}

function mayBeNothing(part: Described): boolean {
  return part.kind === 'choice' && part.branches.some(({ value }) => isNothing(value) || mayBeNothing(value));
}

// Lists

/** A list; entries that cannot be converted make it incomplete. `conditional` items may or may not be there. */
export function readList<T>(
  object: DescribedObject,
  key: string,
  convert: (item: Described, conditional: boolean) => T | undefined,
): List<T> {
  const entry = entryOf(object, key);
  if (!entry) return object.unsaid === undefined ? absentList(object.nameAt) : unseenList(object.nameAt);
  if (isNothing(entry.value)) return absentList(object.nameAt);
  return listOf(entry.value, entry.conditional === true, convert);
}

/** A list below objects that are properties of each other: `awsvpcConfiguration` of `networkConfiguration`. */
export function readListWithin<T>(
  object: DescribedObject,
  path: readonly string[],
  convert: (item: Described, conditional: boolean) => T | undefined,
): List<T> {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return readList(object, key, convert);
  const child = childObject(object, key);
  if (child) return readListWithin(child, rest, convert);
  return readList<T>(object, key, () => undefined);
}

export function readObjects<T>(
  object: DescribedObject,
  key: string,
  convert: (item: DescribedObject, conditional: boolean) => T | undefined,
): List<T> {
  return readList(object, key, objectItems(convert));
}

/** Lets a list be read object by object. */
export function objectItems<T>(
  convert: (item: DescribedObject, conditional: boolean) => T | undefined,
): (item: Described, conditional: boolean) => T | undefined {
  return (item, conditional) => {
    const object = objectOf(item);
    return object && convert(object, conditional);
  };
}

/** The items of a list, of the lists of a choice that are of one length, or of the only list of a choice. */
export function listOf<T>(
  part: Described,
  conditional: boolean,
  convert: (item: Described, conditional: boolean) => T | undefined,
): List<T> {
  if (part.kind === 'choice') return listOfChoice(part, convert);
  if (part.kind !== 'list') return unseenList(part.kind === 'scalar' ? part.value.at : part.at);
  const present = part.items.filter((item) => !isNothing(item));
  const sure = !conditional && !present.some(mayBeNothing);
  const items = present.flatMap((item) => {
    const converted = convert(withoutNothing(item), conditional || mayBeNothing(item));
    return converted === undefined ? [] : [converted];
  });
  const complete = part.complete && sure && items.length === present.length;
  return { state: 'present', items, complete, at: part.at };
}

function listOfChoice<T>(
  choice: DescribedChoice,
  convert: (item: Described, conditional: boolean) => T | undefined,
): List<T> {
  const branches = choice.branches.filter(({ value }) => !isNothing(value));
  const conditional = branches.length < choice.branches.length;
  const [only, second] = branches;
  if (only && !second) return listOf(only.value, conditional, convert);
  const lists = branches.flatMap(({ when, value }) => (value.kind === 'list' ? [{ when, list: value }] : []));
  const length = lists[0]?.list.items.length;
  if (lists.length < branches.length || length === undefined) return unseenList(choice.at);
  if (lists.some(({ list }) => list.items.length !== length || !list.complete)) return unseenList(choice.at);
  return listOf(zipped(choice, lists, length), conditional, convert);
}

/** Every object that a list may hold, whatever its conditions decide; undefined where not all of them can be seen. */
export function possibleItems(part: Described): readonly DescribedObject[] | undefined {
  if (part.kind === 'object') return [part];
  if (isNothing(part)) return [];
  if (part.kind === 'scalar' || (part.kind === 'list' && !part.complete)) return undefined;
  const parts = part.kind === 'list' ? part.items : part.branches.map(({ value }) => value);
  const items = parts.map(possibleItems);
  return items.includes(undefined) ? undefined : items.flatMap((each) => each ?? []);
}

function zipped(
  choice: DescribedChoice,
  lists: readonly { readonly when: string; readonly list: DescribedList }[],
  length: number,
): DescribedList {
  const items = Array.from({ length }, (_, index): Described => {
    const branches = lists.flatMap(({ when, list }) => {
      const value = list.items[index];
      return value ? [{ when, value }] : [];
    });
    return { kind: 'choice', at: choice.at, branches };
  });
  return { kind: 'list', at: choice.at, items, complete: true };
}

/** A choice between something and nothing is that something. */
function withoutNothing(part: Described): Described {
  if (!mayBeNothing(part) || part.kind !== 'choice') return part;
  const branches = part.branches.filter(({ value }) => !isNothing(value));
  const [first, second] = branches;
  return first && !second ? withoutNothing(first.value) : { ...part, branches };
}
