// Hears of files that change outside the editor. Which of them matter is the host's and the engine's decision.

import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  FileChangeType,
} from 'vscode-languageserver/node';
import type { Uri } from '../base/uri.ts';
import type { FileEvents } from '../host/workspace.ts';
import { fromEditorUri } from './convert.ts';

/** Any file can be one that a Dockerfile copies or a start script names, so all are watched; events are cheap to ignore. */
export function watchFiles(connection: Connection): Promise<unknown> {
  return connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
}

export function fileEvents({ changes }: DidChangeWatchedFilesParams): FileEvents {
  const ofType = (type: FileChangeType): readonly Uri[] =>
    changes.filter((change) => change.type === type).flatMap(({ uri }) => fromEditorUri(uri) ?? []);
  return {
    created: ofType(FileChangeType.Created),
    changed: ofType(FileChangeType.Changed),
    deleted: ofType(FileChangeType.Deleted),
  };
}
