// The files of the workspace and what they say. Knows which files are wanted; every change answers the keys it touched,
// so that only what depends on them is joined again.

import type { Layout } from '../base/layout.ts';
import type { SourceFile } from '../base/text.ts';
import { dirname, type Uri } from '../base/uri.ts';
import type { Fact, FactKind, FileFacts } from '../facts/fileFacts.ts';
import type { UnitFiles } from '../facts/files.ts';
import type { Address } from '../facts/reference.ts';
import type { Routing } from '../facts/routing.ts';
import { sources } from '../sources/index.ts';
import type { ExtractedText, Source } from '../sources/source.ts';
import { hasGrammar, RUNTIME } from '../syntax/treeSitter.ts';
import type { FileContent, Wanted } from './analysis.ts';
import { FactIndex } from './factIndex.ts';
import { parentFolders } from './folders.ts';
import { SettledFacts } from './settledFacts.ts';
import { sourceOfUnit, type UnitId, unitId, unitUri } from './unitId.ts';

/** What an answer depended on: `f:` facts of a file, `e:` its existence, `d:` a folder's, `l:` its listing, `s:` its subfolders, `k:` files of a kind, `n:` of a family. */
export type Key = string;

interface Entry {
  readonly text: string | undefined;
  readonly unreadable: string | undefined;
  /** The source that reads the text; undefined where no source does. */
  readonly source: Source | undefined;
  /** Facts once they were asked for; undefined while the grammar is missing. */
  facts: FileFacts | undefined;
  /** What the text before this one said, until the facts of this one are there. */
  before?: ExtractedText | undefined;
  /** Once it was asked for. */
  routing?: Routing | undefined;
}

const scanned = sources.filter((source) => source.discovery === 'scan');
const sourcesInOrder = [...scanned, ...sources.filter((source) => source.discovery === 'onDemand')];

