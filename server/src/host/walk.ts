// Lists the files of a folder by name, as git would see them, without opening any but .gitignore files. What to read is
// the engine's decision.

import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type IgnoreRules, innerRules, isIgnored, outerRules } from './gitignore.ts';
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
}

/** Throws where the folder itself cannot be listed. Folders are read synchronously: measured, promises take half as long again or more. */
export async function walk(folder: string, options: WalkOptions = {}): Promise<WalkResult> {
  const state: Walk = {
    folder,
    realFolder: realpathSync(folder),
    files: [],
    problems: [],
    options,
    maximum: options.maximumFiles ?? MAXIMUM_FILES,
  };
  const pending: { path: string; rules: IgnoreRules | undefined }[] = [{ path: folder, rules: outerRules(folder) }];
  let breath = Date.now();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const current = next;
    const entries = entriesOf(state, current.path);
    if (entries.length === 0) continue;
    const inner = listFolder(state, current.path, entries, current.rules);
    for (const child of inner.folders.reverse()) pending.push({ path: child, rules: inner.rules });
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
  let rules = innerRules(outerRules(folder), folder);
  let current = folder;
  for (const [index, segment] of segments.entries()) {
    const isFolder = index < segments.length - 1;
    current = path.join(current, segment);
    if ((isFolder && foreignFolders.has(segment)) || isIgnored(rules, current, isFolder)) return false;
    if (isFolder) rules = innerRules(rules, current);
  }
  return true;
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

function listFolder(
  state: Walk,
  folder: string,
  entries: readonly Dirent[],
  outer: IgnoreRules | undefined,
): { readonly folders: string[]; readonly rules: IgnoreRules | undefined } {
  const folders: string[] = [];
  if (folder !== state.folder && isForeign(folder, entries)) return { folders, rules: outer };
  const rules = entries.some((entry) => entry.name === '.gitignore') ? innerRules(outer, folder) : outer;
  const prefix = folder.endsWith(path.sep) ? folder : folder + path.sep;
  for (const entry of entries) {
    const entryPath = prefix + entry.name;
    const isFolder = entry.isDirectory();
    if (isFolder ? foreignFolders.has(entry.name) : !isFile(state, entry, entryPath)) continue;
    if (isIgnored(rules, entryPath, isFolder) || isExcluded(state, entryPath)) continue;
    if (isFolder) folders.push(entryPath);
    else state.files.push(entryPath);
  }
  return { folders, rules };
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
  return excluded(path.sep === '/' ? relative : relative.replaceAll(path.sep, '/'));
}
