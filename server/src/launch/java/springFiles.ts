// The settings files of a Spring Boot application and the documents in them, the strongest first.
// https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.files

import type { Uri } from '../../base/uri.ts';
import { basename, dirname, joinUri } from '../../base/uri.ts';
import type { ConfigFile } from '../../facts/configFile.ts';
import { factOf } from '../../facts/fileFacts.ts';
import type { Value } from '../../facts/value.ts';
import { knownValue } from '../../facts/value.ts';
import { containerPath, workspaceFile } from '../argv.ts';
import type { ContainerProcess } from '../launcher.ts';
import { canonical } from './settings.ts';

/** One document of a settings file. */
export interface SpringDocument {
  readonly uri: Uri;
  readonly file: ConfigFile;
  readonly document: number;
  /** The profile in the file's name. */
  readonly profile: string | undefined;
  /** What `spring.config.activate.on-profile` says, and its older spelling. */
  readonly condition: string | undefined;
}

export interface SpringFiles {
  /** Strongest first; those of other profiles are among them. */
  readonly documents: readonly SpringDocument[];
  /** Whether a file that is no profile's is in view. */
  readonly hasBase: boolean;
  /** Settings that lie elsewhere: a configuration server, Parameter Store. */
  readonly remote: string | undefined;
  /** A settings file that the command names and that is not in view. */
  readonly missing: string | undefined;
}

const extensions = ['.properties', '.yml', '.yaml'];
const MOST_IMPORTS = 20;

export interface SpringLocations {
  /** `application`, or what `spring.config.name` says. */
  readonly name: string;
  /** Folders with resources of the archive: the program's own before those of modules it uses. */
  readonly resources: readonly Uri[];
  /** `spring.config.location`: instead of all others. */
  readonly only: string | undefined;
  /** `spring.config.additional-location`: stronger than all others. */
  readonly additional: string | undefined;
}

export function springFiles(process: ContainerProcess, locations: SpringLocations): SpringFiles {
  const { name, resources, only, additional } = locations;
  const named = namedLocations(process, resources, additional);
  const replaced = only === undefined ? undefined : namedLocations(process, resources, only);
  const standard = [outside(process, name), inside(process, resources, name)];
  const groups = replaced?.folders ?? [...named.folders, ...standard];
  const documents: SpringDocument[] = [...(replaced?.documents ?? []), ...(only === undefined ? named.documents : [])];
  for (const uris of groups) {
    const found = documentsIn(process, uris, name);
    documents.push(...found.filter(({ profile }) => profile !== undefined));
    documents.push(...found.filter(({ profile }) => profile === undefined));
  }
  const imported = withImports(process, resources, documents);
  return {
    documents: imported.documents,
    hasBase: documents.some(({ profile }) => profile === undefined),
    remote: imported.remote,
    missing: replaced?.missing ?? named.missing,
  };
}

/** Files beside the archive: copied one by one, or with their folder. */
function outside(process: ContainerProcess, name: string): readonly Uri[] {
  return ['config', '.'].flatMap((path) => {
    const folder = process.image.workspaceUri(containerPath(process, path));
    const single = extensions.flatMap((extension) => workspaceFile(process, `${path}/${name}${extension}`) ?? []);
    return [...new Set([...single, ...(folder === undefined ? [] : process.files.list(folder))])];
  });
}

/** What stands in the archive. The first archive that has a file of the name gives it. */
function inside(process: ContainerProcess, resources: readonly Uri[], name: string): readonly Uri[] {
  return ['config', '.'].flatMap((path) => {
    const folders = resources.map((folder) => joinUri(folder, path));
    const first = folders.find((folder) => documentsIn(process, process.files.list(folder), name).length > 0);
    return first === undefined ? [] : process.files.list(first);
  });
}

/** Documents of `name.yml` and `name-profile.yml` among files, the strongest first. */
function documentsIn(process: ContainerProcess, uris: readonly Uri[], name: string): readonly SpringDocument[] {
  const found: SpringDocument[] = [];
  const named = uris.filter((uri) => basename(uri).startsWith(name));
  for (const folder of new Set(named.map((uri) => dirname(uri)))) {
    const here = named.filter((uri) => dirname(uri) === folder);
    for (const extension of extensions) {
      for (const uri of here) {
        const stem = basename(uri).endsWith(extension) ? basename(uri).slice(0, -extension.length) : undefined;
        if (stem === name) found.push(...documentsOf(process, uri, undefined));
        else if (stem?.startsWith(`${name}-`)) found.push(...documentsOf(process, uri, stem.slice(name.length + 1)));
      }
    }
  }
  return found;
}

