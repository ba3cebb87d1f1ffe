// The units of work: formats that spread over several files are settled first; then one for each file of services, then
// one for each file of task definitions. A deployment is made again exactly when something it read has changed.

import type { Uri } from '../base/uri.ts';
import type { Settings } from '../config/settings.ts';
import type { Service } from '../facts/service.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import type { Deployment } from '../graph/deployment.ts';
import { deploymentOfService, deploymentOfTaskDefinition } from '../graph/join.ts';
import type { FileStore, Key } from './fileStore.ts';
import { type RecordingView, recordingView } from './recordingView.ts';
import { Tracker } from './tracker.ts';
import { unitUri } from './unitId.ts';

export interface Unit {
  readonly id: string;
  readonly deployments: readonly Deployment[];
}

type Deployable = Service | TaskDefinition;

/** What was made of one fact of a unit. */
interface Made {
  readonly fact: Deployable;
  /** Undefined for a task definition that a service runs. */
  readonly deployment: Deployment | undefined;
  /** Whether something that it asked for was still to be read. */
  readonly pending: boolean;
}

interface MadeUnit extends Unit {
  readonly made: ReadonlyMap<FactId, Made>;
}

/** A fact of a unit: the unit's id, and behind a line break what tells its facts apart. */
type FactId = string;

export class Units {
  readonly #store: FileStore;
  readonly #tracker = new Tracker();
  readonly #units = new Map<string, MadeUnit>();
  readonly #dirty = new Set<string>();
  readonly #dirtyFacts = new Set<FactId>();
  /** Task definitions that services run, by place: how many. */
  readonly #linked = new Map<string, number>();
  /** Files that a unit began or ceased to read since the last call of `takeReread`. */
  readonly #reread = new Set<Uri>();

  constructor(store: FileStore) {
    this.#store = store;
  }

  /** Whether any deployment depends on what a file says. */
  reads(uri: Uri): boolean {
    return this.#tracker.isRead(`f:${uri}`);
  }

  takeReread(): readonly Uri[] {
    const reread = [...this.#reread];
    this.#reread.clear();
    return reread;
  }

  all(): Iterable<Unit> {
    return this.#units.values();
  }

  markAll(): void {
    for (const [id, { made }] of this.#units) {
      this.#dirty.add(id);
      for (const fact of made.keys()) this.#dirtyFacts.add(fact);
    }
  }

  touch(keys: Iterable<Key>): void {
    for (const key of keys) {
      if (key.startsWith('u:')) this.#dirty.add(key);
      this.#markReaders(key);
      if (!key.startsWith('f:')) continue;
      this.#dirty.add(`s:${key.slice(2)}`);
      this.#dirty.add(`t:${key.slice(2)}`);
    }
  }

  #markReaders(key: Key): void {
    for (const reader of this.#tracker.unitsReading(key)) {
      const end = reader.indexOf('\n');
      this.#dirty.add(end < 0 ? reader : reader.slice(0, end));
      if (end >= 0) this.#dirtyFacts.add(reader);
    }
  }

