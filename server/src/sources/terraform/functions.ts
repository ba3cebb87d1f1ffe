// The functions of Terraform that matter to deployments, on values. What cannot be computed answers undefined.
// https://developer.hashicorp.com/terraform/language/functions

import type { Location } from '../../base/text.ts';
import { decodeJson } from './json.ts';
import {
  compareTexts,
  eachBranch,
  entryOf,
  isNull,
  joinParts,
  knownBoolean,
  knownNumber,
  knownText,
  MAX_SIZE,
  type ObjectEntry,
  scalar,
  sortedEntries,
  type TerraformValue,
  type TextPart,
  textParts,
  unknown,
} from './values.ts';

/** Lists in lists deeper than this are not flattened. */
const MAX_NESTING = 5;

type Result = TerraformValue | undefined;
type TerraformFunction = (values: readonly TerraformValue[], at: Location) => Result;

export function callFunction(name: string, values: readonly TerraformValue[], at: Location): Result {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]?.(values, at) : undefined;
}

/** A function of known texts. */
function ofTexts(compute: (texts: readonly string[]) => string | undefined): TerraformFunction {
  return (values, at) => {
    const texts = values.map(knownText);
    const known = texts.flatMap((text) => (text === undefined ? [] : [text]));
    if (known.length < texts.length) return undefined;
    const result = compute(known);
    if (result === undefined || result.length > 1_000_000) return undefined;
    const [first] = values;
    // What stays as it was keeps its place.
    return first && result === known[0] ? first : scalar(result, at);
  };
}

function ofNumbers(compute: (numbers: readonly number[]) => number | undefined): TerraformFunction {
  return (values, at) => {
    const numbers = values.map(knownNumber);
    const known = numbers.flatMap((number) => (number === undefined ? [] : [number]));
    const result = known.length === numbers.length ? compute(known) : undefined;
    return result === undefined ? undefined : scalar(result, at);
  };
}

const same: TerraformFunction = ([value]) => value;

const FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  // Kinds
  tostring: ([value]) => convert(value, knownText),
  tonumber: ([value]) => convert(value, knownNumber),
  tobool: ([value]) => convert(value, knownBoolean),
  tolist: ([value]) => value,
  tomap: same,
  toset: ([value], at) => toSet(value, at),
  sensitive: same,
  nonsensitive: same,
  // Texts
  format: formatted,
  join: joined,
  split: ([separator, text], at) => {
    const [mark, whole] = [knownText(separator), knownText(text)];
    if (mark === undefined || whole === undefined) return undefined;
    const items = whole.split(mark).slice(0, MAX_SIZE);
    return { kind: 'list', items: items.map((item) => scalar(item, at)), complete: true, at };
  },
  replace: replaced,
  lower: ofTexts(([text]) => text?.toLowerCase()),
  upper: ofTexts(([text]) => text?.toUpperCase()),
  title: ofTexts(([text]) => text?.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())),
  trimspace: ofTexts(([text]) => text?.trim()),
  chomp: ofTexts(([text]) => text?.replace(/[\r\n]+$/, '')),
  trimprefix: ofTexts(([text = '', prefix = '']) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: ofTexts(([text = '', suffix = '']) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  substr: ([text, offset, length], at) => {
    const [whole, from, count] = [knownText(text), knownNumber(offset), knownNumber(length)];
    if (whole === undefined || from === undefined || count === undefined) return undefined;
    return scalar(count < 0 ? whole.slice(from) : whole.slice(from).slice(0, count), at);
  },
  startswith: ([text, prefix], at) => decide(knownText(text), knownText(prefix), at, (a, b) => a.startsWith(b)),
  endswith: ([text, suffix], at) => decide(knownText(text), knownText(suffix), at, (a, b) => a.endsWith(b)),
  // Numbers
  max: ofNumbers((numbers) => Math.max(...numbers.slice(0, MAX_SIZE))),
  min: ofNumbers((numbers) => Math.min(...numbers.slice(0, MAX_SIZE))),
  floor: ofNumbers(([number]) => number && Math.floor(number)),
  ceil: ofNumbers(([number]) => number && Math.ceil(number)),
  abs: ofNumbers(([number]) => number && Math.abs(number)),
  parseint: ([text, base], at) => {
    const number = Number.parseInt(knownText(text) ?? '', knownNumber(base) ?? 10);
    return Number.isNaN(number) ? undefined : scalar(number, at);
  },
  // Collections
  length: ([value], at) => lengthOf(value, at),
  concat: (values, at) => concatenated(values, at),
  flatten: ([value], at) => (value?.kind === 'list' ? flattened(value, at) : undefined),
  distinct: ([value]) => distinct(value),
  setunion: (values, at) => toSet(concatenated(values, at), at),
  compact: ([value]) => {
    if (value?.kind !== 'list') return undefined;
    return { ...value, items: value.items.filter((item) => !isNull(item) && knownText(item) !== '') };
  },
  merge: merged,
  lookup: ([object, key, fallback]) => lookedUp(object, key, fallback),
  element: ([list, index]) => {
    const number = knownNumber(index);
    if (list?.kind !== 'list' || !list.complete || number === undefined || list.items.length === 0) return undefined;
    return list.items[((Math.trunc(number) % list.items.length) + list.items.length) % list.items.length];
  },
  keys: ([object], at) => {
    if (object?.kind !== 'object') return undefined;
    const items = sortedEntries(object).map((entry) => scalar(entry.key, entry.keyAt));
    return { kind: 'list', items, complete: object.unsaid === undefined, at };
  },
  values: ([object], at) => {
    if (object?.kind !== 'object') return undefined;
    const items = sortedEntries(object).map((entry) => entry.value);
    return { kind: 'list', items, complete: object.unsaid === undefined, at };
  },
  zipmap: ([keys, values], at) => {
    if (keys?.kind !== 'list' || values?.kind !== 'list' || !keys.complete) return undefined;
    const entries = keys.items.map((key, index) => ({
      key: knownText(key),
      keyAt: key.at,
      value: values.items[index],
    }));
    const known = entries.flatMap(({ key, keyAt, value }) =>
      key === undefined || !value ? [] : [{ key, keyAt, value }],
    );
    return known.length === entries.length ? { kind: 'object', entries: known, at } : undefined;
  },
  contains: ([list, value], at) => contains(list, value, at),
  range: (values, at) => ranged(values, at),
  reverse: ([list]) => (list?.kind === 'list' ? { ...list, items: list.items.toReversed() } : undefined),
  sort: ([list]) => {
    if (list?.kind !== 'list' || list.items.some((item) => knownText(item) === undefined)) return undefined;
    return { ...list, items: list.items.toSorted((a, b) => compareTexts(knownText(a) ?? '', knownText(b) ?? '')) };
  },
  slice: ([list, start, end]) => {
    const [from, to] = [knownNumber(start), knownNumber(end)];
    if (list?.kind !== 'list' || !list.complete || from === undefined || to === undefined) return undefined;
    return { ...list, items: list.items.slice(from, to) };
  },
  one: ([list]) => {
    if (list?.kind !== 'list') return list;
    const [only, second] = list.items;
    if (!list.complete || second) return undefined;
    return only ?? scalar(null, list.at);
  },
  coalesce: (values) => firstThat(values, (value) => !isNull(value) && knownText(value) !== ''),
  coalescelist: (values) => firstThat(values, (value) => value.kind !== 'list' || value.items.length > 0),
  // JSON
  jsonencode: ([value], at) => value && { kind: 'encoded', value, at },
  jsondecode: ([value], at) => {
    if (value?.kind === 'encoded') return value.value;
    const parts = value && textParts(value);
    return parts && value.kind !== 'unknown' ? decodeJson(parts, at) : undefined;
  },
};

function convert(value: Result, read: (value: Result) => string | number | boolean | undefined): Result {
  if (value === undefined || isNull(value)) return value;
  const converted = read(value);
  if (converted === undefined) return value.kind === 'text' || value.kind === 'unknown' ? value : undefined;
  return value.kind === 'scalar' ? { ...value, value: converted } : value;
}

function decide(
  a: string | undefined,
  b: string | undefined,
  at: Location,
  test: (a: string, b: string) => boolean,
): Result {
  return a === undefined || b === undefined ? undefined : scalar(test(a, b), at);
}

/** Each item once; texts in their order, as sets of texts have it. */
function toSet(value: Result, at: Location): Result {
  const list = distinct(value);
  if (list?.kind !== 'list') return list;
  const sortable = list.items.every((item) => knownText(item) !== undefined);
  const items = sortable
    ? list.items.toSorted((a, b) => compareTexts(knownText(a) ?? '', knownText(b) ?? ''))
    : list.items;
  return { ...list, items, at };
}

function distinct(value: Result): Result {
  if (value?.kind !== 'list') return value;
  const seen = new Set<string>();
  const items = value.items.filter((item) => {
    const text = knownText(item);
    if (text === undefined) return true;
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
  return { ...value, items };
}

const VERB = /%(?:%|[-+ 0]*\d*(?:\.\d+)?[sdvqtf])/g;

/** `%s`, `%d` and their like; what is put in keeps its place. */
function formatted([pattern, ...values]: readonly TerraformValue[], at: Location): Result {
  const text = knownText(pattern);
  if (text === undefined) return undefined;
  const parts: TextPart[] = [];
  const put = (piece: string): void => {
    if (piece !== '') parts.push({ kind: 'piece', text: piece, at });
  };
  let offset = 0;
  let next = 0;
  for (const match of text.matchAll(VERB)) {
    put(text.slice(offset, match.index));
    offset = match.index + match[0].length;
    if (match[0] === '%%') {
      put('%');
      continue;
    }
    const value = values[next++];
    const inner = value && /^%[svdt]$/.test(match[0]) ? textParts(value) : undefined;
    if (inner) parts.push(...inner.map((part) => ({ ...part, written: at })));
    else parts.push(unknown(match[0], at, 'it is formatted from values that are not known'));
  }
  put(text.slice(offset));
  return joinParts(parts, at);
}

function joined([separator, ...lists]: readonly TerraformValue[], at: Location): Result {
  const mark = knownText(separator);
  if (mark === undefined) return undefined;
  const items = lists.flatMap((list): readonly Result[] =>
    list.kind === 'list' && list.complete ? list.items : [undefined],
  );
  const parts: TextPart[] = [];
  for (const [index, item] of items.entries()) {
    const inner = item && textParts(item);
    if (!inner || parts.length > MAX_SIZE) return undefined;
    if (index > 0 && mark !== '') parts.push({ kind: 'piece', text: mark, at });
    parts.push(...inner);
  }
  return joinParts(parts, at);
}

/** A pattern between slashes is a regular expression, which is not evaluated. */
function replaced([text, from, to]: readonly TerraformValue[], at: Location): Result {
  const [old, fresh] = [knownText(from), knownText(to)];
  if (!text || old === undefined || fresh === undefined || old === '' || /^\/.*\/$/.test(old)) return undefined;
  const parts = textParts(text);
  if (!parts) return undefined;
  if (!parts.some((part) => part.kind === 'piece' && part.text.includes(old))) return text;
  const changed = parts.map((part) =>
    part.kind === 'piece' ? { ...part, text: part.text.replaceAll(old, fresh), at } : part,
  );
  return joinParts(changed, at);
}

function lengthOf(value: Result, at: Location): Result {
  if (value?.kind === 'list') return value.complete ? scalar(value.items.length, at) : undefined;
  if (value?.kind === 'object') return value.unsaid === undefined ? scalar(sortedEntries(value).length, at) : undefined;
  const text = knownText(value);
  return text === undefined ? undefined : scalar(text.length, at);
}

function concatenated(values: readonly TerraformValue[], at: Location): TerraformValue {
  // One list alone stays where it is.
  const [only, second] = values.filter((value) => value.kind !== 'list' || value.items.length > 0 || !value.complete);
  if (only?.kind === 'list' && !second) return only;
  const items: TerraformValue[] = [];
  let complete = true;
  for (const value of values) {
    if (value.kind !== 'list' || !value.complete || items.length + value.items.length > MAX_SIZE) complete = false;
    if (value.kind === 'list' && items.length < MAX_SIZE) items.push(...value.items.slice(0, MAX_SIZE - items.length));
  }
  return { kind: 'list', items, complete, at };
}

function flattened(list: Extract<TerraformValue, { kind: 'list' }>, at: Location): TerraformValue {
  const items: TerraformValue[] = [];
  const complete = flattenInto(items, list, 0);
  return { kind: 'list', items, complete: complete && items.length < MAX_SIZE, at };
}

/** Answers whether everything is in the items now. */
function flattenInto(items: TerraformValue[], list: Extract<TerraformValue, { kind: 'list' }>, depth: number): boolean {
  let { complete } = list;
  for (const item of list.items) {
    if (items.length >= MAX_SIZE || depth > MAX_NESTING) return false;
    if (item.kind === 'unknown' || item.kind === 'choice') complete = false;
    if (item.kind !== 'list') items.push(item);
    else if (!flattenInto(items, item, depth + 1)) complete = false;
  }
  return complete;
}

function merged(values: readonly TerraformValue[], at: Location): Result {
  const present = values.filter((value) => !isNull(value));
  const [only, second] = present;
  if (only && !second) return only;
  const choices = present.filter(({ kind }) => kind === 'choice');
  const [choice] = choices;
  if (choice && choices.length === 1) {
    const among = (branch: TerraformValue) => present.map((value) => (value === choice ? branch : value));
    return eachBranch(
      choice,
      (branch) => merged(among(branch), at) ?? unknown('merge(…)', at, 'a part of it is not decided by the files'),
    );
  }
  const entries = new Map<string, ObjectEntry>();
  let unsaid: string | undefined;
  for (const value of present) {
    if (value.kind === 'object') {
      for (const entry of value.entries) {
        entries.delete(entry.key);
        entries.set(entry.key, entry);
      }
      unsaid ??= value.unsaid;
      continue;
    }
    // What came before may be replaced by what cannot be seen.
    unsaid ??= 'a part of it is not decided by the files';
    for (const [key, entry] of entries) {
      entries.set(key, { ...entry, value: unknown(key, entry.value.at, 'a later part may replace it') });
    }
  }
  if (entries.size > MAX_SIZE) return undefined;
  const home = present.findLast((value) => value.kind === 'object' && value.entries.length > 0)?.at ?? at;
  return { kind: 'object', entries: [...entries.values()], at: home, ...(unsaid === undefined ? {} : { unsaid }) };
}

function lookedUp(object: Result, key: Result, fallback: Result): Result {
  const name = knownText(key);
  if (object?.kind !== 'object' || name === undefined) return undefined;
  const entry = entryOf(object, name);
  if (entry) return entry.value;
  return object.unsaid === undefined ? fallback : undefined;
}

function contains(list: Result, value: Result, at: Location): Result {
  const text = knownText(value);
  if (list?.kind !== 'list' || text === undefined) return undefined;
  if (list.items.some((item) => knownText(item) === text)) return scalar(true, at);
  const decided = list.complete && list.items.every((item) => knownText(item) !== undefined);
  return decided ? scalar(false, at) : undefined;
}

function ranged(values: readonly TerraformValue[], at: Location): Result {
  const numbers = values.map(knownNumber);
  const [first, second, third] = numbers;
  if (first === undefined || numbers.some((number) => number === undefined)) return undefined;
  const [start, end, step] = second === undefined ? [0, first, 1] : [first, second, third ?? 1];
  if (step === 0 || Math.abs((end - start) / step) > MAX_SIZE) return undefined;
  const items: TerraformValue[] = [];
  for (let number = start; step > 0 ? number < end : number > end; number += step) items.push(scalar(number, at));
  return { kind: 'list', items, complete: true, at };
}

/** The first value that a test accepts; where an unknown one comes before it, nothing is decided. */
function firstThat(values: readonly TerraformValue[], accepts: (value: TerraformValue) => boolean): Result {
  for (const value of values) {
    if (value.kind === 'unknown' && value.reference === undefined) return undefined;
    if (value.kind === 'choice' || (value.kind === 'list' && !value.complete)) return undefined;
    if (accepts(value)) return value;
  }
  return undefined;
}
