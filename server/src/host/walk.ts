// Lists the files of a folder by name, as git would see them, without opening any but .gitignore files and git's index.
// What to read is the engine's decision.

import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type TrackedFiles, trackedFiles } from './gitIndex.ts';
import { type IgnoreRules, innerRules, isIgnored, type Repository, repositoryOf } from './gitignore.ts';
import { reasonOf } from './reason.ts';

export interface WalkOptions {
  /** Whether a file or folder, relative to the walked folder with `/`, is left out. */
  readonly excluded?: (path: string) => boolean;
  readonly maximumFiles?: number;
  readonly signal?: AbortSignal;
}

export interface WalkResult {
  /** Absolute paths, folder by folder in name order. */
  readonly files: readonly string[];
  /** Sentences about what could not be listed. */
  readonly problems: readonly string[];
}

export const MAXIMUM_FILES = 200_000;

/** Tools fill these with other people's files. */
const foreignFolders = new Set([
  '.git',
  '.hg',
  '.svn',
  '.jj',
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.venv',
  '__pycache__',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.terraform',
  '.gradle',
  '.yarn',
  '.pnpm-store',
  '.vscode-test',
]);

/** A folder that holds one of these is such a folder under any name. */
const foreignMarkers = new Set(['pyvenv.cfg', 'CACHEDIR.TAG']);
const vendorMarkers = new Set(['modules.txt', 'autoload.php', 'bundle']);

interface Walk {
  readonly folder: string;
  readonly realFolder: string;
  readonly files: string[];
  readonly problems: string[];
  readonly options: WalkOptions;
  readonly maximum: number;
  readonly tracked: Tracked;
}

/** A folder still to be listed. In one that git ignores only what it tracks all the same counts. */
interface PendingFolder {
  readonly path: string;
  readonly rules: IgnoreRules | undefined;
  readonly ignored: boolean;
}

/** Answers whether git tracks a file, or anything in a folder, although a pattern ignores it. */
type Tracked = (filePath: string, isFolder: boolean) => boolean;

/**
 * The index is read when first asked. Without a repository, in an unpacked archive, any file may have been tracked; an
 * ignored folder is what tools made.
 */
function trackedIn(repository: Repository | undefined): Tracked {
  if (repository === undefined) return (_, isFolder) => !isFolder;
  let index: TrackedFiles | undefined;
  return (filePath, isFolder) => {
    index ??= trackedFiles(repository.root);
    const name = portable(path.relative(repository.root, filePath));
    return isFolder ? index.folders.has(name) : index.files.has(name);
  };
}

function portable(relative: string): string {
  return path.sep === '/' ? relative : relative.replaceAll(path.sep, '/');
}

/** Throws where the folder itself cannot be listed. Folders are read synchronously: measured, promises take half as long again or more. */
export async function walk(folder: string, options: WalkOptions = {}): Promise<WalkResult> {
  const repository = repositoryOf(folder);
  const state: Walk = {
    folder,
    realFolder: realpathSync(folder),
    files: [],
    problems: [],
    options,
    maximum: options.maximumFiles ?? MAXIMUM_FILES,
    tracked: trackedIn(repository),
  };
  const pending: PendingFolder[] = [{ path: folder, rules: repository?.rules, ignored: false }];
  let breath = Date.now();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const entries = entriesOf(state, next.path);
    if (entries.length === 0) continue;
    pending.push(...listFolder(state, next, entries).reverse());
    if (state.files.length >= state.maximum) {
      state.problems.push(`${folder} holds more than ${state.maximum} files; the rest was not looked at.`);
      break;
    }
    if (Date.now() - breath > 30) {
      await setImmediate();
      options.signal?.throwIfAborted();
      breath = Date.now();
    }
  }
  return { files: state.files.slice(0, state.maximum), problems: state.problems };
}

/** Whether `walk` would list a file that has just come into being. */
export function isListed(folder: string, filePath: string): boolean {
  const segments = path.relative(folder, filePath).split(path.sep);
  if (segments[0] === '..' || segments[0] === '') return false;
  const repository = repositoryOf(folder);
  let rules = innerRules(repository?.rules, folder);
  const tracked = trackedIn(repository);
  let current = folder;
  let ignored = false;
  for (const [index, segment] of segments.entries()) {
    const isFolder = index < segments.length - 1;
    current = path.join(current, segment);
    if (isFolder && foreignFolders.has(segment)) return false;
    if (isFolder && ignored) continue;
    ignored ||= isIgnored(rules, current, isFolder);
    if (isFolder && ignored && !tracked(current, true)) return false;
    if (isFolder && !ignored) rules = innerRules(rules, current);
  }
  return !ignored || tracked(filePath, false);
}

function entriesOf(state: Walk, folder: string): readonly Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (folder === state.folder) throw error;
    state.problems.push(`${folder} could not be listed: ${reasonOf(error)}.`);
    return [];
  }
}

/** Lists a folder's files; answers the folders in it that are to be listed too. */
function listFolder(state: Walk, folder: PendingFolder, entries: readonly Dirent[]): PendingFolder[] {
  const folders: PendingFolder[] = [];
  if (folder.path !== state.folder && isForeign(folder.path, entries)) return folders;
  const hasRules = !folder.ignored && entries.some((entry) => entry.name === '.gitignore');
  const rules = hasRules ? innerRules(folder.rules, folder.path) : folder.rules;
  const prefix = folder.path.endsWith(path.sep) ? folder.path : folder.path + path.sep;
  for (const entry of entries) {
    const entryPath = prefix + entry.name;
    const isFolder = entry.isDirectory();
    if (isFolder ? foreignFolders.has(entry.name) : !isFile(state, entry, entryPath)) continue;
    const ignored = folder.ignored || isIgnored(rules, entryPath, isFolder);
    if ((ignored && !state.tracked(entryPath, isFolder)) || isExcluded(state, entryPath)) continue;
    if (isFolder) folders.push({ path: entryPath, rules, ignored });
    else state.files.push(entryPath);
  }
  return folders;
}

function isForeign(folder: string, entries: readonly Dirent[]): boolean {
  if (entries.some((entry) => foreignMarkers.has(entry.name))) return true;
  return path.basename(folder) === 'vendor' && entries.some((entry) => vendorMarkers.has(entry.name));
}

/** Linked folders are not followed, so there are no cycles; a linked file counts where its target lies in the folder. */
function isFile(state: Walk, entry: Dirent, entryPath: string): boolean {
  if (entry.isFile()) return true;
  if (!entry.isSymbolicLink()) return false;
  try {
    const target = realpathSync(entryPath);
    return target.startsWith(state.realFolder + path.sep) && statSync(target).isFile();
  } catch {
    return false;
  }
}

function isExcluded(state: Walk, entryPath: string): boolean {
  const { excluded } = state.options;
  if (!excluded) return false;
  const relative = path.relative(state.folder, entryPath);
  return excluded(portable(relative));
}
