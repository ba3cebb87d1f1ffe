// The files of the workspace and what they say. Knows which files are wanted; every change answers the keys it touched,
// so that only what depends on them is joined again.

import type { SourceFile } from '../base/text.ts';
import { dirname, type Uri } from '../base/uri.ts';
import type { FactKind, FileFacts } from '../facts/fileFacts.ts';
import { knownValue } from '../facts/value.ts';
import { sources } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { hasGrammar, RUNTIME } from '../syntax/treeSitter.ts';
import type { FileContent, Wanted } from './analysis.ts';
import { isListedWithin, parentFolders } from './folders.ts';

/** What an answer depended on: `f:` facts of a file, `e:` its existence, `d:` a folder's, `l:` its listing, `s:` its subfolders, `k:` files of a kind, `n:` of a family. */
export type Key = string;

interface Entry {
  readonly text: string | undefined;
  readonly unreadable: string | undefined;
  /** The source that reads the text; undefined where no source does. */
  readonly source: Source | undefined;
  /** Facts once they were asked for; undefined while the grammar is missing. */
  facts: FileFacts | undefined;
}

const scanned = sources.filter((source) => source.discovery === 'scan');
const onDemand = sources.filter((source) => source.discovery === 'onDemand');

export class FileStore {
  readonly #isSettings: (uri: Uri) => boolean;
  readonly #log: (line: string) => void;
  readonly #listed = new Set<Uri>();
  readonly #children = new Map<Uri, Set<Uri>>();
  readonly #folderCounts = new Map<Uri, number>();
  readonly #subfolders = new Map<Uri, Set<Uri>>();
  readonly #entries = new Map<Uri, Entry>();
  readonly #wantedFiles = new Set<Uri>();
  /** Files whose facts were asked for. */
  readonly #asked = new Set<Uri>();
  readonly #wantedGrammars = new Set<string>();
  /** Files that wait for a grammar. */
  readonly #waiting = new Map<string, Set<Uri>>();
  readonly #byKind = new Map<FactKind, Set<Uri>>();
  readonly #byFamily = new Map<string, Set<Uri>>();
  readonly #touched = new Set<Key>();
  readonly #filesWith = new Map<string, readonly Uri[]>();

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
    return [...(this.#children.get(folder) ?? [])].sort();
  }

  folders(folder: Uri): readonly Uri[] {
    return [...(this.#subfolders.get(folder) ?? [])].sort();
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

  text(uri: Uri): string | undefined {
    return this.#entries.get(uri)?.text;
  }

  unreadable(uri: Uri): string | undefined {
    return this.#entries.get(uri)?.unreadable;
  }

  sourceOf(uri: Uri): Source | undefined {
    return this.#entries.get(uri)?.source;
  }

  /** Whether a file is still to be read, or waits for its grammar. */
  isPending(uri: Uri): boolean {
    if (this.#wantedFiles.has(uri)) return true;
    const entry = this.#entries.get(uri);
    return entry?.source !== undefined && entry.facts === undefined && entry.text !== undefined;
  }

  /** What a file says; wants the file where it is listed and not read yet. */
  facts(uri: Uri): FileFacts | undefined {
    const entry = this.#entries.get(uri);
    this.#asked.add(uri);
    if (!entry) {
      if (this.#listed.has(uri) && sources.some((source) => source.claims(uri) !== 'no')) this.#wantedFiles.add(uri);
      return undefined;
    }
    if (entry.facts || !entry.source || entry.text === undefined) return entry.facts;
    const grammar = entry.source.grammar?.(uri);
    if (grammar !== undefined && !hasGrammar(grammar)) {
      this.#wantedGrammars.add(hasGrammar(RUNTIME) ? grammar : RUNTIME);
      this.#wantedGrammars.add(grammar);
      const waiting = this.#waiting.get(grammar) ?? new Set();
      this.#waiting.set(grammar, waiting.add(uri));
      return undefined;
    }
    entry.facts = this.#extract(entry.source, { uri, text: entry.text });
    return entry.facts;
  }

  #extract(source: Source, file: SourceFile): FileFacts {
    try {
      return source.extract(file);
    } catch (error) {
      this.#log(`source ${source.id} failed on ${file.uri}: ${error instanceof Error ? error.stack : String(error)}`);
      return { uri: file.uri, source: source.id, facts: [], problems: [] };
    }
  }

  add(uri: Uri): void {
    if (this.#listed.has(uri)) return;
    this.#listed.add(uri);
    this.#touched.add(`e:${uri}`);
    const home = dirname(uri);
    const children = this.#children.get(home) ?? new Set();
    this.#children.set(home, children.add(uri));
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
    this.#replace(uri, { text, unreadable: undefined, source, facts: undefined });
  }

  /** A grammar has come: the files that waited for it can be read. */
  grammarLoaded(name: string): void {
    this.#wantedGrammars.delete(name);
    for (const uri of this.#waiting.get(name) ?? []) this.#touched.add(`f:${uri}`);
    this.#waiting.delete(name);
  }

  #replace(uri: Uri, entry: Entry | undefined): void {
    const before = this.#entries.get(uri)?.facts;
    if (entry) this.#entries.set(uri, entry);
    else this.#entries.delete(uri);
    const after = entry?.source?.discovery === 'scan' ? this.facts(uri) : undefined;
    this.#touched.add(`f:${uri}`);
    this.#index(uri, before, after);
  }

  #index(uri: Uri, before: FileFacts | undefined, after: FileFacts | undefined): void {
    const kindsBefore = kindsOf(before);
    const kindsAfter = kindsOf(after);
    if (kindsBefore.size + kindsAfter.size > 0) this.#filesWith.clear();
    this.#move(this.#byKind, 'k', uri, kindsBefore, kindsAfter);
    this.#move(this.#byFamily, 'n', uri, familiesOf(before), familiesOf(after));
  }

  #move<T extends string>(
    index: Map<T, Set<Uri>>,
    prefix: string,
    uri: Uri,
    before: ReadonlySet<T>,
    after: ReadonlySet<T>,
  ): void {
    for (const name of before) {
      if (after.has(name)) continue;
      index.get(name)?.delete(uri);
      this.#touched.add(`${prefix}:${name}`);
    }
    for (const name of after) {
      if (before.has(name)) continue;
      const uris = index.get(name) ?? new Set();
      index.set(name, uris.add(uri));
      this.#touched.add(`${prefix}:${name}`);
    }
  }
}

function sourceFor(uri: Uri, text: string): Source | undefined {
  for (const source of [...scanned, ...onDemand]) {
    const claim = source.claims(uri);
    if (claim === 'yes' || (claim === 'maybe' && (source.recognizes?.(text) ?? true))) return source;
  }
  return undefined;
}

const indexedKinds: ReadonlySet<FactKind> = new Set(['taskDefinition', 'service', 'dockerfile', 'pipeline']);

function kindsOf(facts: FileFacts | undefined): ReadonlySet<FactKind> {
  return new Set((facts?.facts ?? []).map((fact) => fact.kind).filter((kind) => indexedKinds.has(kind)));
}

function familiesOf(facts: FileFacts | undefined): ReadonlySet<string> {
  return new Set(
    (facts?.facts ?? []).flatMap((fact) => (fact.kind === 'taskDefinition' ? (knownValue(fact.family) ?? []) : [])),
  );
}
