// What this server tells the editor it can do.

import { CodeActionKind, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver/node';
import type { ClientFeatures } from './clientFeatures.ts';
import { FIX_ALL } from './codeActions.ts';

export function serverCapabilities(features: ClientFeatures): InitializeResult {
  return {
    serverInfo: { name: 'Steady State' },
    capabilities: {
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
        resolveProvider: features.resolvesEdits,
      },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
