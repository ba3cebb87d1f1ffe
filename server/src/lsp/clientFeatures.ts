// What the connected editor can do, read once from its capabilities, which may hold anything.

import type { InitializeParams } from 'vscode-languageserver/node';
import type { InitializationOptions } from './protocol.ts';

export interface ClientFeatures {
  readonly configuration: boolean;
  readonly dynamicConfiguration: boolean;
  readonly dynamicWatchedFiles: boolean;
  readonly folderChanges: boolean;
  readonly progress: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  /** Code actions as objects; without it the editor knows commands only and gets none. */
  readonly codeActionLiterals: boolean;
  readonly resolvesEdits: boolean;
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  readonly snippetEdits: boolean;
  readonly definitionLinks: boolean;
  readonly markdownHover: boolean;
  /** The scheme of links that the editor opens itself. */
  readonly uriScheme: string | undefined;
}

export function clientFeatures(params: InitializeParams): ClientFeatures {
  const { workspace, textDocument, window } = params.capabilities ?? {};
  const codeAction = textDocument?.codeAction;
  const resolves = codeAction?.resolveSupport?.properties;
  const create = workspace?.workspaceEdit?.resourceOperations;
  const hover = textDocument?.hover?.contentFormat;
  return {
    configuration: workspace?.configuration === true,
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    dynamicWatchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folderChanges: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    codeDescription: textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
    diagnosticData: textDocument?.publishDiagnostics?.dataSupport === true,
    codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
    resolvesEdits: codeAction?.dataSupport === true && Array.isArray(resolves) && resolves.includes('edit'),
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: Array.isArray(create) && create.includes('create'),
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    markdownHover: !Array.isArray(hover) || hover.length === 0 || hover.includes('markdown'),
    uriScheme: uriScheme(params.initializationOptions),
  };
}

function uriScheme(options: InitializationOptions | undefined): string | undefined {
  const scheme: unknown = options?.uriScheme;
  return typeof scheme === 'string' && /^[a-z][a-z0-9+.-]*$/i.test(scheme) ? scheme : undefined;
}
