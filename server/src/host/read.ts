// Reads one file of the workspace as text: bounded in size, decoded, without its byte-order mark.

import { type FileHandle, open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, reasonOf } from './reason.ts';

export type Encoding = 'utf8' | 'utf8-bom' | 'utf16le' | 'utf16be';

export type ReadResult =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: Encoding }
  /** `reason`: a clause that says why: `permission denied`. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'missing' };

export const MAXIMUM_BYTES = 2 * 1024 * 1024;

/** Reads a file that lies, also by its real path, in one of the folders. */
export async function readText(
  filePath: string,
  realFolders: readonly string[],
  maximumBytes = MAXIMUM_BYTES,
): Promise<ReadResult> {
  let handle: FileHandle | undefined;
  try {
    const real = await realpath(filePath);
    if (!isInFolders(real, realFolders)) {
      return { kind: 'unreadable', reason: 'it is a link to a place outside the analysed folder' };
    }
    handle = await open(real, 'r');
    const stat = await handle.stat();
    if (!stat.isFile()) return { kind: 'unreadable', reason: 'it is not a regular file' };
    if (stat.size > maximumBytes) return { kind: 'unreadable', reason: tooLarge(stat.size, maximumBytes) };
    return decode(await handle.readFile());
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unreadable', reason: reasonOf(error) };
  } finally {
    await handle?.close();
  }
}

/** Whether a real path lies in or is one of the real folders. */
export function isInFolders(real: string, realFolders: readonly string[]): boolean {
  return realFolders.some((folder) => {
    const prefix = folder.endsWith(path.sep) ? folder : folder + path.sep;
    return real === folder || real.startsWith(prefix);
  });
}

export function decode(bytes: Uint8Array): ReadResult {
  const encoding = encodingOf(bytes);
  const body = bytes.subarray(markLength(encoding));
  if (encoding === 'utf16le' || encoding === 'utf16be') {
    return { kind: 'text', text: new TextDecoder(utf16Label(encoding), { ignoreBOM: true }).decode(body), encoding };
  }
  if (body.includes(0)) return { kind: 'unreadable', reason: 'it is binary, not text' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return { kind: 'text', text, encoding };
  } catch {
    return { kind: 'unreadable', reason: 'it is not UTF-8 text' };
  }
}

/** The bytes of a text, with the byte-order mark its encoding asks for. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text, 'utf8');
    case 'utf8-bom':
      return Buffer.from(`\uFEFF${text}`, 'utf8');
    case 'utf16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  }
}

export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf8-bom';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  return 'utf8';
}

function markLength(encoding: Encoding): number {
  return encoding === 'utf8' ? 0 : encoding === 'utf8-bom' ? 3 : 2;
}

function utf16Label(encoding: 'utf16le' | 'utf16be'): string {
  return encoding === 'utf16le' ? 'utf-16le' : 'utf-16be';
}

function tooLarge(size: number, maximum: number): string {
  const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `it has ${megabytes(size)}; files above ${megabytes(maximum)} are not read`;
}
