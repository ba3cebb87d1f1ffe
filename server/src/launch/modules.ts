// Which file of the workspace an import means, for Python and for JavaScript or TypeScript, and the program read from it.

import type { Uri } from '../base/uri.ts';
import { dirname, extension, joinUri } from '../base/uri.ts';
import type { ConfigFile } from '../facts/configFile.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Definition, Program } from '../facts/program.ts';
import type { Files } from './files.ts';
import type { ImageFiles } from './launcher.ts';
import { resolveScriptModule } from './scriptModules.ts';

/** A file of a program. */
export interface Module {
  readonly uri: Uri;
  readonly program: Program;
  /** Whether it is the file that was started: its main guard holds. */
  readonly main: boolean;
  /** Definitions by name, in order of appearance. */
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
}

export type Resolution =
  /** A program, or a file of settings. */
  | { readonly kind: 'file'; readonly uri: Uri }
  /** A Python package without `__init__.py`. */
  | { readonly kind: 'folder'; readonly uri: Uri }
  /** A library. */
  | { readonly kind: 'external' }
  /** The program's own, but not in view. */
  | { readonly kind: 'missing' };

export interface Modules {
  /** Undefined where it does not exist or is not read. */
  load(uri: Uri): Module | undefined;
  config(uri: Uri): ConfigFile | undefined;
  resolve(from: Uri, language: string, specifier: string): Resolution;
  /** A submodule of a package folder. */
  submodule(folder: Uri, name: string): Resolution;
  readonly files: Files;
  readonly image: ImageFiles;
}

export interface ModulesOptions {
  readonly files: Files;
  readonly image: ImageFiles;
  /** The file that is started as main. */
  readonly main: Uri | undefined;
  /** Folders of the workspace, then of the container, that absolute Python imports count from. */
  readonly folders: readonly Uri[];
  readonly containerFolders: readonly string[];
}

const external: Resolution = { kind: 'external' };
const missing: Resolution = { kind: 'missing' };

export function createModules(options: ModulesOptions): Modules {
  const { files, image, main } = options;
  const loaded = new Map<Uri, Module | undefined>();
  const resolutions = new Map<string, Resolution>();
  const load = (uri: Uri): Module | undefined => {
    if (!loaded.has(uri)) {
      const program = factOf(files.facts(uri, 'program'), 'program');
      loaded.set(uri, program && { uri, program, main: uri === main, definitions: definitionsOf(program) });
    }
    return loaded.get(uri);
  };
  const resolve = (from: Uri, language: string, specifier: string): Resolution => {
    const key = `${dirname(from)}\n${specifier}`;
    const cached = resolutions.get(key);
    if (cached !== undefined) return cached;
    const found =
      language === 'python'
        ? resolvePython(options, from, specifier)
        : resolveScriptModule({ files, image }, from, specifier);
    resolutions.set(key, found);
    return found;
  };
  return {
    load,
    resolve,
    files,
    image,
    config: (uri) => factOf(files.facts(uri, 'configFile'), 'configFile'),
    submodule: (folder, name) => pythonModule(files, (path) => joinUri(folder, path), name) ?? missing,
  };
}

const indexes = new WeakMap<Program, ReadonlyMap<string, readonly Definition[]>>();

function definitionsOf(program: Program): ReadonlyMap<string, readonly Definition[]> {
  const cached = indexes.get(program);
  if (cached !== undefined) return cached;
  const index = new Map<string, Definition[]>();
  for (const definition of program.definitions) {
    const same = index.get(definition.name);
    if (same === undefined) index.set(definition.name, [definition]);
    else same.push(definition);
  }
  indexes.set(program, index);
  return index;
}

function resolvePython(options: ModulesOptions, from: Uri, specifier: string): Resolution {
  const { files, image } = options;
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).split('.').filter(Boolean).join('/');
  if (dots > 0) {
    let folder = dirname(from);
    for (let level = 1; level < dots; level++) folder = dirname(folder);
    if (path === '') return packageAt(files, folder);
    return pythonModule(files, (relative) => joinUri(folder, relative), path) ?? missing;
  }
  if (path === '') return external;
  for (const folder of options.folders) {
    const found = pythonModule(files, (relative) => joinUri(folder, relative), path);
    if (found !== undefined) return found;
  }
  for (const folder of options.containerFolders) {
    const found = pythonModule(files, (relative) => image.workspaceUri(`${folder}/${relative}`), path);
    if (found !== undefined) return found;
  }
  return external;
}

function packageAt(files: Files, folder: Uri): Resolution {
  const init = joinUri(folder, '__init__.py');
  return files.exists(init) ? { kind: 'file', uri: init } : { kind: 'folder', uri: folder };
}

function pythonModule(files: Files, locate: (path: string) => Uri | undefined, path: string): Resolution | undefined {
  for (const candidate of [`${path}.py`, `${path}/__init__.py`]) {
    const uri = locate(candidate);
    if (uri !== undefined && files.exists(uri)) return { kind: 'file', uri };
  }
  const init = locate(`${path}/__init__.py`);
  const folder = init === undefined ? undefined : dirname(init);
  return folder !== undefined && files.folderExists(folder) ? { kind: 'folder', uri: folder } : undefined;
}

/** The folder that stands for a package: that of its `__init__.py`. */
export function packageFolder(uri: Uri): Uri | undefined {
  return extension(uri) === '.py' && uri.endsWith('/__init__.py') ? dirname(uri) : undefined;
}
