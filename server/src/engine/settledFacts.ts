// The settled facts of units of several files. Each file that they stand in is a part of its own, replaced only where it
// changed.

import { equalData } from '../base/equal.ts';
import type { Uri } from '../base/uri.ts';
import type { Fact, FileFacts } from '../facts/fileFacts.ts';
import { sourceOfUnit, type UnitId } from './unitId.ts';

export class SettledFacts {
  readonly #replaced: (uri: Uri, before: FileFacts | undefined, after: FileFacts | undefined) => void;
  readonly #parts = new Map<Uri, FileFacts>();
  readonly #units = new Map<UnitId, SettledUnit>();

  constructor(replaced: (uri: Uri, before: FileFacts | undefined, after: FileFacts | undefined) => void) {
    this.#replaced = replaced;
  }

  /** The settled facts of a part of a unit. */
  part(uri: Uri): FileFacts | undefined {
    return this.#parts.get(uri);
  }

  set(unit: UnitId, facts: readonly Fact[]): void {
    const { facts: before, parts } = this.#units.get(unit) ?? { facts: [], parts: new Map<Uri, FileFacts>() };
    const files = filesThatDiffer(before, facts);
    const lists = byFile(facts, files);
    for (const file of files) {
      const part = this.#replace(unit, file, parts.get(file), lists.get(file));
      if (part) parts.set(file, part);
      else parts.delete(file);
    }
    if (parts.size > 0) this.#units.set(unit, { facts, parts });
    else this.#units.delete(unit);
  }

  #replace(unit: UnitId, file: Uri, before: FileFacts | undefined, list: readonly Fact[] = []): FileFacts | undefined {
    const old = before?.facts ?? [];
    // What says the same stays the same object.
    const facts = list.map((fact, index) => (equalData(old[index], fact) ? (old[index] ?? fact) : fact));
    if (old.length === facts.length && facts.every((fact, index) => fact === old[index])) return before;
    const uri = file + partSuffix(unit);
    const part = facts.length > 0 ? { uri, source: sourceOfUnit(unit), facts, problems: [] } : undefined;
    if (part) this.#parts.set(uri, part);
    else this.#parts.delete(uri);
    this.#replaced(uri, before, part);
    return part;
  }
}

interface SettledUnit {
  readonly facts: readonly Fact[];
  /** By the file that a part stands in. */
  readonly parts: Map<Uri, FileFacts>;
}

/** The files of the facts between those that two lists have in common at their ends. */
function filesThatDiffer(before: readonly Fact[], after: readonly Fact[]): ReadonlySet<Uri> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const between = [before, after].flatMap((facts) => facts.slice(start, facts.length - end));
  return new Set(between.map((fact) => fact.at.uri));
}

function byFile(facts: readonly Fact[], files: ReadonlySet<Uri>): ReadonlyMap<Uri, readonly Fact[]> {
  const lists = new Map<Uri, Fact[]>();
  for (const fact of facts) {
    const { uri } = fact.at;
    if (!files.has(uri)) continue;
    const list = lists.get(uri);
    if (list) list.push(fact);
    else lists.set(uri, [fact]);
  }
  return lists;
}

/** Behind a file's address, the name for what a unit says in it. It lies beside the file, and no file of a disk has it. */
function partSuffix(unit: UnitId): string {
  return `\0${unit.replaceAll('/', '\0')}`;
}
