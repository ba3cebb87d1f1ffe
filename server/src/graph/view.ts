// What joining may look at: the files of a workspace, and what they say, by kind. Whoever implements it records every
// read, so that a deployment is joined again exactly when something it read has changed.

import type { LinkSetting, ListensSetting } from '../base/links.ts';
import type { Uri } from '../base/uri.ts';
import type { Fact, FactKind } from '../facts/fileFacts.ts';
import type { Address } from '../facts/reference.ts';
import type { Files } from '../launch/files.ts';

export interface View extends Files {
  /** The analysed folder a file lies in. */
  folderOf(uri: Uri): Uri;
  /** How ids name a file: its path in the analysed folder, its whole address where several folders are analysed. */
  nameOf(uri: Uri): string;
  /** Files in an analysed folder that have a fact of this kind, sorted. */
  filesWith(kind: FactKind, folder: Uri): readonly Uri[];
  /** Task-definition files that define a family of this name, sorted. */
  filesWithFamily(family: string): readonly Uri[];
  /** The resource of an address. */
  resource(address: Address): Fact | undefined;
  /** Facts that refer to a resource by its address, in the order of their places. */
  referrers(address: Address): readonly Fact[];
  links(folder: Uri): readonly LinkSetting[];
  listens(folder: Uri): readonly ListensSetting[];
}
