// A small real client of the language server: it starts the server as an editor would, over standard input and output,
// and keeps what the server tells. Judging it is left to the tests.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  PublishDiagnosticsParams,
} from 'vscode-languageserver/node';

const repository = path.resolve(import.meta.dirname, '../..');

export interface ClientOptions {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** The editor's `steadystate` settings. */
  readonly settings?: unknown;
}

export interface Publication {
  readonly uri: string;
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Client {
  readonly process: ChildProcess;
  readonly initialized: InitializeResult;
  /** Everything published so far, oldest first. */
  readonly publications: readonly Publication[];
  /** Notifications other than diagnostics, and requests of the server. */
  readonly received: readonly Message[];
  settings: unknown;
  request<T = unknown>(method: string, params?: unknown): Promise<T>;
  /** A request with its id, to cancel it. */
  requestWithId<T = unknown>(method: string, params?: unknown): { readonly id: number; readonly answer: Promise<T> };
  notify(method: string, params?: unknown): void;
  /** Writes bytes as they are. */
  write(bytes: string): void;
  diagnostics(file: string): readonly Diagnostic[];
  open(file: string, text: string, version?: number): void;
  change(file: string, text: string, version: number): void;
  close(file: string): void;
  /** Once everything said so far is analysed and published. */
  settled(): Promise<void>;
  until(condition: () => boolean, what: string): Promise<void>;
  /** Says goodbye; the exit code. */
  stop(): Promise<number | null>;
  readonly exited: Promise<number | null>;
}

export class ResponseFailure extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const fullCapabilities: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      versionSupport: true,
    },
    codeAction: {
      dataSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source', 'source.fixAll'] } },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'], snippetEditSupport: true },
  },
  window: { workDoneProgress: true },
};

/** The built server where it is up to date, else the sources. */
export function serverCommand(): readonly string[] {
  const built = path.join(repository, 'dist/server.cjs');
  if (existsSync(built) && statSync(built).mtimeMs > newestIn(path.join(repository, 'server/src'))) return [built];
  return ['--import', 'tsx', path.join(repository, 'server/src/lsp/main.ts')];
}

function newestIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true });
  const times = entries.map((entry) => {
    const entryPath = path.join(folder, entry.name);
    return entry.isDirectory() ? newestIn(entryPath) : statSync(entryPath).mtimeMs;
  });
  return Math.max(0, ...times);
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

const spawned = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of spawned) child.kill('SIGKILL');
});

/** Starts the process without a word to it. */
export function spawnServer(args: readonly string[] = ['--stdio']): ChildProcess {
  const child = spawn(process.execPath, [...serverCommand(), ...args], {
    cwd: repository,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  spawned.add(child);
  child.on('exit', () => spawned.delete(child));
  return child;
}

export async function startClient(options: ClientOptions): Promise<Client> {
  const child = spawnServer();
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('The server has no standard input or output.');
  stdin.on('error', () => {});
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const publications: Publication[] = [];
  const current = new Map<string, readonly Diagnostic[]>();
  const received: Message[] = [];
  const waiting = new Set<() => void>();
  let settings: unknown = options.settings ?? null;
  let lastId = 0;

  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  void exited.then(() => {
    for (const { reject } of pending.values()) reject(new Error('The server has exited.'));
    pending.clear();
  });

  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };

  function answerServer(message: Message): unknown {
    if (message.method === 'workspace/configuration') {
      const { items } = message.params as { readonly items: readonly unknown[] };
      return items.map(() => settings);
    }
    return null;
  }

  function receive(message: Message): void {
    if (message.method === 'textDocument/publishDiagnostics') {
      const { uri, version, diagnostics } = message.params as PublishDiagnosticsParams;
      publications.push({ uri, version, diagnostics });
      current.set(uri, diagnostics);
    } else if (message.method !== undefined) {
      received.push(message);
      if (message.id !== undefined) send({ id: message.id, result: answerServer(message) });
    } else if (message.id !== undefined) {
      const { id, error, result } = message;
      if (error) pending.get(id)?.reject(new ResponseFailure(error.code, error.message));
      else pending.get(id)?.resolve(result);
      pending.delete(id);
    }
    for (const check of [...waiting]) check();
  }

  readMessages(stdout, receive);

  function requestWithId<T>(method: string, params?: unknown): { readonly id: number; readonly answer: Promise<T> } {
    const id = ++lastId;
    const answer = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }));
    send({ id, method, params });
    return { id, answer: answer as Promise<T> };
  }

  const request = <T>(method: string, params?: unknown): Promise<T> => requestWithId<T>(method, params).answer;
  const notify = (method: string, params?: unknown): void => send({ method, params });
  const folders = options.folders.map((folder) => ({ uri: uriOf(folder), name: path.basename(folder) }));
  const initialized = await request<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: folders[0]?.uri ?? null,
    workspaceFolders: folders.length > 0 ? folders : null,
    capabilities: options.capabilities ?? fullCapabilities,
    initializationOptions: options.initializationOptions,
  });
  notify('initialized', {});

  return {
    process: child,
    initialized,
    publications,
    received,
    exited,
    get settings() {
      return settings;
    },
    set settings(value) {
      settings = value;
    },
    request,
    requestWithId,
    notify,
    write: (bytes) => void stdin.write(bytes),
    diagnostics: (file) => current.get(uriOf(file)) ?? [],
    open: (file, text, version = 1) =>
      notify('textDocument/didOpen', { textDocument: { uri: uriOf(file), languageId: 'plaintext', version, text } }),
    change: (file, text, version) =>
      notify('textDocument/didChange', { textDocument: { uri: uriOf(file), version }, contentChanges: [{ text }] }),
    close: (file) => notify('textDocument/didClose', { textDocument: { uri: uriOf(file) } }),
    settled: async () => void (await request('steadystate/rulePage', { rule: 'settled' })),
    until: (condition, what) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`waited in vain for ${what}`));
        }, 20_000);
        const check = (): void => {
          if (!condition()) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    async stop() {
      await request('shutdown');
      notify('exit');
      return exited;
    },
  };
}

function readMessages(stream: NodeJS.ReadableStream, receive: (message: Message) => void): void {
  let buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const headerEnd = buffer.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString('utf8', 0, headerEnd))?.[1]);
      const end = headerEnd + 4 + length;
      if (buffer.length < end) return;
      const body = buffer.toString('utf8', headerEnd + 4, end);
      buffer = buffer.subarray(end);
      receive(JSON.parse(body) as Message);
    }
  });
}
