// Writes one file of the workspace whole or not at all, in the encoding it had.

import { chmod, open, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Encoding, encode, encodingOf, isInFolders } from './read.ts';
import { errorCode } from './reason.ts';

let counter = 0;

/** Throws, with the file as it was, where it cannot be written or lies outside the folders. A linked file keeps its link. */
export async function writeText(filePath: string, text: string, realFolders: readonly string[]): Promise<void> {
  const target = await targetOf(filePath);
  if (!isInFolders(target, realFolders)) throw new Error(`${filePath} lies outside the analysed folder`);
  const existing = await stat(target).catch(ignoreMissing);
  const encoding = existing ? await readEncoding(target) : 'utf8';
  counter++;
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}-${counter}.tmp`);
  try {
    await writeFile(temporary, encode(text, encoding), { flag: 'wx' });
    if (existing) await chmod(temporary, existing.mode & 0o7777);
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Where the bytes of a path really go; for a new file, below its folder's real path. */
async function targetOf(filePath: string): Promise<string> {
  const real = await realpath(filePath).catch(ignoreMissing);
  if (real !== undefined) return real;
  return path.join(await realpath(path.dirname(filePath)), path.basename(filePath));
}

async function readEncoding(target: string): Promise<Encoding> {
  const handle = await open(target, 'r');
  try {
    const head = Buffer.alloc(3);
    const { bytesRead } = await handle.read(head, 0, 3, 0);
    return encodingOf(head.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function ignoreMissing(error: unknown): undefined {
  if (errorCode(error) === 'ENOENT') return undefined;
  throw error;
}
