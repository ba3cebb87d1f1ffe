// Keeps the engine supplied: lists the folders, reads what the engine wants until it wants nothing more, and lets the
// texts of open editors beat the disk. Which files matter is the engine's decision; showing reports is the adapters'.

import { realpathSync } from 'node:fs';
import { basename, isWithin, type Uri } from '../base/uri.ts';
import type { AnalysisHost, Change, FileContent } from '../engine/analysis.ts';
import { readGrammar } from './grammars.ts';
import { pathToUri, uriToPath } from './paths.ts';
import { readText } from './read.ts';
import { reasonOf } from './reason.ts';
import { isListed, walk } from './walk.ts';
import { writeText } from './write.ts';

export interface WorkspaceOptions {
  readonly analysis: AnalysisHost;
  /** Whether a path, relative to its folder, is neither listed nor read. */
  readonly excluded?: (path: string, folder: Uri) => boolean;
  /** Sentences about what went wrong without being a finding. */
  readonly log?: (message: string) => void;
  readonly progress?: (progress: Progress) => void;
  readonly maximumFiles?: number;
}

export interface Progress {
  readonly listed: number;
  readonly read: number;
}

export interface FileEvents {
  readonly created?: readonly Uri[];
  readonly changed?: readonly Uri[];
  readonly deleted?: readonly Uri[];
}

/** Every method answers the files whose reports changed, once nothing is wanted any more. */
export interface Workspace {
  readonly analysis: AnalysisHost;
  /** Lists and reads the folders from scratch; `change` (settings, say) is applied with them. */
  scan(folders: readonly Uri[], change?: Change, signal?: AbortSignal): Promise<ReadonlySet<Uri>>;
  /** An editor shows this text: it beats the disk until it is closed. */
  edit(uri: Uri, text: string): Promise<ReadonlySet<Uri>>;
  close(uri: Uri): Promise<ReadonlySet<Uri>>;
  filesChanged(events: FileEvents): Promise<ReadonlySet<Uri>>;
  /** Any other change, such as settings. */
  apply(change: Change): Promise<ReadonlySet<Uri>>;
  /** Writes texts to the disk, each whole, and tells the engine. */
  write(files: readonly { readonly uri: Uri; readonly text: string }[]): Promise<ReadonlySet<Uri>>;
  readonly progress: Progress;
}

