// Which files a Rust path means: `mod config;` beside its file, `crate::…` from the root of the crate, other crates of the
// workspace by their names in Cargo.toml.

import type { Uri } from '../../base/uri.ts';
import { basename, dirname, joinUri } from '../../base/uri.ts';
import { settingOf } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { knownValue } from '../../facts/value.ts';
import type { Files } from '../files.ts';
import type { ModuleResolver, ModulesOptions, Resolution } from './resolver.ts';
import { external, missing } from './resolver.ts';
import { foldersAbove } from './script.ts';

export const rustModules: ModuleResolver = { languages: ['rust'], resolve: resolveRust };

function resolveRust(options: ModulesOptions, from: Uri, specifier: string): Resolution {
  const { files } = options;
  if (specifier.startsWith('mod ')) return fileResolution(childModule(files, from, specifier.slice(4)));
  const [root = '', ...path] = specifier.split('::');
  if (root === 'crate') return inCrate(options, from, path);
  if (root === 'self') return descend(files, [from], path);
  if (root === 'super') {
    // In the root of a crate, `super` stands in modules that are written inside of the file.
    const parent = parentModule(files, from);
    return parent === undefined
      ? descend(files, [from], path)
      : path[0] === 'super'
        ? resolveRust(options, parent, path.join('::'))
        : descend(files, [parent], path);
  }
  const beside = childModule(files, from, root);
  if (beside !== undefined) return descend(files, [beside], path);
  const library = libraryNamed(files, from, root);
  return library === undefined ? external : descend(files, [library], path);
}

function fileResolution(uri: Uri | undefined): Resolution {
  return uri === undefined ? missing : { kind: 'file', uri };
}

/** The folder that the modules inside of a file stand in. */
function ownFolder(uri: Uri): Uri {
  const name = basename(uri).replace(/\.rs$/, '');
  const isRoot = name === 'mod' || name === 'main' || name === 'lib' || basename(dirname(uri)) === 'bin';
  return isRoot ? dirname(uri) : joinUri(dirname(uri), name);
}

function childModule(files: Files, from: Uri, name: string): Uri | undefined {
  const folder = ownFolder(from);
  return [`${name}.rs`, `${name}/mod.rs`].map((path) => joinUri(folder, path)).find((uri) => files.exists(uri));
}

function parentModule(files: Files, from: Uri): Uri | undefined {
  const folder = basename(from) === 'mod.rs' ? dirname(dirname(from)) : dirname(from);
  const candidates = [joinUri(folder, 'mod.rs'), joinUri(folder, 'main.rs'), joinUri(folder, 'lib.rs'), `${folder}.rs`];
  return candidates.find((uri) => uri !== from && files.exists(uri));
}

/** Follows a path through files; what is left over at its end is a name inside of the last one, which is asked for there. */
function descend(files: Files, roots: readonly Uri[], path: readonly string[]): Resolution {
  let uris = roots;
  for (const name of path) {
    const next = uris.flatMap((uri) => childModule(files, uri, name) ?? []);
    if (next.length === 0) return missing;
    uris = next;
  }
  const [only, another] = uris;
  if (only === undefined) return missing;
  return another === undefined ? { kind: 'file', uri: only } : { kind: 'files', uris };
}

function packageOf(files: Files, from: Uri): Uri | undefined {
  return foldersAbove(from).find((folder) => files.exists(joinUri(folder, 'Cargo.toml')));
}

/** The program that is started and the library beside it may both be meant. */
function inCrate({ files, main }: ModulesOptions, from: Uri, path: readonly string[]): Resolution {
  const folder = packageOf(files, from);
  if (folder === undefined) return missing;
  const started = main !== undefined && packageOf(files, main) === folder ? [main] : [];
  const usual = ['src/main.rs', 'src/lib.rs'].map((name) => joinUri(folder, name));
  const roots = [...new Set([...started, ...usual])].filter((uri) => files.exists(uri));
  return descend(files, roots, path);
}

/** The library of this package or of a crate beside it: `use shop_core::config`. */
function libraryNamed(files: Files, from: Uri, name: string): Uri | undefined {
  const own = packageOf(files, from);
  if (own === undefined) return undefined;
  for (const folder of [own, ...dependencyFolders(files, own, name)]) {
    const manifest = factOf(files.facts(joinUri(folder, 'Cargo.toml')), 'configFile');
    const shown = knownValue(settingOf(manifest, 'lib.name')) ?? knownValue(settingOf(manifest, 'package.name'));
    const library = joinUri(folder, knownValue(settingOf(manifest, 'lib.path')) ?? 'src/lib.rs');
    if (shown?.replaceAll('-', '_') === name && files.exists(library)) return library;
  }
  return undefined;
}

function dependencyFolders(files: Files, own: Uri, name: string): readonly Uri[] {
  const manifest = factOf(files.facts(joinUri(own, 'Cargo.toml')), 'configFile');
  const given = [name, name.replaceAll('_', '-')].flatMap(
    (spelling) => knownValue(settingOf(manifest, `dependencies.${spelling}.path`)) ?? [],
  );
  return given.map((path) => joinUri(own, path));
}
