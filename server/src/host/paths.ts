// Converts between paths of this machine and the addresses the engine uses. The editor's percent-encoded URIs are the
// language server's business.

import path from 'node:path';
import type { Uri } from '../base/uri.ts';

const onWindows = process.platform === 'win32';

/** `/home/me/app.py` gives `file:///home/me/app.py`, `C:\me` gives `file:///c:/me`, `\\host\share` gives `file://host/share`. */
export function pathToUri(filePath: string, windows = onWindows): Uri {
  if (!windows) return `file://${withoutTrailingSlash(path.posix.resolve(filePath))}`;
  const slashed = withoutTrailingSlash(path.win32.resolve(filePath).replaceAll('\\', '/'));
  if (slashed.startsWith('//')) return `file:${slashed}`;
  return `file:///${slashed.charAt(0).toLowerCase()}${slashed.slice(1)}`;
}

/** The path of a `file:` address; undefined for every other scheme. */
export function uriToPath(uri: Uri, windows = onWindows): string | undefined {
  if (!uri.startsWith('file://')) return undefined;
  const rest = uri.slice('file://'.length);
  if (!windows) return rest === '' ? '/' : rest;
  if (!rest.startsWith('/')) return `\\\\${rest.replaceAll('/', '\\')}`;
  const local = rest.slice(1);
  return (/^[a-z]:$/i.test(local) ? `${local}/` : local).replaceAll('/', '\\');
}

function withoutTrailingSlash(filePath: string): string {
  return filePath.endsWith('/') ? filePath.slice(0, -1) : filePath;
}
