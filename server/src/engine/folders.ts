// Folders above and around a file.

import { dirname, isWithin, type Uri } from '../base/uri.ts';

/** Every folder above a file, nearest first. */
export function* parentFolders(uri: Uri): Iterable<Uri> {
  for (
    let folder = dirname(uri);
    folder !== '' && !folder.endsWith('/') && folder.includes('://');
    folder = dirname(folder)
  ) {
    yield folder;
    if (folder.endsWith('://')) return;
  }
}

/** Whether a file lies in a folder; every file lies in the empty folder. */
export function isListedWithin(folder: Uri, uri: Uri): boolean {
  return folder === '' || isWithin(folder, uri);
}

/** The innermost of the analysed folders a file lies in; its own folder where none fits. */
export function folderOf(folders: readonly Uri[], uri: Uri): Uri {
  let best: Uri | undefined;
  for (const folder of folders) if (isWithin(folder, uri) && folder.length >= (best?.length ?? 0)) best = folder;
  return best ?? dirname(uri);
}
