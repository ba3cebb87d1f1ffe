// The files that reading may look at, and what they say. Reads are recorded by whoever implements this: a file not read
// yet answers undefined now, is read, and the whole question is asked again.

import type { Uri } from '../base/uri.ts';
import type { FactKind, FileFacts } from './fileFacts.ts';
import type { Routing } from './routing.ts';

export interface Files {
  /** Whether the workspace has this file. */
  exists(uri: Uri): boolean;
  /** Whether the workspace has a file in or under this folder. */
  folderExists(uri: Uri): boolean;
  /** Files directly in a folder, sorted; the same array as long as none comes or goes. */
  list(folder: Uri): readonly Uri[];
  /** Folders directly in a folder that hold a file somewhere below them, sorted. */
  folders(folder: Uri): readonly Uri[];
  /** What a file says; undefined where it does not exist, cannot be read or is not read yet. */
  facts(uri: Uri, kind?: FactKind): FileFacts | undefined;
  /**
   * What a program says about the paths that it answers, read when it is asked for; undefined where it cannot be read,
   * is not read yet, or no framework of its language is known. Absent where nobody asks.
   */
  routing?(uri: Uri): Routing | undefined;
}

/** What a unit of several files may look at. */
export interface UnitFiles extends Files {
  /** Files of the same analysed folder that a scanning source found a fact of this kind in, sorted. */
  filesWith(kind: FactKind): readonly Uri[];
  /** The text of a file that others take in; undefined where it does not exist, cannot be read or is not read yet. */
  text(uri: Uri): string | undefined;
}
