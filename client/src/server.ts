// Starts and restarts the language server, a process of its own, and asks it things.

import type { CancellationToken, ExtensionContext, LogOutputChannel } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Status, statusNotification } from './protocol.ts';
import { processorTime, spentSince } from './startup.ts';

/** Sends one of the requests of `protocol.ts`. */
export type Ask = <T>(method: string, params: unknown, token?: CancellationToken) => Promise<T>;

export interface Server {
  readonly ask: Ask;
  /** Settles when the server answers. */
  readonly started: () => Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerListener {
  readonly told: (status: Status) => void;
  readonly failed: (reason: string) => void;
}

export function startServer(context: ExtensionContext, output: LogOutputChannel, listener: ServerListener): Server {
  const client = loadClient(context, output, listener);
  const watched = (start: Promise<void>): Promise<void> => {
    start.catch((error: unknown) => {
      output.error(`The server could not be started: ${String(error)}`);
      listener.failed('The server could not be started.');
    });
    return start;
  };
  let started = watched(client.then(start));
  return {
    ask: async (method, params, token) => {
      await started;
      const running = await client;
      // A third argument that is undefined would be sent as a second parameter.
      return token === undefined ? running.sendRequest(method, params) : running.sendRequest(method, params, token);
    },
    started: () => started,
    restart: () => {
      started = watched(client.then((running) => running.restart()));
      return started;
    },
    stop: async () => (await client).stop(),
  };
}

/** Activation does not wait for the client's library, most of the code of this extension. */
async function loadClient(
  context: ExtensionContext,
  output: LogOutputChannel,
  { told, failed }: ServerListener,
): Promise<LanguageClient> {
  await new Promise((resolve) => setTimeout(resolve));
  const begin = processorTime();
  const { createClient, onStopped } = await import('./client.ts');
  const client = createClient(context, output);
  context.subscriptions.push(
    client.onNotification(statusNotification, told),
    onStopped(client, () => failed('The server is not running.')),
  );
  spentSince(begin);
  return client;
}

function start(client: LanguageClient): Promise<void> {
  const begin = processorTime();
  const started = client.start();
  spentSince(begin);
  return started;
}