  /** Settles the units of several files that are dirty; answers the keys that this touched. */
  settle(folders: readonly Uri[], settings: (folder: Uri) => Settings): ReadonlySet<Key> {
    for (const id of this.#takeDirty('u:')) {
      const view = recordingView(this.#store, folders, settings);
      const folder = view.folderOf(unitUri(id));
      const facts = this.#store.resolveUnit(id, {
        ...view,
        facts: (uri) => (this.#store.isMember(uri, id) ? this.#store.facts(uri) : view.facts(uri)),
        filesWith: (kind) => view.filesWith(kind, folder),
        text: (uri) => (view.facts(uri) ? this.#store.text(uri) : undefined),
      });
      this.#track(id, view.keys);
      // What is settled from half of its files would be wrong; the rest is on its way.
      if (!view.isPending()) this.#store.setUnit(id, facts);
    }
    const touched = this.#store.takeTouched();
    this.touch(touched);
    return touched;
  }

  /** Joins what is dirty again; answers the units that are complete, also those that became empty. */
  rebuild(folders: readonly Uri[], settings: (folder: Uri) => Settings): readonly Unit[] {
    const done: Unit[] = [];
    for (const stage of ['s:', 't:']) {
      for (const id of this.#takeDirty(stage)) {
        const unit = this.#build(id, () => recordingView(this.#store, folders, settings));
        if (unit) done.push(unit);
      }
    }
    return done;
  }

  /** The dirty units of a stage. Those that wait for files stay dirty: they would be done once more when these come. */
  #takeDirty(stage: string): readonly string[] {
    const ready = [...this.#dirty].filter((id) => id.startsWith(stage) && !this.#isWaiting(id)).sort();
    for (const id of ready) this.#dirty.delete(id);
    return ready;
  }

  #isWaiting(id: string): boolean {
    for (const reader of [id, ...(this.#units.get(id)?.made.keys() ?? [])]) {
      for (const key of this.#tracker.keysOf(reader)) {
        if (key.startsWith('f:') && this.#store.isUnread(key.slice(2))) return true;
      }
    }
    return false;
  }

  #build(id: string, newView: () => RecordingView): Unit | undefined {
    const uri = id.slice(2);
    const view = newView();
    const isScanned = this.#store.exists(uri) && this.#store.sourceOf(uri)?.discovery === 'scan';
    const facts = isScanned || this.#store.part(uri) ? view.facts(uri) : undefined;
    const kind = id.startsWith('s:') ? 'service' : 'taskDefinition';
    const before = this.#units.get(id);
    const made = new Map<FactId, Made>();
    for (const fact of facts?.facts ?? []) {
      if (fact.kind !== kind) continue;
      const factId = freeId(`${id}\n${identity(fact)}`, made);
      const kept = before?.made.get(factId);
      const isKept = kept?.fact === fact && !kept.pending && !this.#dirtyFacts.has(factId);
      made.set(factId, isKept ? kept : this.#make(factId, fact, uri, newView()));
    }
    for (const factId of [...(before?.made.keys() ?? []), ...made.keys()]) {
      this.#dirtyFacts.delete(factId);
      if (!made.has(factId)) this.#track(factId, new Set());
    }
    if (!before && made.size === 0) {
      this.#track(id, new Set());
      return undefined;
    }
    this.#track(id, view.keys);
    const unit: MadeUnit = { id, made, deployments: distinct([...made.values()]) };
    if (kind === 'service') this.#relink(before, unit);
    if (facts) this.#units.set(id, unit);
    else this.#units.delete(id);
    return view.isPending() || [...made.values()].some(({ pending }) => pending) ? undefined : unit;
  }

  #make(factId: FactId, fact: Deployable, uri: Uri, view: RecordingView): Made {
    if (fact.kind === 'service') {
      const deployment = deploymentOfService(fact, view);
      this.#track(factId, view.keys);
      return { fact, deployment, pending: view.isPending() };
    }
    const linked = `s:${identity(fact)}`;
    const isOthers = (fact.address === undefined && view.isTakenIn(uri)) || (this.#linked.get(linked) ?? 0) > 0;
    const deployment = isOthers ? undefined : deploymentOfTaskDefinition(fact, view);
    this.#track(factId, new Set([...view.keys, linked]));
    return { fact, deployment, pending: view.isPending() };
  }

  #track(id: string, keys: ReadonlySet<Key>): void {
    const before = this.#tracker.keysOf(id);
    this.#tracker.set(id, keys);
    for (const key of before) if (!keys.has(key) && key.startsWith('f:')) this.#reread.add(key.slice(2));
    for (const key of keys) if (!before.has(key) && key.startsWith('f:')) this.#reread.add(key.slice(2));
  }

  /** Counts which task definitions the services of a unit run; those that gained their first or lost their last are dirty. */
  #relink(before: Unit | undefined, after: Unit): void {
    const [gone, come] = [linkedBy(before), linkedBy(after)];
    for (const [key, deployments] of gone) this.#count(key, -deployments);
    for (const [key, deployments] of come) this.#count(key, deployments);
    for (const key of new Set([...gone.keys(), ...come.keys()]))
      if (gone.get(key) !== come.get(key)) this.#markReaders(key);
  }

  #count(key: string, change: number): void {
    this.#linked.set(key, (this.#linked.get(key) ?? 0) + change);
  }
}

/** By the task definitions that the services of a unit run, how many do. */
function linkedBy(unit: Unit | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { taskDefinition } of unit?.deployments ?? []) {
    if (!taskDefinition) continue;
    const key = `s:${identity(taskDefinition)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** A resource by its address, any other by its file and where it starts. */
function identity({ address, at }: Deployable): string {
  return address ?? `${at.uri}:${at.span.start}`;
}

function freeId(id: FactId, taken: ReadonlyMap<FactId, unknown>): FactId {
  let free = id;
  for (let count = 2; taken.has(free); count++) free = `${id} ${count}`;
  return free;
}

/** Gives deployments of one id a number. */
function distinct(made: readonly Made[]): readonly Deployment[] {
  const seen = new Map<string, number>();
  return made.flatMap(({ deployment }) => {
    if (!deployment) return [];
    const count = (seen.get(deployment.id) ?? 0) + 1;
    seen.set(deployment.id, count);
    return count === 1 ? deployment : { ...deployment, id: `${deployment.id}-${count}` };
  });
}
