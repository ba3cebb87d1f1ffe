// Finds facts by kind, by family, by address and by what refers to an address. Tells which of these answers a change of a
// file's facts has touched.

import type { Uri } from '../base/uri.ts';
import type { Fact, FactKind, FileFacts } from '../facts/fileFacts.ts';
import { type Address, isAddress } from '../facts/reference.ts';
import { knownValue } from '../facts/value.ts';
import { isListedWithin } from './folders.ts';

/** What an answer depended on: `k:` files of a kind, `n:` of a family, `a:` the resource of an address, `r:` what refers to it, `x:` whether a file is taken in. */
export type IndexKey = string;

export class FactIndex {
  readonly #touch: (key: IndexKey) => void;
  readonly #byKind = new Map<string, Set<Uri>>();
  readonly #byFamily = new Map<string, Set<Uri>>();
  readonly #byAddress = new Map<Address, Map<Uri, Fact>>();
  readonly #referrers = new Map<Address, Map<Uri, readonly Fact[]>>();
  readonly #takenIn = new Map<Uri, Set<Uri>>();
  readonly #filesWith = new Map<string, readonly Uri[]>();

  constructor(touch: (key: IndexKey) => void) {
    this.#touch = touch;
  }

  /** The same array as long as nothing of the kind comes or goes, so that callers may keep an index by it. */
  filesWith(kind: FactKind, folder: Uri): readonly Uri[] {
    const key = `${kind} ${folder}`;
    const known = this.#filesWith.get(key);
    if (known) return known;
    const files = [...(this.#byKind.get(kind) ?? [])].filter((uri) => isListedWithin(folder, uri)).sort();
    this.#filesWith.set(key, files);
    return files;
  }

  filesWithFamily(family: string): readonly Uri[] {
    return [...(this.#byFamily.get(family) ?? [])].sort();
  }

  resource(address: Address): Fact | undefined {
    return this.#byAddress.get(address)?.values().next().value;
  }

  referrers(address: Address): readonly Fact[] {
    const byFile = [...(this.#referrers.get(address) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return byFile.flatMap(([, facts]) => facts);
  }

  /** Whether infrastructure code takes its containers from this file, so that the file describes no deployment of its own. */
  isTakenIn(uri: Uri): boolean {
    return (this.#takenIn.get(uri)?.size ?? 0) > 0;
  }

  /** Facts that are the same objects before and after change nothing. */
  replace(uri: Uri, before: FileFacts | undefined, after: FileFacts | undefined): void {
    const [old, now] = [new Set(before?.facts), new Set(after?.facts)];
    const gone = [...old].filter((fact) => !now.has(fact));
    const come = [...now].filter((fact) => !old.has(fact));
    if (gone.length + come.length === 0) return;
    if (this.#move(this.#byKind, 'k', uri, gone, come, now, kindOf)) this.#filesWith.clear();
    this.#move(this.#byFamily, 'n', uri, gone, come, now, familyOf);
    this.#move(this.#takenIn, 'x', uri, gone, come, now, takenInBy);
    this.#moveFacts(this.#byAddress, 'a', uri, gone, come, now, addressOf, (_, fact) => fact);
    this.#moveFacts(this.#referrers, 'r', uri, gone, come, now, addressesIn, (facts: readonly Fact[] = [], fact) => [
      ...facts,
      fact,
    ]);
  }

  /** Whether anything came or went. */
  #move(
    index: Map<string, Set<Uri>>,
    prefix: string,
    uri: Uri,
    gone: readonly Fact[],
    come: readonly Fact[],
    now: ReadonlySet<Fact>,
    namesOf: NamesOf,
  ): boolean {
    const names = new Set([...gone, ...come].flatMap((fact) => [...namesOf(fact)]));
    const present = namesAmong(names, now, namesOf);
    let changed = false;
    for (const name of names) {
      const uris = index.get(name) ?? new Set();
      if (uris.has(uri) === present.has(name)) continue;
      if (present.has(name)) index.set(name, uris.add(uri));
      else uris.delete(uri);
      this.#touch(`${prefix}:${name}`);
      changed = true;
    }
    return changed;
  }

  #moveFacts<T>(
    index: Map<Address, Map<Uri, T>>,
    prefix: string,
    uri: Uri,
    gone: readonly Fact[],
    come: readonly Fact[],
    now: ReadonlySet<Fact>,
    namesOf: NamesOf,
    join: (before: T | undefined, fact: Fact) => T,
  ): void {
    const names = new Set([...gone, ...come].flatMap((fact) => [...namesOf(fact)]));
    if (names.size === 0) return;
    const values = new Map<Address, T>();
    for (const fact of now)
      for (const name of namesOf(fact)) if (names.has(name)) values.set(name, join(values.get(name), fact));
    for (const name of names) {
      const byFile = index.get(name) ?? new Map<Uri, T>();
      const value = values.get(name);
      if (value === undefined) byFile.delete(uri);
      else index.set(name, byFile.set(uri, value));
      this.#touch(`${prefix}:${name}`);
    }
  }
}

/** The names that an index knows a fact by. */
type NamesOf = (fact: Fact) => Iterable<string>;

function namesAmong(names: ReadonlySet<string>, facts: Iterable<Fact>, namesOf: NamesOf): ReadonlySet<string> {
  const found = new Set<string>();
  if (names.size === 0) return found;
  for (const fact of facts) for (const name of namesOf(fact)) if (names.has(name)) found.add(name);
  return found;
}

const kindOf: NamesOf = (fact) => [fact.kind];

const familyOf: NamesOf = (fact) => {
  const family = fact.kind === 'taskDefinition' ? knownValue(fact.family) : undefined;
  return family === undefined ? none : [family];
};

/** Files of which the containers of resources are made. */
const takenInBy: NamesOf = (fact) => {
  if (fact.kind !== 'taskDefinition' || fact.address === undefined) return none;
  const { uri } = fact.containerDefinitions.at;
  return uri === fact.at.uri ? none : [uri];
};

const addressOf: NamesOf = (fact) => ('address' in fact && fact.address !== undefined ? [fact.address] : none);

const addressesOfFacts = new WeakMap<Fact, ReadonlySet<Address>>();

/** The addresses that a fact refers to. Each fact is asked twice: when it comes and when it goes. */
function addressesIn(fact: Fact): ReadonlySet<Address> {
  // Only infrastructure code has addresses, and its facts are small.
  if (!mayRefer.has(fact.kind)) return none;
  const known = addressesOfFacts.get(fact);
  if (known) return known;
  const addresses = new Set<Address>();
  collectAddresses(fact, addresses);
  if ('address' in fact && fact.address !== undefined) addresses.delete(fact.address);
  addressesOfFacts.set(fact, addresses);
  return addresses;
}

const none: ReadonlySet<Address> = new Set();

const mayRefer: ReadonlySet<FactKind> = new Set([
  'service',
  'loadBalancer',
  'loadBalancerListener',
  'securityGroup',
  'securityGroupIngress',
  'scalableTarget',
  'scheduledCount',
  'alarm',
  'appSpec',
  'deploymentGroup',
]);

function collectAddresses(part: unknown, found: Set<Address>): void {
  if (typeof part === 'string') {
    if (isAddress(part)) found.add(part);
  } else if (Array.isArray(part)) {
    for (const item of part) collectAddresses(item, found);
  } else if (typeof part === 'object' && part !== null) {
    for (const value of Object.values(part)) collectAddresses(value, found);
  }
}
