// Which workspace file stands at which path of an image, followed through COPY and ADD of every stage it is built from.

import type { Uri } from '../base/uri.ts';
import { basename, joinUri, normalizePath, relativePath } from '../base/uri.ts';
import type { Copy, ImageCommand } from '../facts/dockerfile.ts';
import { knownValue } from '../facts/value.ts';
import { folderCopies } from './buildCopies.ts';
import type { LeavesOut } from './dockerIgnore.ts';
import type { Files } from './files.ts';
import { matchesGlob } from './globs.ts';

export { matchesGlob };

import type { ImageFiles } from './launcher.ts';
import { runCommands } from './runCommands.ts';

export type FileLookup = Pick<Files, 'exists' | 'folderExists'> & Partial<Pick<Files, 'facts'>>;

/** Stages that copy from each other in many ways could be followed for ever: so many steps are enough for any real file. */
interface Budget {
  left: number;
}

function newBudget(steps = 2000): Budget {
  return { left: steps };
}

/** A file tree that COPY takes from: the build's context or another stage. Its paths are absolute. */
interface Origin {
  /** The workspace files that may stand at a path, the likeliest first. */
  candidates(path: string, budget: Budget): readonly Uri[];
  paths(uri: Uri, budget: Budget): readonly string[];
  /** Undefined where it cannot be told. */
  isFolder(path: string): boolean | undefined;
}

/** `glob`: the name of `source` has wildcards. Folders copy what is in them. */
interface Entry {
  readonly kind: 'file' | 'folder' | 'glob';
  readonly origin: Origin;
  readonly source: string;
  readonly target: string;
}

/** Follows the instructions of an image's stages in order. */
export class ImageFileMap implements ImageFiles, Origin {
  readonly #context: Origin;
  readonly #files: FileLookup;
  readonly #entries: Entry[] = [];
  readonly #folders = new Set<string>(['/']);
  #complete: boolean;

  /** `complete`: whether the base image brings no program of its own. */
  constructor(context: Uri, files: FileLookup, complete: boolean, leavesOut: LeavesOut = () => false) {
    this.#context = contextOrigin(context, files, leavesOut);
    this.#files = files;
    this.#complete = complete;
  }

  get complete(): boolean {
    return this.#complete;
  }