export class FileStore {
  readonly #isSettings: (uri: Uri) => boolean;
  readonly #log: (line: string) => void;
  readonly #listed = new Set<Uri>();
  readonly #children = new Map<Uri, Set<Uri>>();
  /** Listings of folders that were asked for. */
  readonly #sorted = new Map<Uri, readonly Uri[]>();
  readonly #folderCounts = new Map<Uri, number>();
  readonly #subfolders = new Map<Uri, Set<Uri>>();
  readonly #entries = new Map<Uri, Entry>();
  readonly #wantedFiles = new Set<Uri>();
  /** Files whose facts were asked for. */
  readonly #asked = new Set<Uri>();
  readonly #wantedGrammars = new Set<string>();
  /** Files that wait for a grammar. */
  readonly #waiting = new Map<string, Set<Uri>>();
  readonly #touched = new Set<Key>();
  readonly #index = new FactIndex((key) => this.#touched.add(key));
  /** Which unit each file of a spread-out format belongs to. */
  readonly #unitOf = new Map<Uri, UnitId>();
  readonly #members = new Map<UnitId, Set<Uri>>();
  readonly #settled = new SettledFacts((uri, before, after) => {
    this.#touched.add(`f:${uri}`);
    this.#index.replace(uri, before, after);
  });

  /** Settings files are read and kept although no source claims them. */
  constructor(isSettings: (uri: Uri) => boolean, log: (line: string) => void) {
    this.#isSettings = isSettings;
    this.#log = log;
  }

  /** The keys touched since the last call. */
  takeTouched(): ReadonlySet<Key> {
    const touched = new Set(this.#touched);
    this.#touched.clear();
    return touched;
  }

  get wanted(): Wanted {
    return { files: [...this.#wantedFiles], grammars: [...this.#wantedGrammars] };
  }

  get listed(): ReadonlySet<Uri> {
    return this.#listed;
  }

  /** Files that a scanning source read. */
  *scannedFiles(): Iterable<Uri> {
    for (const [uri, entry] of this.#entries) if (entry.source?.discovery === 'scan' || entry.unreadable) yield uri;
  }

  exists(uri: Uri): boolean {
    return this.#listed.has(uri);
  }

  folderExists(uri: Uri): boolean {
    return (this.#folderCounts.get(uri) ?? 0) > 0;
  }

  list(folder: Uri): readonly Uri[] {
    const known = this.#sorted.get(folder);
    if (known) return known;
    const files = [...(this.#children.get(folder) ?? [])].sort();
    this.#sorted.set(folder, files);
    return files;
  }

  folders(folder: Uri): readonly Uri[] {
    return [...(this.#subfolders.get(folder) ?? [])].sort();
  }

  /** The same array as long as nothing of the kind comes or goes, so that callers may keep an index by it. */
  filesWith(kind: FactKind, folder: Uri): readonly Uri[] {
    return this.#index.filesWith(kind, folder);
  }

  filesWithFamily(family: string): readonly Uri[] {
    return this.#index.filesWithFamily(family);
  }

  isTakenIn(uri: Uri): boolean {
    return this.#index.isTakenIn(uri);
  }

  resource(address: Address): Fact | undefined {
    return this.#index.resource(address);
  }

  referrers(address: Address): readonly Fact[] {
    return this.#index.referrers(address);
  }

  /** The settled facts of a part of a unit. */
  part(uri: Uri): FileFacts | undefined {
    return this.#settled.part(uri);
  }

  /** What the source makes of a unit; nothing where it fails. */
  resolveUnit(id: UnitId, files: UnitFiles): readonly Fact[] {
    if (!this.#members.has(id)) return [];
    const source = sources.find((candidate) => candidate.id === sourceOfUnit(id));
    const unit = unitUri(id);
    return (source && this.#tried(source, unit, () => source.resolve?.(unit, files))) ?? [];
  }

  setUnit(unit: UnitId, facts: readonly Fact[]): void {
    this.#settled.set(unit, facts);
  }

  /** Whether a file is one of a unit's own, so that the unit is settled again whenever it changes. */
  isMember(uri: Uri, unit: UnitId): boolean {
    return this.#unitOf.get(uri) === unit;
  }

  text(uri: Uri): string | undefined {
    return this.#entries.get(uri)?.text;
  }

  /** Where the parts of a file that was edited stand. */
  layout(uri: Uri): Layout | undefined {
    return this.#entries.get(uri)?.facts?.layout;
  }

  unreadable(uri: Uri): string | undefined {
    return this.#entries.get(uri)?.unreadable;
  }

  sourceOf(uri: Uri): Source | undefined {
    return this.#entries.get(uri)?.source;
  }

  /** Whether a file is still to be read. */
  isUnread(uri: Uri): boolean {
    return this.#wantedFiles.has(uri);
  }

  /** Whether a file is still to be read, or waits for its grammar. */
  isPending(uri: Uri): boolean {
    if (this.#wantedFiles.has(uri)) return true;
    const entry = this.#entries.get(uri);
    return entry?.source !== undefined && !entry.facts && !('routing' in entry) && entry.text !== undefined;
  }

  /** What a file says; wants the file where it is listed and not read yet. */
  facts(uri: Uri): FileFacts | undefined {
    const part = this.#settled.part(uri);
    if (part) return part;
    const entry = this.#entries.get(uri);
    this.#asked.add(uri);
    if (!entry) {
      this.#wantFile(uri);
      return undefined;
    }
    if (entry.facts || !entry.source || entry.text === undefined) return entry.facts;
    if (!this.#hasGrammar(uri, entry.source)) return undefined;
    entry.facts = this.#extract(entry.source, { uri, text: entry.text }, entry.before);
    entry.before = undefined;
    return entry.facts;
  }

  /** Where the grammar of a file is not loaded, the file waits for it. */
  #hasGrammar(uri: Uri, source: Source): boolean {
    const grammar = source.grammar?.(uri);
    if (grammar === undefined || hasGrammar(grammar)) return true;
    this.#wantGrammar(grammar);
    const waiting = this.#waiting.get(grammar) ?? new Set();
    this.#waiting.set(grammar, waiting.add(uri));
    return false;
  }

  /** The paths that a program answers, read when they are first asked for. */
  routing(uri: Uri): Routing | undefined {
    const entry = this.#entries.get(uri);
    this.#asked.add(uri);
    if (!entry) this.#wantFile(uri);
    if (!entry?.source?.routing || entry.text === undefined) return undefined;
    if ('routing' in entry) return entry.routing;
    const { source, text } = entry;
    if (!this.#hasGrammar(uri, source)) return undefined;
    entry.routing = this.#tried(source, uri, () => source.routing?.({ uri, text }));
    return entry.routing;
  }

  /** Wants a file together with its grammar, so that it can be read as soon as it comes. */
  #wantFile(uri: Uri): void {
    if (!this.#listed.has(uri) || this.#wantedFiles.has(uri)) return;
    const source = sourcesInOrder.find((candidate) => candidate.claims(uri) !== 'no');
    if (source === undefined) return;
    this.#wantedFiles.add(uri);
    const grammar = source.grammar?.(uri);
    if (grammar !== undefined && !hasGrammar(grammar)) this.#wantGrammar(grammar);
  }

  #wantGrammar(grammar: string): void {
    if (!hasGrammar(RUNTIME)) this.#wantedGrammars.add(RUNTIME);
    this.#wantedGrammars.add(grammar);
  }

  #tried<T>(source: Source, uri: Uri, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.#log(`source ${source.id} failed on ${uri}: ${error instanceof Error ? error.stack : String(error)}`);
      return undefined;
    }
  }

  #extract(source: Source, file: SourceFile, before: ExtractedText | undefined): FileFacts {
    const { uri } = file;
    return (
      this.#tried(source, uri, () => source.extract(file, before)) ?? {
        uri,
        source: source.id,
        facts: [],
        problems: [],
      }
    );
  }

  add(uri: Uri): void {
    if (this.#listed.has(uri)) return;
    this.#listed.add(uri);
    this.#touched.add(`e:${uri}`);
    const home = dirname(uri);
    const children = this.#children.get(home) ?? new Set();
    this.#children.set(home, children.add(uri));
    this.#sorted.delete(home);
    this.#touched.add(`l:${home}`);
    for (const folder of parentFolders(uri)) {
      const count = this.#folderCounts.get(folder) ?? 0;
      this.#folderCounts.set(folder, count + 1);
      if (count > 0) continue;
      this.#touched.add(`d:${folder}`);
      const parent = dirname(folder);
      const siblings = this.#subfolders.get(parent) ?? new Set();
      this.#subfolders.set(parent, siblings.add(folder));
      this.#touched.add(`s:${parent}`);
    }
    if (this.#isSettings(uri) || scanned.some((source) => source.claims(uri) !== 'no')) this.#wantedFiles.add(uri);
  }

  remove(uri: Uri): void {
    if (!this.#listed.delete(uri)) return;
    this.#touched.add(`e:${uri}`);
    this.#children.get(dirname(uri))?.delete(uri);
    this.#sorted.delete(dirname(uri));
    this.#touched.add(`l:${dirname(uri)}`);
    for (const folder of parentFolders(uri)) {
      const count = (this.#folderCounts.get(folder) ?? 1) - 1;
      this.#folderCounts.set(folder, count);
      if (count > 0) continue;
      this.#touched.add(`d:${folder}`);
      this.#subfolders.get(dirname(folder))?.delete(folder);
      this.#touched.add(`s:${dirname(folder)}`);
    }
    this.#wantedFiles.delete(uri);
    this.#replace(uri, undefined);
  }

  setContent(content: FileContent): void {
    const { uri } = content;
    this.add(uri);
    this.#wantedFiles.delete(uri);
    if ('unreadable' in content) {
      this.#replace(uri, { text: undefined, unreadable: content.unreadable, source: undefined, facts: undefined });
      return;
    }
    if (this.#entries.get(uri)?.text === content.text) return;
    const source = sourceFor(uri, content.text);
    // Looked at only because a scanning source might have claimed it: read again when something leads to it.
    if (source?.discovery === 'onDemand' && !this.#asked.has(uri) && !this.#isSettings(uri)) {
      this.#replace(uri, undefined);
      return;
    }
    // The text of a file that nothing reads is not kept.
    const text = source || this.#isSettings(uri) ? content.text : undefined;
    const old = this.#entries.get(uri);
    const before =
      old?.text !== undefined && old.facts && old.source === source ? { text: old.text, facts: old.facts } : undefined;
    this.#replace(uri, { text, unreadable: undefined, source, facts: undefined, before });
  }

  /** A grammar has come: the files that waited for it can be read. */
  grammarLoaded(name: string): void {
    this.#wantedGrammars.delete(name);
    for (const uri of this.#waiting.get(name) ?? []) {
      this.#touched.add(`f:${uri}`);
      const source = this.#entries.get(uri)?.source;
      if (source?.discovery === 'scan') this.#enter(uri, source, undefined, this.facts(uri));
    }
    this.#waiting.delete(name);
  }

  #replace(uri: Uri, entry: Entry | undefined): void {
    const old = this.#entries.get(uri);
    const before = old?.source?.discovery === 'scan' ? old.facts : undefined;
    if (entry) this.#entries.set(uri, entry);
    else this.#entries.delete(uri);
    const after = entry?.source?.discovery === 'scan' ? this.facts(uri) : undefined;
    this.#touched.add(`f:${uri}`);
    this.#enter(uri, entry?.source, before, after);
  }

  #enter(uri: Uri, source: Source | undefined, before: FileFacts | undefined, after: FileFacts | undefined): void {
    this.#index.replace(uri, before, after);
    const folder = after && source?.unit?.(after);
    const unit = folder === undefined || !source ? undefined : unitId(source, folder);
    const old = this.#unitOf.get(uri);
    if (old !== undefined) {
      const members = this.#members.get(old);
      members?.delete(uri);
      if (members?.size === 0) this.#members.delete(old);
      this.#unitOf.delete(uri);
      this.#touched.add(old);
    }
    if (unit === undefined) return;
    const members = this.#members.get(unit) ?? new Set();
    this.#members.set(unit, members.add(uri));
    this.#unitOf.set(uri, unit);
    this.#touched.add(unit);
  }
}

function sourceFor(uri: Uri, text: string): Source | undefined {
  for (const source of sourcesInOrder) {
    const claim = source.claims(uri);
    if (claim === 'yes' || (claim === 'maybe' && (source.recognizes?.(text) ?? true))) return source;
  }
  return undefined;
}
