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

  replace(uri: Uri, before: FileFacts | undefined, after: FileFacts | undefined): void {
    const kindsBefore = kindsOf(before);
    const kindsAfter = kindsOf(after);
    const changed = kindsBefore.size !== kindsAfter.size || [...kindsBefore].some((kind) => !kindsAfter.has(kind));
    if (changed) this.#filesWith.clear();
    this.#move(this.#byKind, 'k', uri, kindsBefore, kindsAfter);
    this.#move(this.#byFamily, 'n', uri, familiesOf(before), familiesOf(after));
    this.#move(this.#takenIn, 'x', uri, takenInBy(before), takenInBy(after));
    this.#moveFacts(this.#byAddress, 'a', uri, addressesOf(before), addressesOf(after));
    this.#moveFacts(this.#referrers, 'r', uri, referencesOf(before), referencesOf(after));
  }

  #move(
    index: Map<string, Set<Uri>>,
    prefix: string,
    uri: Uri,
    before: ReadonlySet<string>,
    after: ReadonlySet<string>,
  ): void {
    for (const name of before) {
      if (after.has(name)) continue;
      index.get(name)?.delete(uri);
      this.#touch(`${prefix}:${name}`);
    }
    for (const name of after) {
      if (before.has(name)) continue;
      const uris = index.get(name) ?? new Set();
      index.set(name, uris.add(uri));
      this.#touch(`${prefix}:${name}`);
    }
  }

  #moveFacts<T>(
    index: Map<Address, Map<Uri, T>>,
    prefix: string,
    uri: Uri,
    before: ReadonlyMap<Address, T>,
    after: ReadonlyMap<Address, T>,
  ): void {
    for (const address of before.keys()) {
      if (after.has(address)) continue;
      index.get(address)?.delete(uri);
      this.#touch(`${prefix}:${address}`);
    }
    for (const [address, value] of after) {
      const byFile = index.get(address) ?? new Map<Uri, T>();
      index.set(address, byFile.set(uri, value));
      this.#touch(`${prefix}:${address}`);
    }
  }
}

function kindsOf(facts: FileFacts | undefined): ReadonlySet<FactKind> {
  return new Set((facts?.facts ?? []).map((fact) => fact.kind));
}

function familiesOf(facts: FileFacts | undefined): ReadonlySet<string> {
  return new Set(
    (facts?.facts ?? []).flatMap((fact) => (fact.kind === 'taskDefinition' ? (knownValue(fact.family) ?? []) : [])),
  );
}

/** Files of which the containers of resources are made. */
function takenInBy(facts: FileFacts | undefined): ReadonlySet<Uri> {
  return new Set(
    (facts?.facts ?? []).flatMap((fact) => {
      if (fact.kind !== 'taskDefinition' || fact.address === undefined) return [];
      const { uri } = fact.containerDefinitions.at;
      return uri === fact.at.uri ? [] : [uri];
    }),
  );
}

function addressesOf(facts: FileFacts | undefined): ReadonlyMap<Address, Fact> {
  const found = new Map<Address, Fact>();
  for (const fact of facts?.facts ?? []) {
    if ('address' in fact && fact.address !== undefined) found.set(fact.address, fact);
  }
  return found;
}

/** By each address that a fact refers to, the facts that do. */
function referencesOf(facts: FileFacts | undefined): ReadonlyMap<Address, readonly Fact[]> {
  const found = new Map<Address, Fact[]>();
  for (const fact of facts?.facts ?? []) {
    for (const address of addressesIn(fact)) {
      const referring = found.get(address);
      if (referring) referring.push(fact);
      else found.set(address, [fact]);
    }
  }
  return found;
}

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
