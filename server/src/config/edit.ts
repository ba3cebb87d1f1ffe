// Edits of `steadystate.json` that add an ignore or give a rule another level, in the file's own indentation, line ends
// and comments. A file that is empty becomes a whole one; in one that is no JSON object nothing can be done.

import type { Json } from '../base/json.ts';
import { lineEnding, type TextEdit } from '../base/text.ts';
import { parseJson } from '../syntax/json.ts';
import { type ArrayNode, entryOf, type ObjectNode, type TreeNode, tokenSpan } from '../syntax/tree.ts';
import type { IgnoreEntry } from './settings.ts';

/** Adds an entry to `ignore`. */
export function addIgnoreEdits(text: string, entry: IgnoreEntry): readonly TextEdit[] {
  const value: Json = {
    rule: entry.rule,
    path: entry.path,
    ...(entry.pointer !== undefined && { pointer: entry.pointer }),
    reason: entry.reason,
  };
  return editRoot(text, { ignore: [value] }, (root) => {
    const list = entryOf(root, 'ignore')?.value;
    if (!list) return addMember(text, root, 'ignore', [value]);
    return list.kind === 'array' ? addItem(text, list, value) : [];
  });
}

/** Sets the level of a rule in `rules`. */
export function ruleLevelEdits(text: string, rule: string, level: string): readonly TextEdit[] {
  return editRoot(text, { rules: { [rule]: level } }, (root) => {
    const rules = entryOf(root, 'rules')?.value;
    if (!rules) return addMember(text, root, 'rules', { [rule]: level });
    if (rules.kind !== 'object') return [];
    const entry = entryOf(rules, rule);
    if (!entry) return addMember(text, rules, rule, level);
    const quoted = entry.value.kind === 'string';
    return [{ span: tokenSpan(entry.value), newText: quoted ? level : JSON.stringify(level) }];
  });
}

function editRoot(text: string, fresh: Json, edit: (root: ObjectNode) => readonly TextEdit[]): readonly TextEdit[] {
  const { root } = parseJson(text);
  if (root?.kind === 'object') return edit(root);
  if (root || text.trim() !== '') return [];
  return [{ span: { start: 0, end: text.length }, newText: `${JSON.stringify(fresh, undefined, 2)}\n` }];
}

function addMember(text: string, object: ObjectNode, key: string, value: Json): readonly TextEdit[] {
  const members = object.entries.map((entry) => ({ start: entry.span.start, end: entry.value.span.end }));
  return insertLast(text, object, members, (indent) => `${JSON.stringify(key)}: ${print(text, value, indent)}`);
}

function addItem(text: string, array: ArrayNode, value: Json): readonly TextEdit[] {
  const members = array.items.map((item) => item.span);
  return insertLast(text, array, members, (indent) => print(text, value, indent));
}

/** Inserts after the last member, on a line of its own where that member begins its line. */
function insertLast(
  text: string,
  owner: TreeNode,
  members: readonly { readonly start: number; readonly end: number }[],
  printed: (indent: string) => string,
): readonly TextEdit[] {
  const newline = lineEnding(text);
  const last = members.at(-1);
  if (!last) {
    const outer = indentAt(text, owner.span.start);
    const inner = outer + indentUnit(text);
    const comments = text.slice(owner.span.start + 1, owner.span.end - 1).trimEnd();
    const start = owner.span.start + 1 + comments.length;
    const newText = `${newline}${inner}${printed(inner)}${newline}${outer}`;
    return [{ span: { start, end: owner.span.end - 1 }, newText }];
  }
  const comma = trailingComma(text, last.end, owner.span.end - 1);
  const separator = comma === undefined ? [insertion(last.end, ',')] : [];
  const at = comma === undefined ? last.end : comma + 1;
  const indent = ownLineIndent(text, last.start);
  if (indent === undefined) return [...separator, insertion(at, ` ${printed(indentAt(text, last.start))}`)];
  return [...separator, insertion(endOfComment(text, at), `${newline}${indent}${printed(indent)}`)];
}

function insertion(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

/** The end of a comment that follows on the same line and so belongs to what stands before it. */
function endOfComment(text: string, offset: number): number {
  const newline = text.slice(offset).search(/[\r\n]/);
  const rest = newline < 0 ? '' : text.slice(offset, offset + newline);
  return rest.trimStart().startsWith('//') ? offset + newline : offset;
}

function print(text: string, value: Json, indent: string): string {
  const lines = JSON.stringify(value, undefined, indentUnit(text)).split('\n');
  return lines.join(`${lineEnding(text)}${indent}`);
}

/** The comma between two offsets, comments skipped. */
function trailingComma(text: string, start: number, end: number): number | undefined {
  for (let i = start; i < end; ) {
    if (text[i] === ',') return i;
    const close = text.startsWith('//', i) ? '\n' : text.startsWith('/*', i) ? '*/' : undefined;
    const closed = close === undefined ? i : text.indexOf(close, i + 2);
    if (closed < 0) return undefined;
    i = closed + (close?.length ?? 1);
  }
  return undefined;
}

/** The white space before an offset, where nothing else stands before it on its line. */
function ownLineIndent(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return before.trim() === '' && lineStart(text, offset) > 0 ? before : undefined;
}

function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (end < offset && (text[end] === ' ' || text[end] === '\t')) end++;
  return text.slice(start, end);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The first indentation of the file; two spaces where it has none. */
function indentUnit(text: string): string {
  return /\n([ \t]{1,8})[^\s]/.exec(text)?.[1] ?? '  ';
}
