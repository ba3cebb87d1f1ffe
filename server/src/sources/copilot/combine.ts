// One description of what several environments see: what is the same in all of them is known, the rest is a choice.

import type { EnvironmentVariable, ImageBuild } from '../../facts/taskDefinition.ts';
import { absent, dynamic, knownValue } from '../../facts/value.ts';
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
  const objects = branches.flatMap(({ when, value }) => (value.kind === 'object' ? [{ when, value }] : []));
  if (objects.length === branches.length) return combinedObject(objects);
  const lists = branches.flatMap(({ when, value }) => (value.kind === 'list' ? [{ when, value }] : []));
  if (lists.length === branches.length) return combinedList(lists);
  const text = valueText(first.value);
  return branches.every(({ value }) => valueText(value) === text) ? first.value : choice(branches);
}

function choice(branches: readonly Branch<Described>[]): Described | undefined {
  const [first] = branches;
  return first && { kind: 'choice', at: placeOf(first.value), branches };
}

function placeOf(part: Described): DescribedObject['at'] {
  return part.kind === 'scalar' ? part.value.at : part.at;
}

/** What a part says, wherever it stands. */
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
        value: entryOf(branch.value, key)?.value ?? unwritten(branch.value, key),
      })),
    );
    return written && value ? [{ ...written, value }] : [];
  });
  const unsaid = branches.find(({ value }) => value.unsaid !== undefined)?.value.unsaid;
  const { build: _, ...object } = first.value;
  const build = combinedBuild(branches);
  return { ...object, entries, ...(build ? { build } : {}), ...(unsaid === undefined ? {} : { unsaid }) };
}

/** No variables are a list of none, so that those of other environments are all there are. */
function unwritten({ nameAt }: DescribedObject, key: string): Described {
  const isList = key === 'environment' || key === 'secrets';
  return isList ? { kind: 'list', at: nameAt, items: [], complete: true } : { kind: 'scalar', value: absent(nameAt) };
}

/** Arguments may differ; where the Dockerfile, its folder or its stage does, nothing is left of them. */
function combinedBuild(branches: readonly Branch<DescribedObject>[]): ImageBuild | undefined {
  const builds = branches.flatMap(({ value }) => value.build ?? []);
  const [first] = builds;
  if (!first) return undefined;
  const texts = builds.map(({ dockerfile, context, target }) => valueText([dockerfile, context, target]));
  if (builds.length === branches.length && texts.every((text) => text === texts[0])) {
    return { ...first, arguments: combinedArguments(builds) };
  }
  const differs = dynamic('', first.at, 'environments build it differently');
  return { ...first, context: differs, dockerfile: differs };
}

function combinedArguments(builds: readonly ImageBuild[]): readonly EnvironmentVariable[] {
  const given = builds.map((build) => new Map(build.arguments.map((one) => [knownValue(one.name), one])));
  const names = new Set(given.flatMap((one) => [...one.keys()]));
  return [...names].flatMap((name) => {
    const found = given.flatMap((one) => one.get(name) ?? []);
    const [first] = found;
    if (!first) return [];
    const isSame =
      found.length === builds.length && found.every(({ value }) => valueText(value) === valueText(first.value));
    return [isSame ? first : { ...first, value: dynamic('', first.at, 'environments set it differently') }];
  });
}

/** Things with names are told apart by them; other lists item by item where they are of one length. */
function combinedList(branches: readonly Branch<DescribedList>[]): Described | undefined {
  const [first] = branches;
  if (!first) return undefined;
  const complete = branches.every(({ value }) => value.complete);
  const named = branches.map(({ when, value }) => ({ when, value: byName(value.items) }));
  if (named.every(({ value }, index) => value.size === branches[index]?.value.items.length)) {
    const names = new Set(named.flatMap(({ value }) => [...value.keys()]));
    return { ...first.value, items: [...names].flatMap((name) => combinedNamed(name, named) ?? []), complete };
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

/** The items that have names, by these. */
function byName(items: readonly Described[]): ReadonlyMap<string, DescribedObject> {
  const found = new Map<string, DescribedObject>();
  for (const item of items) {
    const name = item.kind === 'object' ? entryOf(item, 'name')?.value : undefined;
    const value = name && stringValue(name);
    if (item.kind === 'object' && value?.state === 'known') found.set(value.value, item);
  }
  return found;
}

/** A container may be lacking in an environment; a variable or a secret has no value there. */
function combinedNamed(
  name: string,
  branches: readonly Branch<ReadonlyMap<string, DescribedObject>>[],
): Described | undefined {
  const [model] = branches.flatMap(({ value }) => value.get(name) ?? []);
  if (!model) return undefined;
  const isContainer = entryOf(model, 'image') !== undefined;
  const without: Described = isContainer ? { kind: 'scalar', value: absent(model.nameAt) } : bare(model);
  return combined(branches.map(({ when, value }) => ({ when, value: value.get(name) ?? without })));
}

function bare(model: DescribedObject): DescribedObject {
  return { ...model, entries: model.entries.filter(({ key }) => key === 'name') };
}
