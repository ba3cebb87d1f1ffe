// The settled facts of units of several files. Each file that they stand in is a part of its own, replaced only where it
// changed.

import { equalData } from '../base/equal.ts';
import type { Uri } from '../base/uri.ts';
import type { Fact, FileFacts } from '../facts/fileFacts.ts';
import { sourceOfUnit, type UnitId } from './unitId.ts';

export class SettledFacts {
  readonly #replaced: (uri: Uri, before: FileFacts | undefined, after: FileFacts | undefined) => void;
  readonly #parts = new Map<Uri, FileFacts>();
  /** By unit, and by the file that a part stands in. */
  readonly #partsOf = new Map<UnitId, ReadonlyMap<Uri, FileFacts>>();

  constructor(replaced: (uri: Uri, before: FileFacts | undefined, after: FileFacts | undefined) => void) {
    this.#replaced = replaced;
  }

  /** The settled facts of a part of a unit. */
  part(uri: Uri): FileFacts | undefined {
    return this.#parts.get(uri);
  }

  set(unit: UnitId, facts: readonly Fact[]): void {
    const before = this.#partsOf.get(unit) ?? new Map<Uri, FileFacts>();
    const after = new Map<Uri, FileFacts>();
    for (const [file, list] of byFile(facts)) {
      const part = before.get(file);
      after.set(file, part && isSame(part.facts, list) ? part : this.#replace(unit, file, part, list));
    }
    for (const [file, part] of before) {
      if (after.has(file)) continue;
      this.#parts.delete(part.uri);
      this.#replaced(part.uri, part, undefined);
    }
    if (after.size > 0) this.#partsOf.set(unit, after);
    else this.#partsOf.delete(unit);
  }

  #replace(unit: UnitId, file: Uri, before: FileFacts | undefined, list: readonly Fact[]): FileFacts {
    const old = before?.facts ?? [];
    // What says the same stays the same object.
    const facts = list.map((fact, index) => (equalData(old[index], fact) ? (old[index] ?? fact) : fact));
    if (before && isSame(old, facts)) return before;
    const part = { uri: file + partSuffix(unit), source: sourceOfUnit(unit), facts, problems: [] };
    this.#parts.set(part.uri, part);
    this.#replaced(part.uri, before, part);
    return part;
  }
}

function byFile(facts: readonly Fact[]): ReadonlyMap<Uri, readonly Fact[]> {
  const files = new Map<Uri, Fact[]>();
  for (const fact of facts) {
    const list = files.get(fact.at.uri);
    if (list) list.push(fact);
    else files.set(fact.at.uri, [fact]);
  }
  return files;
}

function isSame(a: readonly Fact[], b: readonly Fact[]): boolean {
  return a.length === b.length && a.every((fact, index) => fact === b[index]);
}

/** Behind a file's address, the name for what a unit says in it. It lies beside the file, and no file of a disk has it. */
function partSuffix(unit: UnitId): string {
  return `\0${unit.replaceAll('/', '\0')}`;
}
