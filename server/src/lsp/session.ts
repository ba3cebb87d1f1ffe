// Runs the analysis for the editor: one round at a time, each with everything that has arrived. There is no fixed delay;
// what arrives while a round runs waits for the next one. Showing the outcome is left to the caller.

import { isWithin, type Uri } from '../base/uri.ts';
import type { Workspace } from '../host/workspace.ts';
import type { Documents } from './documents.ts';

export interface Outcome {
  /** Files whose reports changed. */
  readonly changed: ReadonlySet<Uri>;
  /** Files whose text changed. */
  readonly touched: ReadonlySet<Uri>;
}

type Task = (workspace: Workspace) => Promise<ReadonlySet<Uri>>;

export interface Session {
  /** The analysed folders; empty where an editor shows single files. */
  folders: readonly Uri[];
  /** A document was opened, changed or closed. */
  documentChanged(uri: Uri): void;
  /** Runs in the order of arrival, after the documents' changes. */
  run(task: Task): void;
  /** Resolves once everything that has arrived is analysed and shown. */
  upToDate(): Promise<void>;
}

export interface SessionOptions {
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly show: (outcome: Outcome) => void;
  readonly logError: (what: string, error: unknown) => void;
}

/** Messages that lie ready to be read are read before a round starts, but for no longer than this. */
const LONGEST_GATHERING_MILLISECONDS = 15;

export function createSession({ workspace, documents, show, logError }: SessionOptions): Session {
  const { analysis } = workspace;
  const dirty = new Set<Uri>();
  const tasks: Task[] = [];
  /** Documents whose text the workspace was given. */
  const given = new Map<Uri, string>();
  let folders: readonly Uri[] = [];
  let arrivals = 0;
  let running: Promise<void> | undefined;

  function arrived(): void {
    arrivals++;
    running ??= runRounds()
      .catch((error) => logError('analysis', error))
      .finally(() => {
        running = undefined;
      });
  }

  async function runRounds(): Promise<void> {
    await gather();
    while (dirty.size > 0 || tasks.length > 0) {
      const changed = new Set<Uri>();
      const touched = new Set<Uri>();
      do await runRound(changed, touched);
      while (markNewlyClaimed());
      attempt('showing diagnostics', () => show({ changed, touched }));
    }
  }

  /** The connection hands over one message a turn of the event loop: two turns without one mean that none is waiting. */
  async function gather(): Promise<void> {
    const start = performance.now();
    let seen = -1;
    while (seen !== arrivals && performance.now() - start < LONGEST_GATHERING_MILLISECONDS) {
      seen = arrivals;
      await turn();
      await turn();
    }
  }

  async function runRound(changed: Set<Uri>, touched: Set<Uri>): Promise<void> {
    const queue = tasks.splice(0);
    const uris = [...dirty];
    dirty.clear();
    for (const uri of uris) queue.unshift(() => updateDocument(uri, touched));
    for (const task of queue) {
      try {
        for (const uri of await task(workspace)) changed.add(uri);
      } catch (error) {
        logError('analysis', error);
      }
    }
  }

  async function updateDocument(uri: Uri, touched: Set<Uri>): Promise<ReadonlySet<Uri>> {
    const document = documents.get(uri);
    const known = given.get(uri);
    if (!document || !isAnalysed(uri)) {
      if (known === undefined) return new Set();
      given.delete(uri);
      touched.add(uri);
      return workspace.close(uri);
    }
    if (known === document.text) return new Set();
    if (known === undefined && !analysis.claims(uri)) return new Set();
    given.set(uri, document.text);
    touched.add(uri);
    return workspace.edit(uri, document.text);
  }

  /** A program counts only once a manifest leads to it, so a document may come to matter long after it was opened. */
  function markNewlyClaimed(): boolean {
    for (const { uri } of documents.all()) {
      if (!given.has(uri) && isAnalysed(uri) && analysis.claims(uri)) dirty.add(uri);
    }
    return dirty.size > 0;
  }

  const isAnalysed = (uri: Uri): boolean => folders.length === 0 || folders.some((folder) => isWithin(folder, uri));

  function attempt(what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      logError(what, error);
    }
  }

  return {
    get folders() {
      return folders;
    },
    set folders(value) {
      folders = value;
      for (const { uri } of documents.all()) dirty.add(uri);
    },
    documentChanged(uri) {
      dirty.add(uri);
      arrived();
    },
    run(task) {
      tasks.push(task);
      arrived();
    },
    async upToDate() {
      await running;
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
