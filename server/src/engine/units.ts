// The units of work: formats that spread over several files are settled first; then one for each file of services, then
// one for each file of task definitions. A unit is done again exactly when something it read has changed.

import type { Uri } from '../base/uri.ts';
import type { Settings } from '../config/settings.ts';
import type { TaskDefinition } from '../facts/taskDefinition.ts';
import type { Deployment } from '../graph/deployment.ts';
import { deploymentOfService, deploymentOfTaskDefinition } from '../graph/join.ts';
import { type FileStore, type Key, unitUri } from './fileStore.ts';
import { type RecordingView, recordingView } from './recordingView.ts';
import { Tracker } from './tracker.ts';

export interface Unit {
  readonly id: string;
  readonly deployments: readonly Deployment[];
}

export class Units {
  readonly #store: FileStore;
  readonly #tracker = new Tracker();
  readonly #units = new Map<string, Unit>();
  readonly #dirty = new Set<string>();
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
    for (const id of this.#units.keys()) this.#dirty.add(id);
  }

  touch(keys: Iterable<Key>): void {
    for (const key of keys) {
      if (key.startsWith('u:')) this.#dirty.add(key);
      for (const unit of this.#tracker.unitsReading(key)) this.#dirty.add(unit);
      if (!key.startsWith('f:')) continue;
      this.#dirty.add(`s:${key.slice(2)}`);
      this.#dirty.add(`t:${key.slice(2)}`);
    }
  }

  /** Settles the units of several files that are dirty; answers the keys that this touched. */
  settle(folders: readonly Uri[], settings: (folder: Uri) => Settings): ReadonlySet<Key> {
    for (const id of this.#takeDirty('u:')) {
      const view = recordingView(this.#store, folders, settings);
      const folder = view.folderOf(unitUri(id));
      const facts = this.#store.resolveUnit(id, {
        ...view,
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
        const unit = this.#build(id, recordingView(this.#store, folders, settings));
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
    for (const key of this.#tracker.keysOf(id)) {
      if (key.startsWith('f:') && this.#store.isUnread(key.slice(2))) return true;
    }
    return false;
  }

  #build(id: string, view: RecordingView): Unit | undefined {
    const uri = id.slice(2);
    const isScanned = this.#store.exists(uri) && this.#store.sourceOf(uri)?.discovery === 'scan';
    const facts = isScanned || this.#store.part(uri) ? view.facts(uri) : undefined;
    const keys = new Set<Key>();
    const deployments: Deployment[] = [];
    for (const fact of facts?.facts ?? []) {
      if (id.startsWith('s:') && fact.kind === 'service') deployments.push(deploymentOfService(fact, view));
      if (!id.startsWith('t:') || fact.kind !== 'taskDefinition') continue;
      const key = `s:${identity(fact)}`;
      keys.add(key);
      if (fact.address === undefined && view.isTakenIn(uri)) continue;
      if ((this.#linked.get(key) ?? 0) === 0) deployments.push(deploymentOfTaskDefinition(fact, view));
    }
    const before = this.#units.get(id);
    if (!before && deployments.length === 0 && keys.size === 0) {
      this.#track(id, new Set());
      return undefined;
    }
    this.#track(id, new Set([...view.keys, ...keys]));
    const unit = { id, deployments: distinct(deployments) };
    if (id.startsWith('s:')) this.#relink(before, unit);
    if (facts) this.#units.set(id, unit);
    else this.#units.delete(id);
    return view.isPending() ? undefined : unit;
  }

  #track(id: string, keys: ReadonlySet<Key>): void {
    const before = this.#tracker.keysOf(id);
    this.#tracker.set(id, keys);
    for (const key of before) if (!keys.has(key) && key.startsWith('f:')) this.#reread.add(key.slice(2));
    for (const key of keys) if (!before.has(key) && key.startsWith('f:')) this.#reread.add(key.slice(2));
  }

  /** Counts which task definitions the services of a unit run; those that gained their first or lost their last are dirty. */
  #relink(before: Unit | undefined, after: Unit): void {
    const keysOf = (unit: Unit | undefined): readonly string[] =>
      (unit?.deployments ?? []).flatMap((deployment) =>
        deployment.taskDefinition ? [`s:${identity(deployment.taskDefinition)}`] : [],
      );
    for (const key of keysOf(before)) this.#linked.set(key, (this.#linked.get(key) ?? 1) - 1);
    for (const key of keysOf(after)) this.#linked.set(key, (this.#linked.get(key) ?? 0) + 1);
    for (const key of [...keysOf(before), ...keysOf(after)]) {
      for (const unit of this.#tracker.unitsReading(key)) this.#dirty.add(unit);
    }
  }
}

/** A task definition by its address, else by its file and where it starts. */
function identity({ address, at }: TaskDefinition): string {
  return address ?? `${at.uri}:${at.span.start}`;
}

/** Gives deployments of one id a number. */
function distinct(deployments: readonly Deployment[]): readonly Deployment[] {
  const seen = new Map<string, number>();
  return deployments.map((deployment) => {
    const count = (seen.get(deployment.id) ?? 0) + 1;
    seen.set(deployment.id, count);
    return count === 1 ? deployment : { ...deployment, id: `${deployment.id}-${count}` };
  });
}
