// Text edits of several files as one change that the editor applies, and takes back, as a whole.

import type {
  CreateFile,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { type FileEdit, sortEdits } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import type { IgnoreEdits } from '../engine/index.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import type { Places } from './convert.ts';
import type { Documents } from './documents.ts';

export interface EditContext {
  readonly places: Places;
  readonly documents: Documents;
  readonly features: ClientFeatures;
}

/** Text a person must replace, as the engine writes it: `<IMAGE_TAG>`. */
const PLACEHOLDER = /<([A-Z][A-Z0-9_]*)>/g;

/** Undefined where there is nothing to do, or where the editor cannot create the file it needs. */
export function workspaceEdit(
  { creates, edits }: IgnoreEdits,
  context: EditContext,
  placeholder: RegExp = PLACEHOLDER,
): WorkspaceEdit | undefined {
  if (edits.length === 0) return undefined;
  const files = byFile(edits);
  if (!context.features.versionedEdits) {
    return creates === undefined ? { changes: Object.fromEntries(files.map(plainEdits(context))) } : undefined;
  }
  if (creates !== undefined && !context.features.createsFiles) return undefined;
  const documentChanges: (CreateFile | TextDocumentEdit)[] = files.map(([uri, list]) => ({
    textDocument: { uri: context.places.editorUri(uri), version: context.documents.get(uri)?.version ?? null },
    edits: sortEdits(list).map((edit) => textOrSnippet(edit, context, placeholder)),
  }));
  if (creates !== undefined) documentChanges.unshift(createFile(creates, context.places));
  return { documentChanges };
}

function byFile(edits: readonly FileEdit[]): readonly (readonly [Uri, readonly FileEdit[]])[] {
  const files = new Map<Uri, FileEdit[]>();
  for (const edit of edits) files.set(edit.uri, [...(files.get(edit.uri) ?? []), edit]);
  return [...files];
}

function createFile(uri: Uri, places: Places): CreateFile {
  return { kind: 'create', uri: places.editorUri(uri), options: { ignoreIfExists: true } };
}

function plainEdits({ places }: EditContext): (file: readonly [Uri, readonly FileEdit[]]) => [string, TextEdit[]] {
  return ([uri, edits]) => [places.editorUri(uri), sortEdits(edits).map((edit) => textEdit(edit, places))];
}

function textEdit({ uri, span, newText }: FileEdit, places: Places): TextEdit {
  return { range: places.range(uri, span), newText };
}

/**
 * An editor that inserts snippets indents their further lines like the line the snippet is put in, which would spoil an
 * edit that brings its own indentation. Such an edit stays plain text.
 */
function textOrSnippet(
  edit: FileEdit,
  { places, features }: EditContext,
  placeholder: RegExp,
): TextEdit | SnippetTextEdit {
  const plain = textEdit(edit, places);
  if (!features.snippetEdits || edit.newText.search(placeholder) < 0) return plain;
  if (edit.newText.includes('\n') && plain.range.start.character > 0) return plain;
  return { range: plain.range, snippet: { kind: 'snippet', value: snippet(edit.newText, placeholder) } };
}

/** `a <IMAGE_TAG> b` gives `a ${1:IMAGE_TAG} b`. */
export function snippet(text: string, placeholder: RegExp): string {
  const escaped = (part: string): string => part.replace(/[\\$}]/g, '\\$&');
  let result = '';
  let end = 0;
  let stop = 0;
  for (const match of text.matchAll(placeholder)) {
    result += `${escaped(text.slice(end, match.index))}\${${++stop}:${escaped(match[1] ?? match[0])}}`;
    end = match.index + match[0].length;
  }
  return result + escaped(text.slice(end));
}
