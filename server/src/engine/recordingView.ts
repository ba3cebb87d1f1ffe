// The view of the files that joining gets: the same answers, every read recorded.

import type { LinkSetting, ListensSetting } from '../base/links.ts';
import { relativePath, type Uri } from '../base/uri.ts';
import type { Settings } from '../config/settings.ts';
import type { Fact, FactKind, FileFacts } from '../facts/fileFacts.ts';
import type { Address } from '../facts/reference.ts';
import type { Routing } from '../facts/routing.ts';
import type { View } from '../graph/view.ts';
import type { FileStore, Key } from './fileStore.ts';
import { folderOf } from './folders.ts';

export interface RecordingView extends View {
  readonly keys: ReadonlySet<Key>;
  /** Whether something it asked for is still to be read. */
  isPending(): boolean;
  /** Whether infrastructure code takes its containers from this file. */
  isTakenIn(uri: Uri): boolean;
}

export function recordingView(
  store: FileStore,
  folders: readonly Uri[],
  settings: (folder: Uri) => Settings,
): RecordingView {
  const keys = new Set<Key>();
  const asked = new Set<Uri>();
  return {
    keys,
    isPending: () => [...asked].some((uri) => store.isPending(uri)),
    exists(uri: Uri): boolean {
      keys.add(`e:${uri}`);
      return store.exists(uri);
    },
    folderExists(uri: Uri): boolean {
      keys.add(`d:${uri}`);
      return store.folderExists(uri);
    },
    list(folder: Uri): readonly Uri[] {
      keys.add(`l:${folder}`);
      return store.list(folder);
    },
    folders(folder: Uri): readonly Uri[] {
      keys.add(`s:${folder}`);
      return store.folders(folder);
    },
    facts(uri: Uri): FileFacts | undefined {
      keys.add(`f:${uri}`);
      keys.add(`e:${uri}`);
      asked.add(uri);
      return store.facts(uri);
    },
    routing(uri: Uri): Routing | undefined {
      keys.add(`f:${uri}`);
      keys.add(`e:${uri}`);
      asked.add(uri);
      return store.routing(uri);
    },
    folderOf: (uri: Uri): Uri => folderOf(folders, uri),
    nameOf: (uri: Uri): string => (folders.length > 1 ? uri : (relativePath(folderOf(folders, uri), uri) ?? uri)),
    filesWith(kind: FactKind, folder: Uri): readonly Uri[] {
      keys.add(`k:${kind}`);
      return store.filesWith(kind, folder);
    },
    filesWithFamily(family: string): readonly Uri[] {
      keys.add(`n:${family}`);
      return store.filesWithFamily(family);
    },
    isTakenIn(uri: Uri): boolean {
      keys.add(`x:${uri}`);
      return store.isTakenIn(uri);
    },
    resource(address: Address): Fact | undefined {
      keys.add(`a:${address}`);
      return store.resource(address);
    },
    referrers(address: Address): readonly Fact[] {
      keys.add(`r:${address}`);
      return store.referrers(address);
    },
    links: (folder: Uri): readonly LinkSetting[] => settings(folder).links,
    listens: (folder: Uri): readonly ListensSetting[] => settings(folder).listens,
  };
}
