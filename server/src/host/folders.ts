// Tells folders that can be listed from those that cannot, so that one missing folder of a workspace does not hide the others.

import { opendirSync } from 'node:fs';
import type { Uri } from '../base/uri.ts';
import { uriToPath } from './paths.ts';
import { reasonOf } from './reason.ts';

/** Folders that are not on a disk are kept: their documents come from the editor. */
export function listableFolders(folders: readonly Uri[], log: (message: string) => void): readonly Uri[] {
  return folders.filter((folder) => {
    const folderPath = uriToPath(folder);
    if (folderPath === undefined) return true;
    try {
      opendirSync(folderPath).closeSync();
      return true;
    } catch (error) {
      log(`${folderPath} cannot be analysed: ${reasonOf(error)}.`);
      return false;
    }
  });
}