const CONCURRENT_READS = 32;

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { analysis } = options;
  const log = options.log ?? (() => {});
  const overlay = new Map<Uri, string>();
  /** Files the engine was given, from disk or editor. */
  const given = new Set<Uri>();
  const onDisk = new Set<Uri>();
  const missingGrammars = new Set<string>();
  /** Counts the changes of a file, so that a slow read never overwrites a newer text. */
  const versions = new Map<Uri, number>();
  let realFolders: readonly string[] = [];
  let folders: readonly Uri[] = [];

  const touch = (uri: Uri): void => {
    versions.set(uri, (versions.get(uri) ?? 0) + 1);
  };

  function give(change: Change, changed: Set<Uri>): void {
    for (const content of change.contents ?? []) given.add(content.uri);
    for (const uri of analysis.apply(change)) changed.add(uri);
  }

  async function settle(changed: Set<Uri>, signal?: AbortSignal): Promise<ReadonlySet<Uri>> {
    for (;;) {
      const { files, grammars } = analysis.wanted;
      const newGrammars = grammars.filter((name) => !missingGrammars.has(name));
      if (files.length === 0 && newGrammars.length === 0) return changed;
      signal?.throwIfAborted();
      const [contents] = await Promise.all([readAll(files, signal), loadGrammars(newGrammars)]);
      if (contents.length === 0 && newGrammars.length === 0) return changed;
      give({ contents }, changed);
    }
  }

  async function loadGrammars(names: readonly string[]): Promise<void> {
    for (const name of names) {
      try {
        await analysis.loadGrammar(name, await readGrammar(name));
      } catch (error) {
        missingGrammars.add(name);
        log(reasonOf(error));
      }
    }
  }

  async function readAll(uris: readonly Uri[], signal?: AbortSignal): Promise<readonly FileContent[]> {
    const contents: FileContent[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let uri = uris[next++]; uri !== undefined; uri = uris[next++]) {
        signal?.throwIfAborted();
        const content = await readOne(uri);
        if (content) contents.push(content);
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENT_READS, uris.length) }, worker));
    options.progress?.({ listed: onDisk.size, read: given.size });
    return contents;
  }

  async function readOne(uri: Uri): Promise<FileContent | undefined> {
    const shown = overlay.get(uri);
    if (shown !== undefined) return { uri, text: shown };
    const version = versions.get(uri);
    const content = await readFromDisk(uri);
    // Something newer happened to the file meanwhile, and whoever reported it gives the engine its text.
    return version === versions.get(uri) ? content : undefined;
  }

  async function readFromDisk(uri: Uri): Promise<FileContent> {
    const filePath = folders.some((folder) => isWithin(folder, uri)) ? uriToPath(uri) : undefined;
    if (filePath === undefined) return { uri, unreadable: 'it lies outside the analysed folder' };
    const result = await readText(filePath, realFolders);
    if (result.kind === 'text') return { uri, text: result.text };
    return { uri, unreadable: result.kind === 'missing' ? 'it does not exist' : result.reason };
  }

  async function list(signal?: AbortSignal): Promise<readonly Uri[]> {
    const uris: Uri[] = [];
    for (const folder of folders) {
      const folderPath = uriToPath(folder);
      if (folderPath === undefined) continue;
      const { excluded, maximumFiles } = options;
      const result = await walk(folderPath, {
        ...(excluded && { excluded: (relative: string) => excluded(relative, folder) }),
        ...(maximumFiles !== undefined && { maximumFiles }),
        ...(signal && { signal }),
      });
      for (const problem of result.problems) log(problem);
      for (const file of result.files) uris.push(pathToUri(file));
    }
    return uris;
  }

  /** Events may name whole folders. */
  function deletedFiles(uris: readonly Uri[]): readonly Uri[] {
    return uris.flatMap((uri) => (onDisk.has(uri) ? [uri] : [...onDisk].filter((file) => isWithin(uri, file))));
  }

  function isNewFile(uri: Uri): boolean {
    const folder = folders.find((candidate) => isWithin(candidate, uri));
    const folderPath = folder === undefined ? undefined : uriToPath(folder);
    const filePath = uriToPath(uri);
    if (folder === undefined || folderPath === undefined || filePath === undefined || onDisk.has(uri)) return false;
    if (options.excluded?.(uri.slice(folder.length + 1), folder)) return false;
    return isListed(folderPath, filePath);
  }

  async function scan(
    newFolders: readonly Uri[],
    change: Change = {},
    signal?: AbortSignal,
  ): Promise<ReadonlySet<Uri>> {
    folders = newFolders;
    realFolders = newFolders.flatMap(realFolder);
    const listed = new Set(await list(signal));
    const removed = [...onDisk].filter((uri) => !listed.has(uri) && !overlay.has(uri));
    const reread = [...given].filter((uri) => listed.has(uri) && !overlay.has(uri));
    onDisk.clear();
    for (const uri of listed) onDisk.add(uri);
    for (const uri of removed) given.delete(uri);
    const contents = [...(await readAll(reread, signal)), ...(change.contents ?? [])];
    const changed = new Set<Uri>();
    give({ ...change, folders, added: [...listed], removed, contents }, changed);
    return settle(changed, signal);
  }

  return {
    analysis,
    scan,
    get progress() {
      return { listed: onDisk.size, read: given.size };
    },

    edit(uri, text) {
      touch(uri);
      overlay.set(uri, text);
      const changed = new Set<Uri>();
      give({ contents: [{ uri, text }] }, changed);
      return settle(changed);
    },

    async close(uri) {
      touch(uri);
      overlay.delete(uri);
      const changed = new Set<Uri>();
      if (!onDisk.has(uri)) {
        given.delete(uri);
        give({ removed: [uri] }, changed);
      } else if (given.has(uri)) {
        const content = await readOne(uri);
        if (content) give({ contents: [content] }, changed);
      }
      return settle(changed);
    },

    async filesChanged(events) {
      const all = [...(events.created ?? []), ...(events.changed ?? []), ...(events.deleted ?? [])];
      if (all.some((uri) => basename(uri) === '.gitignore')) return scan(folders);
      const deleted = deletedFiles(events.deleted ?? []);
      const removed = deleted.filter((uri) => !overlay.has(uri));
      for (const uri of deleted) onDisk.delete(uri);
      const created = (events.created ?? []).filter(isNewFile);
      const rewritten = [...(events.changed ?? []), ...(events.created ?? [])];
      for (const uri of [...removed, ...created, ...rewritten]) touch(uri);
      for (const uri of created) onDisk.add(uri);
      for (const uri of removed) given.delete(uri);
      const reread = rewritten.filter((uri) => given.has(uri) && !overlay.has(uri));
      const changed = new Set<Uri>();
      give({ added: created, removed, contents: await readAll(reread) }, changed);
      return settle(changed);
    },

    apply(change) {
      const changed = new Set<Uri>();
      give(change, changed);
      return settle(changed);
    },

    async write(files) {
      const changed = new Set<Uri>();
      for (const { uri, text } of files) {
        const filePath = uriToPath(uri);
        if (filePath === undefined) throw new Error(`${uri} is not a file of this machine`);
        await writeText(filePath, text, realFolders);
        touch(uri);
        onDisk.add(uri);
      }
      give({ contents: files }, changed);
      return settle(changed);
    },
  };
}

function realFolder(folder: Uri): readonly string[] {
  const folderPath = uriToPath(folder);
  if (folderPath === undefined) return [];
  try {
    return [realpathSync(folderPath)];
  } catch {
    return [folderPath];
  }
}
