// The files of a folder and of those below it, for frameworks that find classes wherever they stand.

import { basename, type Uri } from '../../base/uri.ts';
import type { Files } from '../files.ts';

const MOST_FOLDERS = 600;
const MOST_FILES = 1500;
/** What tools write, and what tests hold. */
const OTHER_FOLDERS = /^(?:bin|obj|target|build|dist|out|vendor|node_modules|tests?|\..*)$/i;

/** Undefined where there are too many to be read for this. */
export function filesBelow(files: Files, roots: readonly Uri[], name: RegExp): readonly Uri[] | undefined {
  const open = [...roots];
  const found = new Set<Uri>();
  for (let index = 0; index < open.length; index++) {
    const folder = open[index];
    if (folder === undefined || open.length > MOST_FOLDERS || found.size > MOST_FILES) return undefined;
    for (const uri of files.list(folder)) if (name.test(uri)) found.add(uri);
    open.push(...files.folders(folder).filter((child) => !OTHER_FOLDERS.test(basename(child))));
  }
  return [...found];
}
