// Wires the messages of one editor to the analysis. Each handler converts, calls and converts back; none may throw.

import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import { serverCapabilities } from './capabilities.ts';
import { check, emptyResult, rulePageOf } from './check.ts';
import { type ClientFeatures, clientFeatures } from './clientFeatures.ts';
import { codeActions, resolveCodeAction } from './codeActions.ts';
import { fromEditorUri } from './convert.ts';
import { createEditor, type Editor } from './editor.ts';
import { definition, hover, references } from './hover.ts';
import { checkRequest, rulePageRequest } from './protocol.ts';

/** Answers to the editor's messages until it says goodbye. */
export function serve(connection: Connection): void {
  let editor: Editor | undefined;
  let features: ClientFeatures | undefined;

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    features = clientFeatures(params);
    editor = createEditor(connection, features, params);
    return serverCapabilities(features);
  });
  connection.onInitialized(() => {
    if (!editor || !features) return;
    editor.start();
    if (!features.folderChanges) return;
    connection.workspace.onDidChangeWorkspaceFolders((event) => attempt((it) => it.foldersChanged(event)));
  });
  connection.onShutdown(() => editor?.stop());

  connection.onDidOpenTextDocument((params) => attempt((it) => it.documentChanged(it.documents.open(params))));
  connection.onDidChangeTextDocument((params) => attempt((it) => it.documentChanged(it.documents.change(params))));
  connection.onDidCloseTextDocument((params) => attempt((it) => it.documentChanged(it.documents.close(params))));
  connection.onDidSaveTextDocument((params) =>
    attempt((it) => it.documentSaved(fromEditorUri(params.textDocument.uri))),
  );
  connection.onDidChangeWatchedFiles((params) => attempt((it) => it.filesChanged(params)));
  connection.onDidChangeConfiguration((params) => attempt((it) => it.configurationChanged(params)));

  connection.onCodeAction((params, token) => answer(token, null, (it) => codeActions(params, it.context)));
  connection.onCodeActionResolve((action, token) =>
    answer(token, action, (it) => resolveCodeAction(action, it.context)),
  );
  connection.onHover((params, token) => answer(token, null, (it) => hover(params, it.context)));
  connection.onDefinition((params, token) => answer(token, null, (it) => definition(params, it.context)));
  connection.onReferences((params, token) => answer(token, null, (it) => references(params, it.context)));
  connection.onRequest(checkRequest, (params, token) => answer(token, emptyResult, (it) => check(params, it.context)));
  connection.onRequest(rulePageRequest, (params, token) =>
    answer(token, null, (it) => rulePageOf(params, it.context.analysis)),
  );

  function attempt(action: (editor: Editor) => void): void {
    if (!editor) return;
    try {
      action(editor);
    } catch (error) {
      editor.logError('a notification', error);
    }
  }

  /** Waits for the analysis of what the editor has said so far, then computes; `fallback` where that throws. */
  async function answer<T>(
    token: CancellationToken,
    fallback: T,
    compute: (editor: Editor) => T,
  ): Promise<T | ResponseError> {
    if (!editor) return new ResponseError(ErrorCodes.ServerNotInitialized, 'The server is not initialized yet.');
    await Promise.race([editor.upToDate(), cancelled(token)]);
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
    try {
      return compute(editor);
    } catch (error) {
      editor.logError('a request', error);
      return fallback;
    }
  }
}

function cancelled(token: CancellationToken): Promise<void> {
  return new Promise((resolve) => {
    if (token.isCancellationRequested) resolve();
    token.onCancellationRequested(() => resolve());
  });
}
