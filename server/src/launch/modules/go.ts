// Which files a Go import means: the packages of the module around, found by go.mod and go.work.

import type { Uri } from '../../base/uri.ts';
import { basename, dirname, joinUri } from '../../base/uri.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { GoModule } from '../../facts/goModule.ts';
import type { Files } from '../files.ts';
import type { ModuleResolver, ModulesOptions, Resolution } from './resolver.ts';
import { external, missing } from './resolver.ts';
import { foldersAbove } from './script.ts';

export const goModules: ModuleResolver = { languages: ['go'], resolve: resolveGo };

function resolveGo({ files }: ModulesOptions, from: Uri, specifier: string): Resolution {
  if (specifier === '.') return { kind: 'files', uris: goFiles(files, dirname(from)) };
  const folder = packageFolder(files, dirname(from), specifier);
  if (folder === undefined) return external;
  const uris = goFiles(files, folder);
  return uris.length === 0 ? missing : { kind: 'files', uris };
}

/** The folder of the workspace that an import path names; undefined for a library. */
export function packageFolder(files: Files, from: Uri, path: string): Uri | undefined {
  for (const folder of [from, ...foldersAbove(from)]) {
    const own = moduleAt(files, joinUri(folder, 'go.mod'));
    const inside = own?.module === undefined ? undefined : below(own.module, folder, path);
    const replaced = own?.replaces.map(({ module, folder: target }) => below(module, joinUri(folder, target), path));
    const found = inside ?? replaced?.find((candidate) => candidate !== undefined);
    if (found !== undefined) return found;
    for (const used of moduleAt(files, joinUri(folder, 'go.work'))?.uses ?? []) {
      const root = joinUri(folder, used);
      const name = moduleAt(files, joinUri(root, 'go.mod'))?.module;
      const there = name === undefined ? undefined : below(name, root, path);
      if (there !== undefined) return there;
    }
  }
  return undefined;
}

function below(module: string, folder: Uri, path: string): Uri | undefined {
  if (path === module) return folder;
  return path.startsWith(`${module}/`) ? joinUri(folder, path.slice(module.length + 1)) : undefined;
}

export function moduleAt(files: Files, uri: Uri): GoModule | undefined {
  return files.exists(uri) ? factOf(files.facts(uri), 'goModule') : undefined;
}

/** Built only for another system or for tests: https://pkg.go.dev/cmd/go#hdr-Build_constraints */
const OTHER = /_(?:test|windows|darwin|freebsd|openbsd|netbsd|solaris|plan9|js|wasm|android|ios)(?:_\w+)?\.go$/;

/** The files of the package in a folder. */
export function goFiles(files: Files, folder: Uri): readonly Uri[] {
  return files.list(folder).filter((uri) => uri.endsWith('.go') && !OTHER.test(basename(uri)));
}
