// Addresses of workspace files as plain strings. Adapters convert to and from the forms of the editor and the disk.

/** `scheme://authority/absolute/path` with `/` and without percent-encoding: `file:///home/me/app.py`. */
export type Uri = string;

/** The folder of a file or folder, without a trailing slash. */
export function dirname(uri: Uri): Uri {
  const slash = uri.lastIndexOf('/');
  return slash < 0 ? '' : uri.slice(0, slash);
}

/** The last segment: `file:///a/b.json` gives `b.json`. */
export function basename(uri: Uri): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

/** The name's ending with its dot, lower case: `.json`; empty where there is none. */
export function extension(uri: Uri): string {
  const name = basename(uri);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot).toLowerCase();
}

/** Collapses `.`, `..` and doubled slashes of a `/` path; `..` never climbs above the root of an absolute path. */
export function normalizePath(path: string): string {
  if (!collapsible.test(path)) return path;
  const absolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
      else if (!absolute) parts.push('..');
    } else {
      parts.push(part);
    }
  }
  return (absolute ? '/' : '') + parts.join('/');
}

/** A segment that is empty, `.` or `..`: few paths have one. */
const collapsible = /\/\.{0,2}(?:\/|$)|^\.{1,2}(?:\/|$)/;

/** Resolves a relative path against a folder's address. An absolute path replaces the address's path. */
export function joinUri(folder: Uri, path: string): Uri {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(folder)?.[0] ?? '';
  const base = path.startsWith('/') ? path : `${folder.slice(scheme.length)}/${path}`;
  const joined = normalizePath(base);
  return scheme + (joined === '/' ? '' : joined);
}

/** Whether a file or folder lies in a folder, or is that folder. */
export function isWithin(folder: Uri, uri: Uri): boolean {
  return uri === folder || uri.startsWith(`${folder}/`);
}

/** The path that leads from a folder to a file or folder, with `..` where it lies outside. */
export function pathFrom(folder: Uri, uri: Uri): string {
  const from = folder.split('/');
  const to = uri.split('/');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** The path of a file below a folder (`''` for the folder itself); undefined where it lies outside. */
export function relativePath(folder: Uri, uri: Uri): string | undefined {
  if (uri === folder) return '';
  return uri.startsWith(`${folder}/`) ? uri.slice(folder.length + 1) : undefined;
}
