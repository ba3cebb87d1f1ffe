// Files of a container as layers lay them over each other: what a COPY line brings, what commands write, move, link and
// doubt. A file is read from the last layer back to where it comes from. Which layers there are is for `containerTexts.ts`.

import type { Location } from '../base/text.ts';
import { basename, dirname, normalizePath } from '../base/uri.ts';
import type { Copy } from '../facts/dockerfile.ts';
import type { Value } from '../facts/value.ts';
import { dynamic, knownValue } from '../facts/value.ts';
import type { FileOperation, FileTree } from './fileOperations.ts';
import { matchesPath } from './fileOperations.ts';
import { matchesGlob } from './globs.ts';
import { absolutePath } from './imageFiles.ts';

/** Folders that servers bring; a COPY to one of them copies into it. */
const SERVER_FOLDERS =
  /^\/(?:etc|usr\/local\/etc|usr\/local\/apache2\/conf|usr\/local\/openresty\/nginx\/conf)(?:\/(?:nginx|apache2|httpd|conf|caddy|haproxy|supervisor|supervisord\.d|php-fpm\.d|(?:conf|http|default|stream-conf)\.d|templates|sites-(?:available|enabled)|extra|services\.d|s6-overlay|s6-rc\.d))*$/;

const nowhere: Location = { uri: '', span: { start: 0, end: 0 } };

/** A COPY line, besides what commands do. */
export interface CopyLayer {
  readonly kind: 'copyLine';
  readonly copy: Copy;
  readonly workingDirectory: string | undefined;
  readonly origin: FileTree;
  /** Whether a source is seen, so that what is not in it is not there. */
  readonly sees: (source: string) => boolean;
}

export type Layer = FileOperation | CopyLayer;

/** Reads from the last layer back to where a file comes from. */
export function layered(layers: readonly Layer[]): FileTree {
  // Once it is used up, every answer is open: commands that copy files to and fro could be followed for ever.
  let budget = MOST_STEPS;
  let looks = MOST_STEPS * 5;
  let links = MOST_LINKS;
  const read = (path: string, before: number): Value<string> | undefined => {
    for (let index = before - 1; index >= 0; index--) {
      const layer = layers[index];
      if (layer === undefined) continue;
      if (budget-- <= 0) return dynamic(path, nowhere, `what commands make of ${path} takes too many steps to follow`);
      const below = (other: string) => read(normalizePath(other), index);
      const linked = layer.kind === 'link' ? linkedPath(layer, path) : undefined;
      // What the link points to may have been written later than the link.
      if (linked !== undefined) return links-- > 0 ? read(linked, before) : undefined;
      const found = layer.kind === 'copyLine' ? readCopied(layer, path) : readOperation(layer, path, below);
      if (found === 'gone') return undefined;
      if (found === 'elsewhere') continue;
      const isLong = found.state === 'known' && found.value.length > LONGEST;
      return isLong ? dynamic(path, nowhere, `${path} is too long to read`) : found;
    }
    return undefined;
  };
  const mayHold = remembered((key: string): readonly string[] => {
    const space = key.indexOf(' ');
    const folder = key.slice(space + 1);
    const paths = new Set<string>();
    for (const [index, layer] of layers.slice(0, Number(key.slice(0, space))).entries()) {
      if (looks-- <= 0) break;
      for (const path of listed(layer, folder, (other) => mayHold(`${index} ${normalizePath(other)}`))) paths.add(path);
    }
    return [...paths].filter((path) => dirname(path) === folder);
  });
  const texts = remembered((path: string) => read(path, layers.length));
  const lists = remembered((folder: string): readonly string[] =>
    mayHold(`${layers.length} ${folder}`)
      .filter((path) => texts(path) !== undefined)
      .sort(),
  );
  return { read: (path) => texts(normalizePath(path)), list: (folder) => lists(normalizePath(folder)) };
}

const MOST_STEPS = 20_000;
const MOST_LINKS = 500;
const LONGEST = 500_000;

function remembered<T>(answer: (key: string) => T): (key: string) => T {
  const found = new Map<string, { readonly value: T }>();
  return (key) => {
    const before = found.get(key);
    if (before !== undefined) return before.value;
    const value = answer(key);
    found.set(key, { value });
    return value;
  };
}

type Answer = Value<string> | 'gone' | 'elsewhere';

/** Where a path leads that is a symbolic link or lies below one. */
function linkedPath({ path, target }: Extract<FileOperation, { kind: 'link' }>, asked: string): string | undefined {
  const isMeant = (asked === path || asked.startsWith(`${path}/`)) && path !== target;
  return isMeant ? normalizePath(target + asked.slice(path.length)) : undefined;
}

