// Arguments and properties of what a CDK program makes, as parts of descriptions.

import type { Location } from '../../base/text.ts';
import type { Uri } from '../../base/uri.ts';
import { type Address, resourceAddress } from '../../facts/reference.ts';
import { known, type Value } from '../../facts/value.ts';
import type { Described, DescribedEntry, DescribedList, DescribedObject } from '../described/described.ts';
import { type CdkValue, entryOf, isNothing, type Made, type ObjectValue, open, placeOf } from './values.ts';

export const COMPUTED = 'the program computes it';

/** What descriptions are made from. */
export interface App {
  /** The folder of `cdk.json`: its resources have unique names in it. */
  readonly unit: Uri;
  readonly folder: Uri;
  readonly made: readonly Made[];
}

export function addressOf(app: App, made: Made): Address {
  return resourceAddress(app.unit, made.path.replace(/^\//, '').replaceAll('/', '.'));
}

// Arguments

/** An argument by its place or, in Python, by its name. */
export function argument(made: Made, index: number, name: string): CdkValue | undefined {
  return made.values[index] ?? (made.keywords && entryOf(made.keywords, name)?.value);
}

/** A value as an object: the data classes of Python are objects too. */
export function objectOf(value: CdkValue | undefined, at: Location): ObjectValue {
  if (value?.kind === 'object') return value;
  if (value?.kind === 'made' && value.values.length === 0 && !value.receiver) {
    const { at: own, keywords } = value;
    return keywords ? { ...keywords, at: own } : { kind: 'object', at: own, entries: [] };
  }
  if (isNothing(value)) return { kind: 'object', at, entries: [] };
  return { kind: 'object', at: value ? placeOf(value, at) : at, entries: [], unsaid: COMPUTED };
}

/** The properties of a construct: its third argument, or its named ones. */
export function propertiesOf(made: Made, index = 2): ObjectValue {
  if (made.keywords && made.values[index] === undefined) return made.keywords;
  return objectOf(made.values[index], made.at);
}

/** A property; undefined where it is not said. */
export function property(object: ObjectValue, key: string): CdkValue | undefined {
  const value = entryOf(object, key)?.value;
  return isNothing(value) ? undefined : value;
}

/** The last name of a constant: `TCP` of `ecs.Protocol.TCP`. */
export function constantOf(value: CdkValue | undefined): string | undefined {
  return value?.kind === 'library' ? value.path.slice(value.path.lastIndexOf('.') + 1) : undefined;
}

export function itemsOf(value: CdkValue | undefined): readonly CdkValue[] {
  return value?.kind === 'list' ? value.items : value === undefined || isNothing(value) ? [] : [value];
}

/** What the program made: also behind its own class that extends the library's. */
export function madeOf(value: CdkValue | undefined): Made | undefined {
  if (value?.kind === 'made') return value;
  return value?.kind === 'instance' ? value.made : undefined;
}

// Descriptions

/** A value as it is. */
export function described(value: CdkValue, at: Location): Described {
  switch (value.kind) {
    case 'scalar':
      return value;
    case 'list':
      return { ...value, items: value.items.map((item) => described(item, at)) };
    case 'choice':
      return { ...value, branches: value.branches.map((one) => ({ ...one, value: described(one.value, at) })) };
    case 'object':
      return describedObject(value);
    case 'made': {
      const seconds = secondsOf(value);
      if (seconds) return seconds;
      return value.keywords && value.values.length === 0 && !value.receiver
        ? describedObject(objectOf(value, at))
        : undecided(value.at);
    }
    default:
      return undecided(placeOf(value, at));
  }
}

function describedObject(object: ObjectValue): DescribedObject {
  const entries = object.entries.map(({ key, keyAt, value }) => entry(key, keyAt, described(value, keyAt)));
  return objectFrom(object, entries);
}

export function undecided(at: Location, reason = COMPUTED): Described {
  return open('…', at, reason);
}

export function entry(key: string, keyAt: Location, value: Described): DescribedEntry {
  return { key, keyAt, value };
}

/** A description in the place of an object of the program. */
export function objectFrom(
  object: ObjectValue,
  entries: readonly DescribedEntry[],
  nameAt?: Location,
): DescribedObject {
  return objectAt(object.at, nameAt ?? object.nameAt ?? object.at, entries, object.unsaid);
}

export function objectAt(
  at: Location,
  nameAt: Location,
  entries: readonly DescribedEntry[],
  unsaid?: string,
): DescribedObject {
  return { kind: 'object', at, nameAt, entries, ...(unsaid === undefined ? {} : { unsaid }) };
}

export function listOf(at: Location, items: readonly Described[], complete = true): DescribedList {
  return { kind: 'list', at, items, complete };
}

export function text(value: string | number | boolean, at: Location): Described {
  return { kind: 'scalar', value: known(value, at) };
}

/** Properties under other names; what is not said is left out. */
export function renamed(object: ObjectValue, names: Readonly<Record<string, string>>): readonly DescribedEntry[] {
  return Object.entries(names).flatMap(([from, to]) => {
    const found = entryOf(object, from);
    return found && !isNothing(found.value) ? [entry(to, found.keyAt, described(found.value, found.keyAt))] : [];
  });
}

/** A property whose values are constants of the library: their names, or what they stand for. */
export function constant(
  object: ObjectValue,
  from: string,
  to: string,
  spell: (name: string) => string = (name) => name,
): readonly DescribedEntry[] {
  const found = entryOf(object, from);
  if (!found || isNothing(found.value)) return [];
  return [entry(to, found.keyAt, spelled(found.value, found.keyAt, spell))];
}

function spelled(value: CdkValue, keyAt: Location, spell: (name: string) => string): Described {
  if (value.kind === 'choice') {
    return { ...value, branches: value.branches.map((one) => ({ ...one, value: spelled(one.value, keyAt, spell) })) };
  }
  const name = constantOf(value);
  return name === undefined ? described(value, keyAt) : text(spell(name), placeOf(value, keyAt));
}

/** A known default of the library at a place that names its owner, where the object does not say the property. */
export function defaulted(
  entries: readonly DescribedEntry[],
  key: string,
  value: string | number | boolean,
  at: Location,
  unsaid?: string,
): readonly DescribedEntry[] {
  if (entries.some((one) => one.key === key)) return entries;
  return [...entries, entry(key, at, unsaid === undefined ? text(value, at) : undecided(at, unsaid))];
}

// Durations

const UNITS: Readonly<Record<string, number>> = { millis: 0.001, seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** `Duration.seconds(60)` stands where its number does, any other where the whole call does. */
function secondsOf({ callee, values: [amount], at }: Made): Described | undefined {
  const unit = /^core\.Duration\.(\w+)$/.exec(callee)?.[1];
  const factor = unit === undefined ? undefined : UNITS[unit];
  if (factor === undefined || amount?.kind !== 'scalar') return undefined;
  const { value } = amount;
  if (value.state !== 'known') return amount;
  if (factor === 1) return amount;
  return { kind: 'scalar', value: { ...value, value: Number(value.value) * factor, at } };
}

/** A reference to what another construct makes. */
export function reference(address: Address, at: Location): Described {
  return { kind: 'scalar', value: known(address, at) };
}

export function stringOf(value: CdkValue | undefined, at: Location): Value<string> {
  const part = value ? described(value, at) : undecided(at);
  if (part.kind !== 'scalar') return { state: 'dynamic', text: '…', at, reason: COMPUTED };
  const inner = part.value;
  if (inner.state === 'known') return { ...inner, value: String(inner.value) };
  return inner.state === 'choice' ? { state: 'dynamic', text: '…', at, reason: COMPUTED } : inner;
}
