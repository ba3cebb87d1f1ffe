// How Node, bundlers and TypeScript find the file that an import names.

import type { Uri } from '../../base/uri.ts';
import { dirname, joinUri } from '../../base/uri.ts';
import { compilerOptions } from '../compilerOptions.ts';
import type { Files } from '../files.ts';
import type { ImageFiles } from '../launcher.ts';
import type { ModuleResolver, Resolution } from './resolver.ts';

const extensions = ['.ts', '.js', '.mjs', '.cjs', '.tsx', '.jsx', '.mts', '.cts', '.json'];
const indexes = extensions.map((extension) => `/index${extension}`);
/** TypeScript names the file that will be built. */
const sourceExtensions: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.mjs', '.mts', '.cjs', '.cts'],
  '.mjs': ['.mts', '.ts', '.js'],
  '.cjs': ['.cts', '.ts', '.js'],
  '.jsx': ['.tsx'],
};
const MOST_FOLDERS = 8;

interface Place {
  readonly files: Files;
  readonly image: ImageFiles;
}

export const scriptModules: ModuleResolver = {
  languages: ['javascript', 'typescript'],
  resolve: resolveScriptModule,
};

function resolveScriptModule(place: Place, from: Uri, specifier: string): Resolution {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return resolveRelative(place, from, specifier);
  if (/^(?:node|npm|jsr|bun|https?):/.test(specifier)) return { kind: 'external' };
  const mapped = mappedByConfig(place.files, from, specifier) ?? mappedByHabit(place.files, from, specifier);
  return mapped === undefined ? { kind: 'external' } : { kind: 'file', uri: mapped };
}

function resolveRelative({ files, image }: Place, from: Uri, specifier: string): Resolution {
  const beside = scriptFile(files, joinUri(dirname(from), specifier));
  if (beside !== undefined) return { kind: 'file', uri: beside };
  for (const path of image.containerPaths(from)) {
    const target = image.workspaceUri(joinUri(dirname(path), specifier));
    const found = target === undefined ? undefined : scriptFile(files, target);
    if (found !== undefined) return { kind: 'file', uri: found };
  }
  return { kind: 'missing' };
}

/** The file that a path without or with its extension means: `./config`, `./config.js`, `./config/`. */
export function scriptFile(files: Files, path: Uri): Uri | undefined {
  const ending = /\.[cm]?jsx?$/.exec(path)?.[0];
  if (/\.(?:[cm]?[jt]sx?|json)$/.test(path) && files.exists(path)) return path;
  if (ending !== undefined) {
    const stem = path.slice(0, -ending.length);
    for (const other of sourceExtensions[ending] ?? []) {
      if (files.exists(stem + other)) return stem + other;
    }
  }
  for (const suffix of extensions) {
    if (files.exists(path + suffix)) return path + suffix;
  }
  if (!files.folderExists(path)) return undefined;
  const index = indexes.find((suffix) => files.exists(path + suffix));
  return index === undefined ? undefined : path + index;
}

/** `@/config`, `~/config` and `src/config` without a word in tsconfig.json. */
function mappedByHabit(files: Files, from: Uri, specifier: string): Uri | undefined {
  const alias = /^(?:@|~|@src|#)\/(.+)$/.exec(specifier)?.[1];
  const plain = /^(?:src|app|server|lib|config)\/.+$/.test(specifier) ? specifier : undefined;
  if (alias === undefined && plain === undefined) return undefined;
  for (const folder of foldersAbove(from)) {
    const found =
      alias === undefined
        ? scriptFile(files, joinUri(folder, plain ?? ''))
        : (scriptFile(files, joinUri(folder, `src/${alias}`)) ?? scriptFile(files, joinUri(folder, alias)));
    if (found !== undefined) return found;
    if (files.exists(joinUri(folder, 'package.json'))) return undefined;
  }
  return undefined;
}

function mappedByConfig(files: Files, from: Uri, specifier: string): Uri | undefined {
  const config = nearestConfig(files, from);
  if (config === undefined) return undefined;
  const { baseUrl, paths } = compilerOptions(files, config);
  for (const { pattern, target } of paths) {
    const rest = matchPattern(pattern, specifier);
    const found =
      rest === undefined
        ? undefined
        : scriptFile(
            files,
            target.replace('*', () => rest),
          );
    if (found !== undefined) return found;
  }
  return baseUrl === undefined ? undefined : scriptFile(files, joinUri(baseUrl, specifier));
}

/** The configuration in the nearest folder above that has one. */
function nearestConfig(files: Files, from: Uri): Uri | undefined {
  for (const folder of foldersAbove(from)) {
    for (const name of ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json']) {
      const uri = joinUri(folder, name);
      if (files.exists(uri)) return uri;
    }
  }
  return undefined;
}

function matchPattern(pattern: string, specifier: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier ? '' : undefined;
  const head = pattern.slice(0, star);
  const tail = pattern.slice(star + 1);
  const fits = specifier.length >= head.length + tail.length && specifier.startsWith(head) && specifier.endsWith(tail);
  return fits ? specifier.slice(head.length, specifier.length - tail.length) : undefined;
}

/** The folders above a file, nearest first. */
export function foldersAbove(uri: Uri): readonly Uri[] {
  const folders: Uri[] = [];
  let folder = dirname(uri);
  while (folders.length < MOST_FOLDERS && /:\/\/[^/]*\/./.test(folder)) {
    folders.push(folder);
    folder = dirname(folder);
  }
  return folders;
}
