// One description of what several environments see: what is the same in all of them is known, the rest is a choice.

import { absent, dynamic } from '../../facts/value.ts';
import type {
  Described,
  DescribedEntry,
  DescribedList,
  DescribedObject,
  DescribedResource,
} from '../described/described.ts';
import { entryOf, stringValue } from '../described/values.ts';

interface Branch<T> {
  readonly when: string;
  readonly value: T;
}

/** Resources of the same address become one; one that some environments lack is what the others say. */
export function combinedResources(
  branches: readonly Branch<readonly DescribedResource[]>[],
): readonly DescribedResource[] {
  const addresses = new Set(branches.flatMap(({ value }) => value.map(({ address }) => address)));
  return [...addresses].flatMap((address) => {
    const found = branches.flatMap(({ when, value }) => {
      const resource = value.find((one) => one.address === address);
      return resource ? [{ when, value: resource }] : [];
    });
    const [first] = found;
    if (!first) return [];
    const properties = combinedObject(found.map(({ when, value }) => ({ when, value: value.properties })));
    return properties ? [{ ...first.value, properties }] : [];
  });
}

function combined(branches: readonly Branch<Described>[]): Described | undefined {
  const [first] = branches;
  if (!first) return undefined;
  if (branches.every(({ value }) => isSame(value, first.value))) return first.value;
  const objects = branches.flatMap(({ when, value }) => (value.kind === 'object' ? [{ when, value }] : []));
  if (objects.length === branches.length) return combinedObject(objects);
  const lists = branches.flatMap(({ when, value }) => (value.kind === 'list' ? [{ when, value }] : []));
  if (lists.length === branches.length) return combinedList(lists);
  return choice(branches);
}

function choice(branches: readonly Branch<Described>[]): Described | undefined {
  const [first] = branches;
  return first && { kind: 'choice', at: placeOf(first.value), branches };
}

function placeOf(part: Described): DescribedObject['at'] {
  return part.kind === 'scalar' ? part.value.at : part.at;
}

/** Places differ where the values are the same. */
function isSame(a: Described, b: Described): boolean {
  return a === b || valueText(a) === valueText(b);
}

function valueText(part: unknown): string {
  return JSON.stringify(part, (key, value) => (/^(?:at|nameAt|keyAt|trail)$/.test(key) ? undefined : value));
}

function combinedObject(branches: readonly Branch<DescribedObject>[]): DescribedObject | undefined {
  const [first] = branches;
  if (!first) return undefined;
  const keys = new Set(branches.flatMap(({ value }) => value.entries.map(({ key }) => key)));
  const entries = [...keys].flatMap((key): DescribedEntry[] => {
    const written = branches.flatMap(({ value }) => entryOf(value, key) ?? [])[0];
    const value = combined(
      branches.map((branch) => ({
        when: branch.when,
        value: entryOf(branch.value, key)?.value ?? nothing(branch.value),
      })),
    );
    return written && value ? [{ ...written, value }] : [];
  });
  const unsaid = branches.find(({ value }) => value.unsaid !== undefined)?.value.unsaid;
  const { build: _, ...object } = first.value;
  const build = combinedBuild(branches);
  return { ...object, entries, ...(build ? { build } : {}), ...(unsaid === undefined ? {} : { unsaid }) };
}

function nothing({ nameAt }: DescribedObject): Described {
  return { kind: 'scalar', value: absent(nameAt) };
}

function combinedBuild(branches: readonly Branch<DescribedObject>[]): DescribedObject['build'] {
  const builds = branches.flatMap(({ value }) => value.build ?? []);
  const [first] = builds;
  if (!first || (builds.length === branches.length && builds.every((one) => valueText(one) === valueText(first)))) {
    return first;
  }
  const differs = dynamic('', first.at, 'environments build it differently');
  return { ...first, context: differs, dockerfile: differs };
}

/** Things with names are told apart by them; other lists item by item where they are of one length. */
function combinedList(branches: readonly Branch<DescribedList>[]): Described | undefined {
  const [first] = branches;
  if (!first) return undefined;
  const complete = branches.every(({ value }) => value.complete);
  if (branches.every(({ value }) => value.items.every((item) => nameOf(item) !== undefined))) {
    const names = new Set(branches.flatMap(({ value }) => value.items.flatMap((item) => nameOf(item) ?? [])));
    return { ...first.value, items: [...names].flatMap((name) => combinedNamed(name, branches) ?? []), complete };
  }
  const { length } = first.value.items;
  if (branches.some(({ value }) => value.items.length !== length)) return choice(branches);
  const items = first.value.items.flatMap((_, index) => {
    const parts = branches.flatMap(({ when, value }) => {
      const item = value.items[index];
      return item ? [{ when, value: item }] : [];
    });
    return combined(parts) ?? [];
  });
  return { ...first.value, items, complete };
}

function nameOf(item: Described): string | undefined {
  const name = item.kind === 'object' ? entryOf(item, 'name')?.value : undefined;
  const value = name && stringValue(name);
  return value?.state === 'known' ? value.value : undefined;
}

/** A variable that some environments lack has no value there; of a container that some lack, the list may hold less. */
function combinedNamed(name: string, branches: readonly Branch<DescribedList>[]): Described | undefined {
  const found = branches.map(({ when, value }) => ({ when, value: value.items.find((item) => nameOf(item) === name) }));
  const [model] = found.flatMap(({ value }) => (value?.kind === 'object' ? [value] : []));
  if (!model) return undefined;
  const isVariable = entryOf(model, 'value') !== undefined;
  const without: Described = isVariable ? bare(model) : { kind: 'scalar', value: absent(model.nameAt) };
  return combined(found.map(({ when, value }) => ({ when, value: value ?? without })));
}

function bare(model: DescribedObject): DescribedObject {
  return { ...model, entries: model.entries.filter(({ key }) => key === 'name') };
}
