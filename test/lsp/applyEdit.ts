// Applies a workspace edit to files as an editor would: by line and column, whole files at a time, snippets as their
// default text.

import { fileURLToPath } from 'node:url';
import type { CodeAction, Range, SnippetTextEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';

export type Texts = Map<string, string>;

/** Changes the texts, by path; `read` finds one that is not there yet. */
export function applyEdit(edit: WorkspaceEdit | undefined, read: (file: string) => string): Texts {
  const texts: Texts = new Map();
  const textOf = (uri: string): string => texts.get(fileURLToPath(uri)) ?? read(fileURLToPath(uri));
  for (const change of edit?.documentChanges ?? []) {
    if ('kind' in change) {
      if (change.kind !== 'create') throw new Error(`unexpected ${change.kind}`);
      texts.set(fileURLToPath(change.uri), '');
    } else {
      const { uri } = change.textDocument;
      texts.set(fileURLToPath(uri), applyTextEdits(textOf(uri), change.edits));
    }
  }
  for (const [uri, edits] of Object.entries(edit?.changes ?? {})) {
    texts.set(fileURLToPath(uri), applyTextEdits(textOf(uri), edits));
  }
  return texts;
}

export function applyTextEdits(text: string, edits: readonly (TextEdit | SnippetTextEdit)[]): string {
  const sorted = edits
    .map((edit) => ({ ...offsets(text, edit.range), newText: newText(edit) }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let end = 0;
  for (const edit of sorted) {
    if (edit.start < end) throw new Error('edits overlap');
    result += text.slice(end, edit.start) + edit.newText;
    end = edit.end;
  }
  return result + text.slice(end);
}

function newText(edit: TextEdit | SnippetTextEdit): string {
  if (!('snippet' in edit)) return edit.newText;
  return edit.snippet.value.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\\([\\$}])/g, '$1');
}

function offsets(text: string, { start, end }: Range): { readonly start: number; readonly end: number } {
  return { start: offsetAt(text, start.line, start.character), end: offsetAt(text, end.line, end.character) };
}

export function offsetAt(text: string, line: number, character: number): number {
  let offset = 0;
  for (let current = 0; current < line; current++) {
    const next = /\r\n|\r|\n/g;
    next.lastIndex = offset;
    const found = next.exec(text);
    if (!found) throw new Error(`there is no line ${line}`);
    offset = found.index + found[0].length;
  }
  return offset + character;
}

/** What a range of a text says. */
export function textAt(text: string, range: Range): string {
  const { start, end } = offsets(text, range);
  return text.slice(start, end);
}

export function titled(actions: readonly CodeAction[] | null, pattern: RegExp): CodeAction {
  const found = actions?.find((action) => pattern.test(action.title));
  if (!found) throw new Error(`no action ${pattern} among ${actions?.map((action) => action.title).join(' | ')}`);
  return found;
}
