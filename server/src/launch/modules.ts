// The files of a program: which file of the workspace an import means, and the program read from it.

import type { Uri } from '../base/uri.ts';
import { dirname, extension } from '../base/uri.ts';
import type { ConfigFile } from '../facts/configFile.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Definition, Program } from '../facts/program.ts';
import type { Routing } from '../facts/routing.ts';
import type { Files } from './files.ts';
import type { ImageFiles } from './launcher.ts';
import { csharpModules } from './modules/csharp.ts';
import { goModules } from './modules/go.ts';
import { javaModules } from './modules/java.ts';
import { phpModules } from './modules/php.ts';
import { pythonModules } from './modules/python.ts';
import { external, type ModuleResolver, type ModulesOptions, missing, type Resolution } from './modules/resolver.ts';
import { rubyModules } from './modules/ruby.ts';
import { rustModules } from './modules/rust.ts';
import { scriptModules } from './modules/script.ts';

/** A file of a program. */
export interface Module {
  readonly uri: Uri;
  readonly program: Program;
  /** Whether it is the file that was started: its main guard holds. */
  readonly main: boolean;
  /** Definitions by name, in order of appearance. */
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
}

export interface Modules {
  /** Undefined where it does not exist or is not read. */
  load(uri: Uri): Module | undefined;
  config(uri: Uri): ConfigFile | undefined;
  /** What a file says about the paths it answers. */
  routing(uri: Uri): Routing | undefined;
  resolve(from: Uri, language: string, specifier: string): Resolution;
  /** A submodule of a package folder. */
  submodule(folder: Uri, name: string): Resolution;
  readonly files: Files;
  readonly image: ImageFiles;
}

const resolvers: readonly ModuleResolver[] = [
  rustModules,
  goModules,
  pythonModules,
  phpModules,
  scriptModules,
  csharpModules,
  rubyModules,
  javaModules,
];

function resolverOf(language: string): ModuleResolver | undefined {
  return resolvers.find(({ languages }) => languages.includes(language));
}

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
    const found = resolverOf(language)?.resolve(options, from, specifier) ?? external;
    resolutions.set(key, found);
    return found;
  };
  return {
    load,
    resolve,
    files,
    image,
    routing: (uri) => files.routing?.(uri),
    config: (uri) => factOf(files.facts(uri, 'configFile'), 'configFile'),
    submodule: (folder, name) => pythonModules.submodule?.(files, folder, name) ?? missing,
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

/** The folder that stands for a package: that of its `__init__.py`. */
export function packageFolder(uri: Uri): Uri | undefined {
  return extension(uri) === '.py' && uri.endsWith('/__init__.py') ? dirname(uri) : undefined;
}
