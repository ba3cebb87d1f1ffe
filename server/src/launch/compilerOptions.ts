// tsconfig.json with what it extends: where the compiler puts its output, and what names of modules it maps.
// https://www.typescriptlang.org/tsconfig/#extends

import type { Uri } from '../base/uri.ts';
import { dirname, joinUri } from '../base/uri.ts';
import type { ConfigFile } from '../facts/configFile.ts';
import { factOf } from '../facts/fileFacts.ts';
import { isKnown } from '../facts/value.ts';
import type { Files } from './files.ts';

export interface CompilerOptions {
  readonly outDir?: Uri;
  readonly rootDir?: Uri;
  readonly baseUrl?: Uri;
  /** The strongest first; targets are files of the workspace, without an ending mostly. */
  readonly paths: readonly { readonly pattern: string; readonly target: Uri }[];
}

const MOST_BASES = 8;
const PATHS = 'compilerOptions.paths.';

/** What a configuration says, itself or by those it extends. */
export function compilerOptions(files: Files, uri: Uri): CompilerOptions {
  const chain = configurations(files, uri);
  const folderOf = (name: string): Uri | undefined => {
    for (const config of chain) {
      const value = config.entries.findLast(({ key }) => key === `compilerOptions.${name}`)?.value;
      if (isKnown(value)) return joinUri(dirname(config.at.uri), value.value);
    }
    return undefined;
  };
  const [outDir, rootDir, baseUrl] = [folderOf('outDir'), folderOf('rootDir'), folderOf('baseUrl')];
  return {
    ...(outDir === undefined ? {} : { outDir }),
    ...(rootDir === undefined ? {} : { rootDir }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    paths: mappedPaths(chain, baseUrl),
  };
}

/** A configuration and those it extends, the strongest first. */
function configurations(files: Files, uri: Uri): readonly ConfigFile[] {
  const found: ConfigFile[] = [];
  const waiting = [uri];
  for (let next = waiting.shift(); next !== undefined && found.length < MOST_BASES; next = waiting.shift()) {
    const config = factOf(files.facts(next, 'configFile'), 'configFile');
    if (config === undefined || found.some(({ at }) => at.uri === next)) continue;
    found.push(config);
    const folder = dirname(next);
    const bases = config.entries.flatMap(({ key, value }) =>
      /^extends(?:\[\d+\])?$/.test(key) && isKnown(value) ? [value.value] : [],
    );
    waiting.push(...bases.toReversed().flatMap((base) => baseFile(files, folder, base) ?? []));
  }
  return found;
}

/** What is extended by the name of a package is not in the workspace. */
function baseFile(files: Files, folder: Uri, base: string): Uri | undefined {
  if (!base.startsWith('.')) return undefined;
  const uri = joinUri(folder, base);
  return [uri, `${uri}.json`, joinUri(uri, 'tsconfig.json')].find((candidate) => files.exists(candidate));
}

function mappedPaths(chain: readonly ConfigFile[], baseUrl: Uri | undefined): CompilerOptions['paths'] {
  // The nearest configuration that has any paths has them all.
  const owner = chain.find(({ entries }) => entries.some(({ key }) => key.startsWith(PATHS)));
  if (owner === undefined) return [];
  const base = baseUrl ?? dirname(owner.at.uri);
  return owner.entries.flatMap(({ key, value }) => {
    if (!key.startsWith(PATHS) || !isKnown(value)) return [];
    return [{ pattern: key.slice(PATHS.length).replace(/\[\d+\]$/, ''), target: joinUri(base, value.value) }];
  });
}
