// Starts the language server on a transport, and sees to it that nothing but the editor's goodbye or death ends it.

import {
  type Connection,
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import { serve } from './connection.ts';

/** Speaks over standard input and output, which nothing else may write to. */
export function startStdioServer(): void {
  start(createConnection(ProposedFeatures.all, process.stdin, process.stdout));
}

/** Speaks with the process that forked this one. */
export function startIpcServer(): void {
  process.on('disconnect', () => process.exit(1));
  start(createConnection(ProposedFeatures.all, new IPCMessageReader(process), new IPCMessageWriter(process)));
}

function start(connection: Connection): void {
  const log = (error: unknown): void => {
    if (isBrokenPipe(error)) process.exit(1);
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(text);
  };
  process.on('uncaughtException', log);
  process.on('unhandledRejection', log);
  serve(connection);
  connection.listen();
}

/** The editor is gone; there is nobody left to tell. */
function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
