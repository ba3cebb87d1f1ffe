// One connected editor: its folders, documents, settings and the analysis behind them. What arrives is handed to the
// session; what the session finds out is shown.

import type {
  Connection,
  DidChangeConfigurationParams,
  DidChangeWatchedFilesParams,
  InitializeParams,
  WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import { DidChangeConfigurationNotification } from 'vscode-languageserver/node';
import { dirname, isWithin, type Uri } from '../base/uri.ts';
import { createAnalysisHost } from '../engine/index.ts';
import { listableFolders } from '../host/folders.ts';
import { rulePageUri } from '../host/rulePages.ts';
import { createWorkspace, type Progress } from '../host/workspace.ts';
import type { CheckContext } from './check.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { CodeActionContext } from './codeActions.ts';
import { createPlaces, fromEditorUri, toEditorUri } from './convert.ts';
import { createPublisher } from './diagnostics.ts';
import { createDocuments, type Documents } from './documents.ts';
import type { HoverContext } from './hover.ts';
import { beginScanProgress } from './progress.ts';
import { type StatusParams, statusNotification } from './protocol.ts';
import { createSession } from './session.ts';
import { editorSettings } from './settings.ts';
import { fileEvents, watchFiles } from './watch.ts';

export interface Editor {
  readonly documents: Documents;
  /** What answering a request takes. */
  readonly context: CodeActionContext & HoverContext & CheckContext;
  /** Scans the folders for the first time. */
  start(): void;
  stop(): void;
  documentChanged(uri: Uri | undefined): void;
  documentSaved(uri: Uri | undefined): void;
  foldersChanged(event: WorkspaceFoldersChangeEvent): void;
  filesChanged(params: DidChangeWatchedFilesParams): void;
  configurationChanged(params: DidChangeConfigurationParams): void;
  upToDate(): Promise<void>;
  logError(what: string, error: unknown): void;
}

export function createEditor(connection: Connection, features: ClientFeatures, params: InitializeParams): Editor {
  const analysis = createAnalysisHost();
  const knownRules: ReadonlySet<string> = new Set(analysis.rules.map((rule) => rule.id));
  const stopping = new AbortController();
  let onProgress = (_: Progress): void => {};
  const log = (message: string): void => connection.console.warn(message);
  const workspace = createWorkspace({ analysis, log, progress: (progress) => onProgress(progress) });
  const documents = createDocuments((uri) => uri.startsWith('file://') || isInFolders(uri));
  const session = createSession({ workspace, documents, show, logError });
  const places = createPlaces({
    text: (uri) => analysis.text(uri),
    editorUri: (uri) => documents.spelling(uri),
    startsWithMark: (uri) => documents.get(uri)?.startsWithMark === true,
  });
  const publisher = createPublisher({ connection, analysis, documents, places, features, rulePage: rulePageLink });
  let shownStatus = '';
  let scanning = false;
  session.folders = initialFolders(params);

  function isInFolders(uri: Uri): boolean {
    return session.folders.some((folder) => isWithin(folder, uri));
  }

  function rulePageLink(rule: string): string | undefined {
    if (features.uriScheme !== undefined) return `${features.uriScheme}://steadystate.steadystate/rules/${rule}`;
    const page = rulePageUri(rule);
    return page && toEditorUri(page);
  }

  function logError(what: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    connection.console.error(`${what}: ${text}`);
  }

  function show(outcome: { readonly changed: ReadonlySet<Uri>; readonly touched: ReadonlySet<Uri> }): void {
    publisher.publish(outcome);
    for (const line of analysis.takeLog()) connection.console.error(line);
    showStatus();
  }

  function showStatus(): void {
    const deployments = analysis.deploymentCount;
    const status: StatusParams = { state: scanning ? 'scanning' : 'ready', ...publisher.counts, deployments };
    const content = JSON.stringify(status);
    if (content === shownStatus) return;
    shownStatus = content;
    void connection.sendNotification(statusNotification, status);
  }

  function scan(): void {
    scanning = true;
    showStatus();
    const progress = beginScanProgress(connection, features.progress);
    onProgress = progress.report;
    session.run(async () => {
      try {
        const settings = await settingsOrNone();
        const folders = listableFolders(session.folders, log);
        return await workspace.scan(folders, settings ? { settings } : {}, stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) throw error;
        return new Set();
      } finally {
        scanning = false;
        progress.done();
      }
    });
  }

  async function settingsOrNone(pushed?: DidChangeConfigurationParams) {
    try {
      return await editorSettings(connection, features, knownRules, pushed);
    } catch (error) {
      logError('settings', error);
      return undefined;
    }
  }

  /** Without a folder each open document is looked at beside the others of its own folder; the disk is not. */
  function adoptFolderOf(uri: Uri): void {
    if (session.folders.length > 0) return;
    const folders = [...new Set([uri, ...[...documents.all()].map((document) => document.uri)].map(dirname))];
    session.run((it) => it.apply({ folders }));
  }

  const registered = (promise: Promise<unknown>): void => {
    promise.catch((error) => logError('registration', error));
  };

  return {
    documents,
    context: {
      analysis,
      places,
      documents,
      features,
      rulePageLink,
      get folders() {
        return session.folders;
      },
    },

    start() {
      if (features.dynamicWatchedFiles) registered(watchFiles(connection));
      if (features.dynamicConfiguration) {
        registered(connection.client.register(DidChangeConfigurationNotification.type, { section: 'steadystate' }));
      }
      scan();
    },

    stop: () => stopping.abort(),

    documentChanged(uri) {
      if (uri === undefined) return;
      adoptFolderOf(uri);
      session.documentChanged(uri);
    },

    /** Editors that do not watch files at least tell of the ones they write. */
    documentSaved(uri) {
      if (uri === undefined || features.dynamicWatchedFiles) return;
      session.run((it) => it.filesChanged({ created: [uri], changed: [uri] }));
    },

    foldersChanged({ added, removed }) {
      const gone = new Set(removed.map(({ uri }) => fromEditorUri(uri)));
      const arrived = added.flatMap(({ uri }) => fromEditorUri(uri) ?? []);
      session.folders = [...new Set([...session.folders.filter((folder) => !gone.has(folder)), ...arrived])];
      scan();
    },

    filesChanged: (params) => session.run((it) => it.filesChanged(fileEvents(params))),

    configurationChanged(params) {
      session.run(async (it) => {
        const settings = await settingsOrNone(params);
        return settings ? it.apply({ settings }) : new Set();
      });
    },

    upToDate: () => session.upToDate(),
    logError,
  };
}

function initialFolders({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly Uri[] {
  const named = workspaceFolders?.map(({ uri }) => uri) ?? [];
  if (named.length === 0 && rootUri) named.push(rootUri);
  if (named.length === 0 && rootPath) named.push(toEditorUri(`file://${rootPath.replaceAll('\\', '/')}`));
  return [...new Set(named.flatMap((uri) => fromEditorUri(uri) ?? []))];
}