/** Later documents of a file are stronger. */
function documentsOf(process: ContainerProcess, uri: Uri, profile: string | undefined): readonly SpringDocument[] {
  const file = factOf(process.files.facts(uri, 'configFile'), 'configFile');
  if (file === undefined) return [];
  const count = Math.max(0, ...file.entries.map(({ document }) => document)) + 1;
  const documents = Array.from({ length: Math.min(count, 200) }, (_, document) => ({
    uri,
    file,
    document,
    profile,
    condition: conditionOf(file, document),
  }));
  return documents.reverse();
}

/** Texts of a key or a list below it, in one document. */
export function textsOf(file: ConfigFile, document: number, key: string): readonly Value<string>[] {
  const wanted = canonical(key);
  return file.entries
    .filter((entry) => entry.document === document && canonical(entry.key).replace(/\[\d+\]$/, '') === wanted)
    .map(({ value }) => value);
}

function conditionOf(file: ConfigFile, document: number): string | undefined {
  const keys = ['spring.config.activate.on-profile', 'spring.profiles'];
  const texts = keys.flatMap((key) => textsOf(file, document, key)).map((value) => knownValue(value) ?? '?');
  if (textsOf(file, document, 'spring.config.activate.on-cloud-platform').length > 0) return '(cloud)';
  return texts.length === 0 ? undefined : texts.join(',');
}

interface Named {
  readonly folders: readonly (readonly Uri[])[];
  readonly documents: readonly SpringDocument[];
  readonly missing: string | undefined;
}

/** Folders and files as `spring.config.location` names them, the last one strongest. */
function namedLocations(process: ContainerProcess, resources: readonly Uri[], text: string | undefined): Named {
  const folders: (readonly Uri[])[] = [];
  const documents: SpringDocument[] = [];
  let missing: string | undefined;
  for (const location of (text ?? '')
    .split(/[,;]/)
    .map((part) => part.trim())
    .reverse()) {
    if (location === '') continue;
    const optional = location.startsWith('optional:');
    const uris = resolveLocation(process, resources, location.replace(/^optional:/, ''));
    const file = uris.find((uri) => process.files.exists(uri));
    if (location.endsWith('/')) folders.push(uris.flatMap((folder) => process.files.list(folder)));
    else if (file !== undefined) documents.push(...documentsOf(process, file, undefined));
    if (!optional && file === undefined && !uris.some((uri) => process.files.folderExists(uri))) missing ??= location;
  }
  return { folders, documents, missing };
}

function resolveLocation(process: ContainerProcess, resources: readonly Uri[], location: string): readonly Uri[] {
  const inArchive = /^classpath\*?:\/?(.*)$/.exec(location)?.[1];
  if (inArchive !== undefined) return resources.map((folder) => joinUri(folder, inArchive === '' ? '.' : inArchive));
  const path = location.replace(/^file:(?:\/\/)?/, '').replace(/\[\.\w+\]$/, '');
  const uri = process.image.workspaceUri(containerPath(process, path === '' ? '.' : path.replace(/\/$/, '')));
  return uri === undefined ? [] : [uri];
}

/** Puts what a document imports before it: it is stronger. */
function withImports(process: ContainerProcess, resources: readonly Uri[], documents: readonly SpringDocument[]) {
  const result: SpringDocument[] = [];
  let remote: string | undefined;
  let imports = 0;
  for (const document of documents) {
    for (const value of textsOf(document.file, document.document, 'spring.config.import')) {
      for (const part of (knownValue(value) ?? '').split(/[,;]/)) {
        const location = part.trim().replace(/^optional:/, '');
        if (location === '' || imports++ > MOST_IMPORTS) continue;
        if (/^(?!classpath|file:)[\w-]{2,}:/.test(location)) remote ??= location;
        else result.push(...importedDocuments(process, resources, document, location));
      }
    }
    result.push(document);
  }
  return { documents: result, remote };
}

function importedDocuments(
  process: ContainerProcess,
  resources: readonly Uri[],
  from: SpringDocument,
  location: string,
): readonly SpringDocument[] {
  const beside = joinUri(dirname(from.uri), location);
  const uris = [beside, ...resolveLocation(process, resources, location)];
  const uri = uris.find((candidate) => process.files.exists(candidate));
  return uri === undefined
    ? []
    : documentsOf(process, uri, from.profile).map((document) => ({
        ...document,
        condition: document.condition ?? from.condition,
      }));
}