function readOperation(operation: FileOperation, path: string, below: FileTree['read']): Answer {
  switch (operation.kind) {
    case 'put': {
      if (operation.path !== path) return 'elsewhere';
      const before = operation.mode === 'replaces' ? undefined : below(path);
      if (operation.mode === 'default' && before !== undefined) return before;
      return operation.content(below, before) ?? 'elsewhere';
    }
    case 'copy':
      for (const { target, source } of copyTargets(operation.from, operation.to, path)) {
        const found = target === path ? below(source) : undefined;
        if (found !== undefined) return found;
      }
      return operation.moves && matchesPath(operation.from, path) ? 'gone' : 'elsewhere';
    case 'remove':
      return matchesPath(operation.path, path) ? 'gone' : 'elsewhere';
    case 'change': {
      const before = matchesPath(operation.path, path) ? below(path) : undefined;
      return before === undefined ? 'elsewhere' : operation.change(before);
    }
    case 'link':
      return 'elsewhere';
    case 'doubt':
      if (!operation.concerns(path)) return 'elsewhere';
      return dynamic(path, nowhere, `${path}: ${operation.reason}`);
  }
}

/** Which source may stand at a path after a copy: the file itself, renamed or put into a folder, or one of its folder. */
function copyTargets(from: string, to: string, path: string) {
  const source = normalizePath(from.replace(/\/\.?$/, ''));
  const target = normalizePath(to);
  const inFolder = `${target}/${basename(source)}`;
  const found = [{ source, target: normalizePath(inFolder) }];
  if (!to.endsWith('/') && !SERVER_FOLDERS.test(target)) found.push({ source, target });
  const isGlob = /[*?[]/.test(basename(source));
  const prefix = target === '/' ? '/' : `${target}/`;
  if (!path.startsWith(prefix)) return isGlob ? [] : found;
  const rest = path.slice(prefix.length);
  if (!isGlob) return [...found, { source: normalizePath(`${source}/${rest}`), target: path }];
  const [first = ''] = rest.split('/', 1);
  if (!matchesGlob(basename(source), first)) return [];
  return [{ source: normalizePath(`${dirname(source)}/${rest}`), target: path }];
}

function readCopied({ copy, workingDirectory, origin, sees }: CopyLayer, path: string): Answer {
  const destination = knownValue(copy.destination);
  const target = destination === undefined ? undefined : absolutePath(destination, workingDirectory);
  if (destination === undefined || target === undefined) return 'elsewhere';
  const to = /(?:^|\/)\.{0,2}$/.test(destination) || copy.sources.length > 1 ? `${target}/` : target;
  for (const source of copy.sources) {
    const from = knownValue(source);
    if (from === undefined) continue;
    for (const candidate of copyTargets(normalizePath(`/${from}`), to, path)) {
      const found = candidate.target === path ? origin.read(candidate.source) : undefined;
      if (found !== undefined) return found;
    }
    const isMeant = path === target || (SERVER_FOLDERS.test(target) && path === `${target}/${basename(from)}`);
    if (isMeant && !sees(normalizePath(`/${from}`))) {
      return dynamic(path, copy.at, `${from}, which is copied to ${path}, is not among the files in view`);
    }
  }
  for (const { name, text } of copy.inline ?? []) {
    if (path === inlinePath(to, name)) return text.state === 'absent' ? 'elsewhere' : text;
  }
  return 'elsewhere';
}

function inlinePath(to: string, name: string): string {
  return to.endsWith('/') ? normalizePath(`${to}${name}`) : to;
}

/** Paths that a layer may put into a folder; `below` lists what the layers before it may. */
function listed(layer: Layer, folder: string, below: FileTree['list']): readonly string[] {
  switch (layer.kind) {
    case 'put':
      return [layer.path];
    case 'link': {
      const linked = linkedPath(layer, folder);
      if (linked === undefined) return [layer.path];
      return below(linked).map((path) => `${folder}/${basename(path)}`);
    }
    case 'copy':
      return copiedInto(layer.from, layer.to, folder, below);
    case 'copyLine': {
      const destination = knownValue(layer.copy.destination) ?? '';
      const target = absolutePath(destination, layer.workingDirectory) ?? '/';
      const copied = layer.copy.sources.flatMap((source) => {
        const from = knownValue(source);
        return from === undefined ? [] : copiedInto(normalizePath(`/${from}`), target, folder, layer.origin.list);
      });
      const to = destination.endsWith('/') ? `${target}/` : target;
      return [...copied, ...(layer.copy.inline ?? []).map(({ name }) => inlinePath(to, name))];
    }
    default:
      return [];
  }
}

function copiedInto(from: string, to: string, folder: string, list: FileTree['list']): readonly string[] {
  const source = normalizePath(from.replace(/\/\.?$/, ''));
  const target = normalizePath(to);
  const names = [target, normalizePath(`${target}/${basename(source)}`)];
  if (/[*?[]/.test(basename(source))) {
    if (folder !== target) return [];
    return list(dirname(source) || '/').map((path) => `${folder}/${basename(path)}`);
  }
  if (folder === target) names.push(...list(source).map((path) => `${folder}/${basename(path)}`));
  else if (folder.startsWith(target === '/' ? '/' : `${target}/`)) {
    const rest = folder.slice(target === '/' ? 0 : target.length);
    names.push(...list(normalizePath(`${source}/${rest}`)).map((path) => `${folder}/${basename(path)}`));
  }
  return names;
}
