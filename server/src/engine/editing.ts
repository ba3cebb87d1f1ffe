// Fixes and ignores as text edits of the current texts.

import { applyEdits, type FileEdit, LineMap, lineEnding, type SourceFile, type TextEdit } from '../base/text.ts';
import { basename, relativePath, type Uri } from '../base/uri.ts';
import { addIgnoreEdits, ruleLevelEdits } from '../config/edit.ts';
import { settingsUri } from '../config/settings.ts';
import type { EditIntent } from '../facts/edit.ts';
import type { Fix } from '../rules/rule.ts';
import type { Source } from '../sources/source.ts';
import type { IgnoreEdits, Report } from './analysis.ts';
import type { FileStore } from './fileStore.ts';

/** Text edits of a fix. Nothing where one of its intents cannot be carried out: half a fix is worse than none. */
export function fixEdits(fix: Fix, store: FileStore): readonly FileEdit[] {
  const result: FileEdit[] = [];
  for (const [uri, intents] of byFile(fix.intents)) {
    const text = store.text(uri);
    const source = store.sourceOf(uri);
    if (text === undefined || !source) return [];
    const edits = carryOut(source, { uri, text }, intents);
    if (!edits) return [];
    result.push(...mergeEdits(text, edits).map((edit) => ({ uri, ...edit })));
  }
  return result;
}

function byFile(intents: readonly EditIntent[]): ReadonlyMap<Uri, readonly EditIntent[]> {
  const files = new Map<Uri, EditIntent[]>();
  for (const intent of intents) {
    const { uri } = intent.kind === 'set' ? intent.owner : intent.at;
    files.set(uri, [...(files.get(uri) ?? []), intent]);
  }
  return files;
}

function carryOut(source: Source, file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] | undefined {
  if (source.editAll) {
    const edits = source.editAll(file, intents);
    return edits.length === 0 ? undefined : edits;
  }
  const each = intents.map((intent) => source.edit(file, intent));
  return each.some((edits) => edits.length === 0) ? undefined : each.flat();
}

/** Edits of one file without the ones that overlap an earlier one, in order. */
function mergeEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const kept: TextEdit[] = [];
  for (const edit of sorted) {
    const last = kept.at(-1);
    if (last && edit.span.start < last.span.end) continue;
    if (last && last.span.start === edit.span.start && last.span.end === edit.span.end && last.newText === edit.newText)
      continue;
    if (applyEdits(text, [edit]) !== text) kept.push(edit);
  }
  return kept;
}

/** A comment above the finding where the format has comments, else an entry in the settings file. */
export function ignoreEdits(report: Report, reason: string, folder: Uri, store: FileStore): IgnoreEdits {
  const { uri } = report.at;
  const comment = store.sourceOf(uri)?.comment;
  const text = store.text(uri);
  if (comment && text !== undefined && !continuesLine(text, report.at.span.start)) {
    const lines = new LineMap(text);
    const line = lines.lineSpan(lines.positionAt(report.at.span.start).line);
    const indent = /^[ \t]*/.exec(text.slice(line.start, line.end))?.[0] ?? '';
    const newText = `${indent}${comment} steadystate-ignore ${report.rule} -- ${reason}${lineEnding(text)}`;
    return { creates: undefined, edits: [{ uri, span: { start: line.start, end: line.start }, newText }] };
  }
  const path = relativePath(folder, uri) ?? basename(uri);
  return settingsEdits(folder, store, (current) => addIgnoreEdits(current, { rule: report.rule, path, reason }));
}

/** Whether the line above ends in a continuation, so that a comment between would break the command. */
function continuesLine(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1);
  return start > 0 && /\\[ \t\r]*$/.test(text.slice(Math.max(0, start - 200), start));
}

export function levelEdits(folder: Uri, rule: string, level: string, store: FileStore): IgnoreEdits {
  return settingsEdits(folder, store, (current) => ruleLevelEdits(current, rule, level));
}

function settingsEdits(folder: Uri, store: FileStore, edit: (text: string) => readonly TextEdit[]): IgnoreEdits {
  const uri = settingsUri(folder);
  const text = store.text(uri) ?? '';
  return {
    creates: store.exists(uri) ? undefined : uri,
    edits: edit(text).map((one) => ({ uri, ...one })),
  };
}
