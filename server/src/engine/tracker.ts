// Remembers which keys each unit of work read, and so which units a change touches.

import type { Key } from './fileStore.ts';

export class Tracker {
  readonly #keysOf = new Map<string, ReadonlySet<Key>>();
  readonly #unitsOf = new Map<Key, Set<string>>();

  keysOf(unit: string): ReadonlySet<Key> {
    return this.#keysOf.get(unit) ?? new Set();
  }

  isRead(key: Key): boolean {
    return this.#unitsOf.has(key);
  }

  set(unit: string, keys: ReadonlySet<Key>): void {
    const before = this.keysOf(unit);
    for (const key of before) if (!keys.has(key)) this.#remove(unit, key);
    for (const key of keys) {
      if (before.has(key)) continue;
      const units = this.#unitsOf.get(key) ?? new Set();
      this.#unitsOf.set(key, units.add(unit));
    }
    if (keys.size > 0) this.#keysOf.set(unit, keys);
    else this.#keysOf.delete(unit);
  }

  #remove(unit: string, key: Key): void {
    const units = this.#unitsOf.get(key);
    units?.delete(unit);
    if (units?.size === 0) this.#unitsOf.delete(key);
  }

  unitsReading(key: Key): Iterable<string> {
    return this.#unitsOf.get(key) ?? [];
  }
}
