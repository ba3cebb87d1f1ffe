// Packages of a workspace of npm, yarn or pnpm: which folder a package's name means.

import type { Uri } from '../base/uri.ts';
import { basename, joinUri } from '../base/uri.ts';
import type { PackageManifest } from '../facts/configFile.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Value } from '../facts/value.ts';
import { knownValue } from '../facts/value.ts';
import { containerPath, workspaceFile } from './argv.ts';
import { matchesGlob } from './globs.ts';
import type { ContainerProcess } from './launcher.ts';
import { dataFile } from './settingsFiles.ts';
import { lastSegment } from './text.ts';

const usualFolders = ['packages/*', 'apps/*', 'services/*', '*'];
const MOST_FOLDERS = 200;

export function readManifest(process: ContainerProcess, folder: string | undefined): PackageManifest | undefined {
  const uri = folder === undefined ? undefined : workspaceFile(process, `${folder}/package.json`);
  return uri === undefined ? undefined : factOf(process.files.facts(uri, 'packageManifest'), 'packageManifest');
}

/** The folder of the container that a path or a package's name means; undefined where no such package is in view. */
export function packageFolder(process: ContainerProcess, named: Value<string> | undefined): string | undefined {
  if (named?.state !== 'known') return undefined;
  const name = named.value.replace(/^\.\.\.|(?:\^?\.\.\.)$/g, '').replace(/^\{(.*)\}$/, '$1');
  if (workspaceFile(process, `${name}/package.json`) !== undefined) return containerPath(process, name);
  const patterns = [...workspacePatterns(process), ...usualFolders];
  const folders = [...new Set(patterns.flatMap((pattern) => foldersLike(process, pattern)))].slice(0, MOST_FOLDERS);
  const exact = folders.find((folder) => knownValue(readManifest(process, folder)?.name) === name);
  // A package that is not read yet has no name either: its folder mostly has the same.
  const found = exact ?? folders.find((folder) => basename(folder) === lastSegment(name));
  return found === undefined ? undefined : containerPath(process, found);
}

function workspacePatterns(process: ContainerProcess): readonly string[] {
  const pnpm = dataFile(process, 'pnpm-workspace.yaml');
  const listed = (pnpm?.entries ?? []).flatMap(({ key, value }) =>
    key.startsWith('packages[') && value.state === 'known' ? [value.value] : [],
  );
  return [...(readManifest(process, '.')?.workspaces ?? []), ...listed].filter((pattern) => !pattern.startsWith('!'));
}

/** Folders with a package that a pattern names: `packages/*`. */
function foldersLike(process: ContainerProcess, pattern: string): readonly string[] {
  let folders: readonly string[] = ['.'];
  for (const part of pattern.replace(/^\.\//, '').split('/')) {
    if (part === '' || part === '**') continue;
    folders = folders.flatMap((folder) => {
      if (!/[*?[]/.test(part)) return [joinUri(folder, part)];
      return subfolders(process, folder)
        .filter((name) => matchesGlob(part, name))
        .map((name) => joinUri(folder, name));
    });
  }
  return folders.filter((folder) => workspaceFile(process, `${folder}/package.json`) !== undefined);
}

function subfolders(process: ContainerProcess, folder: string): readonly string[] {
  const uri: Uri | undefined = process.image.workspaceUri(containerPath(process, folder));
  return uri === undefined ? [] : process.files.folders(uri).map(basename);
}
