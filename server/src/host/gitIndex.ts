// Which files git tracks, read from the repository's index. A tracked file is never ignored, whatever .gitignore says:
// https://git-scm.com/docs/gitignore. Git itself is not run; an index that cannot be read whole says nothing.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Files and the folders that hold them, relative to the repository's root, with `/`. */
export interface TrackedFiles {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

const MAXIMUM_BYTES = 100_000_000;
const nothing: TrackedFiles = { files: new Set(), folders: new Set() };

interface Cached {
  readonly path: string;
  readonly stamp: string;
  readonly tracked: TrackedFiles;
}

/** The index last read: editors ask again for every new file. */
let cached: Cached | undefined;

/** The tracked files of the repository whose root is given. */
export function trackedFiles(root: string): TrackedFiles {
  try {
    const indexPath = path.join(gitFolder(root), 'index');
    const { mtimeMs, size } = statSync(indexPath);
    if (size > MAXIMUM_BYTES) return nothing;
    const stamp = `${mtimeMs} ${size}`;
    if (cached?.path === indexPath && cached.stamp === stamp) return cached.tracked;
    const tracked = withFolders(readIndex(readFileSync(indexPath)) ?? []);
    cached = { path: indexPath, stamp, tracked };
    return tracked;
  } catch {
    return nothing;
  }
}

/** `.git` is a folder, or the file of a worktree or submodule that names one. */
function gitFolder(root: string): string {
  const dotGit = path.join(root, '.git');
  const { size, isFile } = describe(dotGit);
  if (!isFile || size > 10_000) return dotGit;
  const named = /^gitdir: (.+?)\s*$/m.exec(readFileSync(dotGit, 'utf8'))?.[1];
  return named === undefined ? dotGit : path.resolve(root, named);
}

function describe(filePath: string): { readonly size: number; readonly isFile: boolean } {
  const stats = statSync(filePath);
  return { size: stats.size, isFile: stats.isFile() };
}

/** Before an entry's flags: times, device, inode, mode, owner, size and the SHA-1 name of its content. */
const FLAGS_OFFSET = 60;
const EXTENDED = 0x4000;

/**
 * The paths of the entries; undefined where the index is damaged or of an unknown kind.
 * https://git-scm.com/docs/index-format
 */
export function readIndex(bytes: Buffer): readonly string[] | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4 || count * FLAGS_OFFSET > bytes.length) return undefined;
  const names: string[] = [];
  let previous: Buffer = Buffer.alloc(0);
  let offset = 12;
  for (let i = 0; i < count; i++) {
    if (offset + FLAGS_OFFSET + 2 > bytes.length) return undefined;
    const extended = (bytes.readUInt16BE(offset + FLAGS_OFFSET) & EXTENDED) !== 0 ? 2 : 0;
    const start = offset + FLAGS_OFFSET + 2 + extended;
    const shared = version === 4 ? sharedPrefix(bytes, start, previous.length) : { length: 0, next: start };
    const end = shared && bytes.indexOf(0, shared.next);
    if (!shared || end === undefined || end < 0) return undefined;
    const name = Buffer.concat([previous.subarray(0, shared.length), bytes.subarray(shared.next, end)]);
    // Entries are sorted: what is not was read at a wrong place.
    if (name.length === 0 || name.length > 4096 || Buffer.compare(previous, name) > 0) return undefined;
    names.push(name.toString('utf8'));
    previous = name;
    offset = version === 4 ? end + 1 : offset + ((end - offset + 8) & ~7);
  }
  return names;
}

/** How much of the previous path an entry of version 4 keeps: the number of bytes to drop stands before the rest. */
function sharedPrefix(
  bytes: Buffer,
  start: number,
  previous: number,
): { readonly length: number; readonly next: number } | undefined {
  let next = start;
  let byte = bytes[next++] ?? 0;
  let dropped = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    if (next - start > 4) return undefined;
    byte = bytes[next++] ?? 0;
    dropped = ((dropped + 1) << 7) | (byte & 0x7f);
  }
  return dropped > previous ? undefined : { length: previous - dropped, next };
}

function withFolders(names: readonly string[]): TrackedFiles {
  const folders = new Set<string>();
  for (const name of names) {
    for (let slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
      const folder = name.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { files: new Set(names), folders };
}
