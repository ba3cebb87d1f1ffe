// What the tests inside the extension host ask of VS Code and of the extension.

import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import {
  CodeAction,
  type CodeActionKind,
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  extensions,
  languages,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { until } from '../outcome.ts';

/** What the extension exports, as its own `extension.ts` defines it. */
export interface SteadyState {
  readonly started: () => Promise<void>;
  readonly startupCost: () => number;
  readonly status: () => { readonly errors: number; readonly deployments: number } | undefined;
}

export interface Suite {
  readonly extension: SteadyState;
  readonly uri: (path: string) => Uri;
}

export async function openSuite(): Promise<Suite> {
  const folder = workspace.workspaceFolders?.[0];
  const extension = extensions.getExtension<SteadyState>('steadystate.steadystate');
  assert.ok(folder !== undefined, 'no folder is open');
  assert.ok(extension !== undefined, 'the packaged extension is not installed');
  return { extension: await extension.activate(), uri: (path) => Uri.joinPath(folder.uri, path) };
}

export async function texts(uris: readonly Uri[]): Promise<readonly string[]> {
  return Promise.all(uris.map(async (uri) => (await workspace.openTextDocument(uri)).getText()));
}

export async function apply(action: CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit !== undefined, `"${action?.title}" carries no edit`);
  assert.ok(await workspace.applyEdit(action.edit), 'the edit was refused');
}

export async function undoIn(uri: Uri, text: string): Promise<void> {
  const { document } = await window.showTextDocument(uri);
  await commands.executeCommand('undo');
  await until(`${uri.path} as it was`, () => document.getText() === text);
}

export function ours(uri: Uri): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === 'steadystate');
}

export function ruleOf(diagnostic: Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

export function errors(uri: Uri): readonly Diagnostic[] {
  return ours(uri).filter((diagnostic) => diagnostic.severity === DiagnosticSeverity.Error);
}

export function finding(uri: Uri, rule: string): Promise<Diagnostic> {
  return until(`${rule} in ${uri.path}`, () => ours(uri).find((diagnostic) => ruleOf(diagnostic) === rule));
}

export function noFinding(uri: Uri, rule: string): Promise<boolean> {
  return until(`no ${rule} in ${uri.path}`, () => ours(uri).every((diagnostic) => ruleOf(diagnostic) !== rule));
}

export async function replaceText(uri: Uri, from: string, to: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const start = document.getText().indexOf(from);
  assert.ok(start >= 0, `${uri.path} does not hold ${from}`);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(document.positionAt(start), document.positionAt(start + from.length)), to);
  assert.ok(await workspace.applyEdit(edit), 'the edit was refused');
}

export async function codeActions(uri: Uri, range: Range, kind?: CodeActionKind): Promise<readonly CodeAction[]> {
  // VS Code answers only for open documents.
  await workspace.openTextDocument(uri);
  const found = await commands.executeCommand<readonly CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind?.value,
    50,
  );
  return found.filter((action) => action instanceof CodeAction);
}

/** A new file of the workspace, deleted afterwards. */
export async function withFile<T>(uri: Uri, text: string, use: (document: TextDocument) => Promise<T>): Promise<T> {
  await writeFile(uri.fsPath, text);
  try {
    // Not `openTextDocument`, which keeps a document open for minutes.
    await commands.executeCommand('vscode.open', uri);
    const document = await until(`${uri.path} in an editor`, () => {
      const active = window.activeTextEditor?.document;
      return active?.uri.toString() === uri.toString() && active;
    });
    return await use(document);
  } finally {
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await rm(uri.fsPath);
  }
}
