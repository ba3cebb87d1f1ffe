// The Rust programs that a Dockerfile builds: which binary each `cargo build` and `cargo install` makes, and where.

import type { Uri } from '../../base/uri.ts';
import { basename, joinUri, normalizePath } from '../../base/uri.ts';
import type { ConfigFile } from '../../facts/configFile.ts';
import { settingOf } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import { knownValue } from '../../facts/value.ts';
import type { Files } from '../files.ts';
import { matchesGlob } from '../imageFiles.ts';
import type { BuildCommand } from './buildCommands.ts';
import type { BinaryBuild } from './goBuilds.ts';

export interface CargoOptions {
  readonly binary: string | undefined;
  readonly package: string | undefined;
  readonly release: boolean;
  readonly target: string | undefined;
  readonly targetFolder: string | undefined;
  readonly path: string | undefined;
  readonly root: string | undefined;
}

export function cargoOptions(words: readonly (string | undefined)[]): CargoOptions {
  const option = (...names: readonly string[]): string | undefined => {
    for (const [index, word] of words.entries()) {
      if (word === undefined) continue;
      if (names.includes(word)) return words[index + 1];
      const joined = names.find((name) => word.startsWith(`${name}=`));
      if (joined !== undefined) return word.slice(joined.length + 1);
    }
    return undefined;
  };
  const manifest = option('--manifest-path')?.replace(/\/?Cargo\.toml$/, '');
  return {
    binary: option('--bin'),
    package: option('-p', '--package'),
    release: words.some((word) => word === '--release' || word === '-r' || word === '--profile=release'),
    target: option('--target'),
    targetFolder: option('--target-dir'),
    path: option('--path') ?? manifest,
    root: option('--root'),
  };
}

/** What one command builds; `folderAt` answers the workspace folder behind a container path of its stage. */
export function cargoBuilds(
  command: BuildCommand,
  files: Files,
  folderAt: (path: string) => Uri | undefined,
): readonly BinaryBuild[] {
  const words = command.words.filter((word) => word === undefined || !word.startsWith('+'));
  const [name, verb, ...rest] = words;
  const isBuild = verb === 'build' || verb === 'b' || verb === 'zigbuild';
  if (!/^(?:cargo|cross)$/.test(basename(name ?? '')) || (!isBuild && verb !== 'install')) return [];
  const options = cargoOptions(rest);
  const place = normalizePath(options.path?.startsWith('/') ? options.path : `${command.folder}/${options.path ?? ''}`);
  const folder = folderAt(place);
  if (folder === undefined) return [];
  const output = outputFolder(options, command.folder, verb === 'install');
  return cargoBinaries(files, folder, options).map(({ name: binary, source }) => ({
    output: `${output}/${binary}`,
    source,
  }));
}

function outputFolder(options: CargoOptions, folder: string, installs: boolean): string {
  if (installs) return options.root === undefined ? '/usr/local/cargo/bin' : normalizePath(`${options.root}/bin`);
  const target = options.targetFolder ?? 'target';
  const base = target.startsWith('/') ? target : `${folder}/${target}`;
  const triple = options.target === undefined ? '' : `/${options.target}`;
  return normalizePath(`${base}${triple}/${options.release ? 'release' : 'debug'}`);
}

export interface CargoBinary {
  readonly name: string;
  readonly source: Uri;
}

/** The binaries of a package or of the workspace in a folder. https://doc.rust-lang.org/cargo/reference/cargo-targets.html */
export function cargoBinaries(
  files: Files,
  folder: Uri,
  wanted: Pick<CargoOptions, 'binary' | 'package'>,
): readonly CargoBinary[] {
  const manifest = manifestAt(files, folder);
  const own = packageBinaries(files, folder, manifest).map((binary) => ({ ...binary, of: packageName(manifest) }));
  const members = memberFolders(files, folder, manifest).flatMap((member) => {
    const inner = manifestAt(files, member);
    return packageBinaries(files, member, inner).map((binary) => ({ ...binary, of: packageName(inner) }));
  });
  return [...own, ...members].filter(
    ({ name, of }) =>
      (wanted.binary === undefined || wanted.binary === name) &&
      (wanted.package === undefined || wanted.package === of),
  );
}

function manifestAt(files: Files, folder: Uri): ConfigFile | undefined {
  const uri = joinUri(folder, 'Cargo.toml');
  return files.exists(uri) ? factOf(files.facts(uri), 'configFile') : undefined;
}

function packageName(manifest: ConfigFile | undefined): string | undefined {
  return knownValue(settingOf(manifest, 'package.name'));
}

function packageBinaries(files: Files, folder: Uri, manifest: ConfigFile | undefined): readonly CargoBinary[] {
  const name = packageName(manifest);
  if (manifest === undefined || name === undefined) return [];
  const found: CargoBinary[] = [];
  const add = (binary: string, path: string) => {
    const source = joinUri(folder, path);
    if (files.exists(source) && !found.some((other) => other.source === source)) found.push({ name: binary, source });
  };
  for (let index = 0; index < 40; index++) {
    const binary = knownValue(settingOf(manifest, `bin[${index}].name`));
    if (binary === undefined) break;
    const path = knownValue(settingOf(manifest, `bin[${index}].path`));
    const usual = binary === name ? 'src/main.rs' : `src/bin/${binary}.rs`;
    add(binary, path ?? (files.exists(joinUri(folder, usual)) ? usual : 'src/main.rs'));
  }
  add(name, 'src/main.rs');
  for (const uri of files.list(joinUri(folder, 'src/bin'))) {
    if (uri.endsWith('.rs')) add(basename(uri).slice(0, -3), `src/bin/${basename(uri)}`);
  }
  for (const inner of files.folders(joinUri(folder, 'src/bin')))
    add(basename(inner), `src/bin/${basename(inner)}/main.rs`);
  return found;
}

function memberFolders(files: Files, folder: Uri, manifest: ConfigFile | undefined): readonly Uri[] {
  const members: Uri[] = [];
  for (let index = 0; index < 60; index++) {
    const path = knownValue(settingOf(manifest, `workspace.members[${index}]`));
    if (path === undefined) break;
    const slash = path.lastIndexOf('/');
    const last = path.slice(slash + 1);
    if (!last.includes('*')) members.push(joinUri(folder, path));
    else {
      const parent = joinUri(folder, slash < 0 ? '.' : path.slice(0, slash));
      members.push(...files.folders(parent).filter((uri) => matchesGlob(last, basename(uri))));
    }
  }
  return members;
}
