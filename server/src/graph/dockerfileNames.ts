// The Dockerfiles of an analysed folder by the names that people know them by: their folder, and the variant in their own
// name. Which container they belong to is decided in `dockerfiles.ts`.

import { basename, dirname, type Uri } from '../base/uri.ts';

/** The distinguishing part of a Dockerfile's name: `api` of `Dockerfile.api`, `api.Dockerfile`, `api-Dockerfile`. */
function variantOf(uri: Uri): string {
  return basename(uri)
    .replace(/(?:docker|container)file/i, '')
    .replace(/^[.\-_]+|[.\-_]+$/g, '')
    .toLowerCase();
}

const notProduction =
  /(?:^|[.\-_/])(?:dev|develop|development|local|localstack|test|tests|testing|e2e|ci|debug|devcontainer|example|examples|docs)(?:[.\-_/]|$)/i;

/** Copies that somebody has laid aside. */
const laidAside = /(?:^|[.\-_ ])(?:bak\d*|backup\d*|old\d*|orig|original|disabled|unused|copy)(?:[.\-_ ]|$)/;

/** What other images are built from, and what is there to be filled in. */
const notDeployed = /^base$|(?:^|[.\-_ ])sample(?:[.\-_ ]|$)/;

export function isProduction(uri: Uri, folder: Uri): boolean {
  const variant = variantOf(uri);
  if (laidAside.test(variant) || notDeployed.test(variant)) return false;
  return !notProduction.test(`${dirname(uri).slice(folder.length)}/`) && !notProduction.test(variant);
}

const forProduction = /^(?:prod|production|release|deploy|live|ecs|fargate|aws)$/;

/** Of the Dockerfiles of one folder the plain one, unless another is for production by its name. */
export function plainOf(uris: readonly Uri[]): readonly Uri[] {
  const plain = uris.filter((uri) => variantOf(uri) === '');
  const rivals = uris.filter((uri) => forProduction.test(variantOf(uri)));
  const isOneFolder = new Set(uris.map(dirname)).size === 1;
  return isOneFolder && plain.length === 1 && rivals.length === 0 ? plain : uris;
}

/** Names by which a Dockerfile may be called: its variant and its folder. */
function namesOf(uri: Uri, folder: Uri): readonly string[] {
  const home = dirname(uri);
  return [variantOf(uri), home === folder ? '' : basename(home)].filter((name) => name !== '').map(spelled);
}

/** Registries and AWS like hyphens where languages like underscores. */
function spelled(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** The Dockerfiles that a name may mean. */
export function dockerfilesNamed(index: DockerfileIndex, name: string): readonly Uri[] {
  return index.byName.get(spelled(name)) ?? [];
}

/** The Dockerfiles of an analysed folder, findable by name and by folder. */
export interface DockerfileIndex {
  readonly all: readonly Uri[];
  readonly byName: ReadonlyMap<string, readonly Uri[]>;
  readonly byFolder: ReadonlyMap<Uri, readonly Uri[]>;
}

/** Kept by the list they were made of, which stays the same array until a Dockerfile comes or goes. */
const indexes = new WeakMap<readonly Uri[], DockerfileIndex>();

export function indexOf(every: readonly Uri[], folder: Uri): DockerfileIndex {
  const kept = indexes.get(every);
  if (kept) return kept;
  const production = every.filter((uri) => isProduction(uri, folder));
  const all = production.length > 0 ? production : every.filter((uri) => !laidAside.test(variantOf(uri)));
  const index = {
    all,
    byName: grouped(all, (uri) => namesOf(uri, folder)),
    byFolder: grouped(all, (uri) => [dirname(uri)]),
  };
  indexes.set(every, index);
  return index;
}

function grouped(uris: readonly Uri[], keysOf: (uri: Uri) => readonly string[]): ReadonlyMap<string, readonly Uri[]> {
  const groups = new Map<string, Uri[]>();
  for (const uri of uris) {
    for (const key of new Set(keysOf(uri))) {
      const group = groups.get(key);
      if (group) group.push(uri);
      else groups.set(key, [uri]);
    }
  }
  return groups;
}