  addFolder(path: string): void {
    for (let folder = path; !this.#folders.has(folder); folder = parent(folder)) this.#folders.add(folder);
  }

  /** `stage` answers the files of an earlier stage. */
  copy(copy: Copy, workingDirectory: string | undefined, stage: (index: number) => ImageFileMap | undefined): void {
    const destination = knownValue(copy.destination);
    const target = destination === undefined ? undefined : absolutePath(destination, workingDirectory);
    const from = copy.from === undefined ? this.#context : 'stage' in copy.from ? stage(copy.from.stage) : undefined;
    if (copy.opaque || copy.sources.length === 0 || !from || target === undefined || destination === undefined) {
      this.#complete = false;
      return;
    }
    if (from instanceof ImageFileMap && !from.complete) this.#complete = false;
    const sources = copy.sources.map((source) => knownValue(source));
    const intoFolder = /(?:^|\/)\.{0,2}$/.test(destination) || sources.length > 1 || this.#folders.has(target);
    for (const source of sources) {
      if (source === undefined) this.#complete = false;
      else this.#add(from, normalizePath(`/${source}`), source.endsWith('/'), target, intoFolder);
    }
  }

  /** `folder` is the container's folder that the command runs in. */
  run(command: ImageCommand, folder: string | undefined): void {
    if (folder !== undefined) this.#copyFolders(command, folder);
    if (this.#complete && mayCreateFiles(command)) this.#complete = false;
  }

  /** What tools of workspaces copy inside of the image. */
  #copyFolders(command: ImageCommand, folder: string): void {
    const copies = runCommands(command).commands.flatMap(({ words }) => folderCopies(words, folder));
    for (const { sources, target } of copies) {
      const origin = this.#asItIs();
      const source = sources.find((path) => this.#holdsPackage(path));
      if (source === undefined) continue;
      this.#entries.push({ kind: 'folder', origin, source, target });
      this.addFolder(target);
    }
  }

  #holdsPackage(path: string): boolean {
    return this.candidates(join(path, 'package.json'), newBudget(200)).some((uri) => this.#files.exists(uri));
  }

  /** The files so far, which a command copies from. */
  #asItIs(): Origin {
    const entries = [...this.#entries];
    return {
      candidates: (path, budget) => candidatesAmong(entries, this.#files, path, budget),
      paths: (uri, budget) => pathsAmong(entries, uri, budget),
      isFolder: (path) => this.isFolder(path),
    };
  }

  #add(origin: Origin, source: string, slash: boolean, target: string, intoFolder: boolean): void {
    const name = basename(source);
    // What is not in the workspace is made before the build, and may hold anything.
    if (origin === this.#context && !this.#isInWorkspace(source)) this.#complete = false;
    if (/[*?[]/.test(source)) {
      // A wildcard in a folder's name cannot be followed backwards.
      if (/[*?[]/.test(parent(source))) this.#complete = false;
      else this.#entries.push({ kind: 'glob', origin, source, target: intoFolder ? `${target}/` : target });
      if (intoFolder) this.addFolder(target);
      return;
    }
    const folder = slash || source === '/' ? true : origin.isFolder(source);
    if (folder !== false) {
      this.#entries.push({ kind: 'folder', origin, source, target });
      if (folder) this.addFolder(target);
    }
    if (folder === true) return;
    const file = intoFolder ? join(target, name) : target;
    this.#entries.push({ kind: 'file', origin, source, target: file });
    if (folder === false) this.addFolder(parent(file));
  }

  #isInWorkspace(source: string): boolean {
    const path = /[*?[]/.test(basename(source)) ? parent(source) : source;
    return this.#context
      .candidates(path, newBudget())
      .some((uri) => this.#files.exists(uri) || this.#files.folderExists(uri));
  }

  workspaceUri(containerPath: string): Uri | undefined {
    return this.candidates(normalizePath(containerPath), newBudget())[0];
  }

  candidates(path: string, budget: Budget): readonly Uri[] {
    return candidatesAmong(this.#entries, this.#files, path, budget);
  }

  containerPaths(uri: Uri): readonly string[] {
    return this.paths(uri, newBudget());
  }

  paths(uri: Uri, budget: Budget): readonly string[] {
    return pathsAmong(this.#entries, uri, budget);
  }

  isFolder(path: string): boolean | undefined {
    if (this.#folders.has(path)) return true;
    // Asked for every COPY, so it gets less.
    for (const uri of this.candidates(path, newBudget(200))) {
      if (this.#files.exists(uri)) return false;
      if (this.#files.folderExists(uri)) return true;
    }
    return folderByName(path);
  }
}

function candidatesAmong(entries: readonly Entry[], files: FileLookup, path: string, budget: Budget): readonly Uri[] {
  const found: { readonly uri: Uri; readonly length: number; readonly exists: boolean }[] = [];
  // Later copies overwrite earlier ones.
  for (const entry of entries.toReversed()) {
    if (budget.left-- <= 0) break;
    const source = sourceOf(entry, path);
    if (source === undefined) continue;
    for (const uri of entry.origin.candidates(source, budget)) {
      const exists = files.exists(uri) || files.folderExists(uri);
      found.push({ uri, length: entry.target.length, exists });
    }
  }
  const existing = found.filter((candidate) => candidate.exists);
  const missing = found.filter((candidate) => !candidate.exists).sort((a, b) => b.length - a.length);
  return [...new Set([...existing, ...missing].map((candidate) => candidate.uri))];
}

function pathsAmong(entries: readonly Entry[], uri: Uri, budget: Budget): readonly string[] {
  const found = new Set<string>();
  for (const entry of entries) {
    if (budget.left-- <= 0) break;
    for (const source of entry.origin.paths(uri, budget)) {
      const target = targetOf(entry, source);
      if (target !== undefined) found.add(target);
    }
  }
  return [...found];
}

function contextOrigin(context: Uri, files: FileLookup, leavesOut: LeavesOut): Origin {
  return {
    candidates: (path) => {
      const uri = joinUri(context, path.slice(1));
      // What is left out and does not exist may be made by the build.
      return files.exists(uri) && leavesOut(uri) ? [] : [uri];
    },
    paths: (uri) => {
      const path = relativePath(context, uri);
      return path === undefined || leavesOut(uri) ? [] : [`/${path}`];
    },
    isFolder: (path) => {
      const uri = joinUri(context, path.slice(1));
      if (files.exists(uri)) return false;
      return files.folderExists(uri) ? true : folderByName(path);
    },
  };
}

/** What is made during the build cannot be looked up: a name with an ending is a file, any other may be either. */
function folderByName(path: string): boolean | undefined {
  return /[^/]\.[A-Za-z][A-Za-z0-9]{0,6}$/.test(path) ? false : undefined;
}

function sourceOf(entry: Entry, path: string): string | undefined {
  switch (entry.kind) {
    case 'file':
      return entry.target === path ? entry.source : undefined;
    case 'folder': {
      if (path === entry.target) return entry.source;
      const prefix = entry.target === '/' ? '/' : `${entry.target}/`;
      return path.startsWith(prefix) ? join(entry.source, path.slice(prefix.length)) : undefined;
    }
    case 'glob': {
      // The one file that matches is renamed: its name is not known.
      if (!entry.target.endsWith('/')) return entry.target === path ? entry.source : undefined;
      const folder = parent(path);
      if (normalizePath(entry.target) !== folder) return undefined;
      const name = basename(path);
      return matchesGlob(basename(entry.source), name) ? join(parent(entry.source), name) : undefined;
    }
  }
}

function targetOf(entry: Entry, source: string): string | undefined {
  switch (entry.kind) {
    case 'file':
      return entry.source === source ? entry.target : undefined;
    case 'folder': {
      if (source === entry.source) return entry.target;
      const prefix = entry.source === '/' ? '/' : `${entry.source}/`;
      return source.startsWith(prefix) ? join(entry.target, source.slice(prefix.length)) : undefined;
    }
    case 'glob': {
      if (parent(source) !== parent(entry.source) || !matchesGlob(basename(entry.source), basename(source))) {
        return undefined;
      }
      return entry.target.endsWith('/') ? join(normalizePath(entry.target), basename(source)) : entry.target;
    }
  }
}

/** An absolute, collapsed container path; undefined where the folder it counts from is not known. */
export function absolutePath(path: string, workingDirectory: string | undefined): string | undefined {
  if (path.startsWith('/')) return normalizePath(path);
  return workingDirectory === undefined ? undefined : normalizePath(`${workingDirectory}/${path}`);
}

function join(folder: string, path: string): string {
  return normalizePath(`${folder}/${path}`);
}

function parent(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** Commands that bring packages or change owners, but put no program of the project anywhere. */
const HARMLESS =
  /^(?:apt|apt-get|apk|yum|dnf|microdnf|zypper|install_packages|dpkg-reconfigure|pip|pip3|pipenv|poetry|uv|bundle|gem|corepack|n|chmod|chown|chgrp|useradd|adduser|groupadd|addgroup|usermod|userdel|passwd|chpasswd|mkdir|rm|rmdir|set|export|unset|true|:|cd|ls|pwd|echo|printf|cat|test|which|ldconfig|update-ca-certificates|locale-gen|update-alternatives|sed|sleep|date|env|docker-php-ext-install|docker-php-ext-enable|docker-php-ext-configure|pecl|a2enmod|a2dismod|a2ensite|a2dissite|setcap|sysctl|nproc|umask|find|uname|id|whoami)$/;
const INSTALLS =
  /^(?:install|i|ci|add|prune|dedupe|cache|config|set|update|upgrade|--frozen-lockfile|--production|--immutable)$/;

function mayCreateFiles(command: ImageCommand): boolean {
  const { commands, complete, writes } = runCommands(command);
  if (!complete || writes) return true;
  return commands.some(({ words }) => {
    const [name, first, second] = words;
    if (name === undefined) return true;
    if (/^(?:bundle|poetry|pipenv|uv)$/.test(name) && (first === undefined || /^(?:exec|run|build)$/.test(first))) {
      return words.length > 1;
    }
    if (/^(?:npm|yarn|pnpm|bun|composer)$/.test(name)) {
      const verb = words.slice(1).find((word) => word === undefined || !word.startsWith('-'));
      return !(words.length === 1 || (verb === undefined && name === 'yarn') || (verb && INSTALLS.test(verb)));
    }
    if (/^python[\d.]*$/.test(name)) return !(first === '-m' && second === 'pip');
    if (name === 'go') return !(first === 'mod' || first === 'env');
    return !HARMLESS.test(name);
  });
}
