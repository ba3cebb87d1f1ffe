// Edit intents as text edits of JSON: keeps comments, order, indentation, line ends, trailing commas and templates.

import type { Json, Scalar } from '../base/json.ts';
import { lineEnding, type SourceFile, type Span, sortEdits, type TextEdit } from '../base/text.ts';
import type { EditIntent } from '../facts/edit.ts';
import { parseJson } from '../syntax/json.ts';
import { type ArrayNode, entryOf, type ObjectNode, type Tree, type TreeNode, tokenSpan } from '../syntax/tree.ts';
import { indentUnit, lineIndent, renderJson, renderProperty, styleOf } from './jsonStyle.ts';
import { containerAround, nodesAround, partsToRemove, spansOf } from './treePlaces.ts';

export function editJson(file: SourceFile, intent: EditIntent): readonly TextEdit[] {
  return editJsonAll(file, [intent]);
}

/**
 * Edits for several intents; properties and entries that go are taken together, so that their commas come out right.
 * Empty where one of the intents cannot be carried out.
 */
export function editJsonAll(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  return editTreeAll(file, intents, parseJson);
}

/** The same in a language that takes JSON as it is. */
export function editTreeAll(
  file: SourceFile,
  intents: readonly EditIntent[],
  parse: (text: string) => Tree,
): readonly TextEdit[] {
  const { root } = parse(file.text);
  if (!root) return [];
  const edits: TextEdit[] = [];
  const removed: Span[] = [];
  for (const intent of intents) {
    if (intent.kind === 'remove') {
      removed.push(intent.at.span);
      continue;
    }
    if (intent.kind === 'insertResource') return [];
    const made =
      intent.kind === 'replace'
        ? replaceEdits(file.text, root, intent.at.span, intent.value)
        : setEdits(file.text, root, intent.owner.span, intent.path, intent.value);
    if (made.length === 0) return [];
    edits.push(...made);
  }
  const gone = partsToRemove(root, removed);
  if (!gone) return [];
  return sortEdits([...edits, ...[...gone].flatMap(([parent, indices]) => removeFrom(file.text, parent, indices))]);
}

// Replace

function replaceEdits(text: string, root: TreeNode, at: Span, value: Scalar): readonly TextEdit[] {
  const node = scalarAt(root, at);
  if (!node) return [];
  if (node.kind === 'string') {
    const whole = at.start < node.inner.start || at.end > node.inner.end;
    const escaped = JSON.stringify(String(value)).slice(1, -1);
    const inner = text[node.span.start] === "'" ? escaped.replaceAll("'", "\\'") : escaped;
    return [{ span: whole ? node.inner : at, newText: inner }];
  }
  // The default of a template: `{{ env `PORT` `80` }}`.
  if (node.kind === 'template' && node.span.start < at.start && at.end < node.span.end) {
    return [{ span: at, newText: String(value) }];
  }
  const number = node.kind === 'number' && /^-?\d+(?:\.\d+)?$/.test(String(value));
  const newText = number ? String(value) : JSON.stringify(value);
  return [{ span: node.span, newText }];
}

type ScalarTreeNode = Exclude<TreeNode, ObjectNode | ArrayNode>;

function scalarAt(root: TreeNode, at: Span): ScalarTreeNode | undefined {
  const found = nodesAround(root, at).at(-1);
  return found && isScalar(found) && holds(found, at) ? found : namedScalarAt(root, at);
}

function isScalar(node: TreeNode): node is ScalarTreeNode {
  return node.kind !== 'object' && node.kind !== 'array';
}

function holds({ span }: TreeNode, at: Span): boolean {
  return span.start <= at.start && at.end <= span.end;
}

/** A value that stands outside of what uses it, under a name. */
function namedScalarAt(root: TreeNode, at: Span): ScalarTreeNode | undefined {
  const open: TreeNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'object') open.push(...node.entries.map(({ value }) => value));
    else if (node.kind === 'array') open.push(...node.items);
    else if (holds(node, at)) return node;
  }
  return undefined;
}

// Set

function setEdits(
  text: string,
  root: TreeNode,
  owner: Span,
  path: readonly string[],
  value: Json,
): readonly TextEdit[] {
  const found = containerAround(root, owner);
  const last = path.at(-1);
  if (!found || last === undefined) return [];
  let parent: TreeNode = found;
  let depth = 0;
  for (; depth < path.length - 1; depth++) {
    const next: TreeNode | undefined = childAt(parent, path[depth] ?? '');
    if (next?.kind !== 'object' && next?.kind !== 'array') break;
    parent = next;
  }
  const key = path[depth] ?? last;
  const wrapped = path.slice(depth + 1).reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  const existing = childAt(parent, key);
  if (existing) return [replaceValue(text, existing, wrapped)];
  return parent.kind === 'object' ? insertProperty(text, root, parent, key, wrapped) : [];
}

function childAt(node: TreeNode, key: string): TreeNode | undefined {
  if (node.kind === 'object') return entryOf(node, key)?.value;
  return node.kind === 'array' && /^\d+$/.test(key) ? node.items[Number(key)] : undefined;
}

function replaceValue(text: string, node: TreeNode, value: Json): TextEdit {
  if (node.kind === 'string' && typeof value === 'string') {
    return { span: tokenSpan(node), newText: JSON.stringify(value).slice(1, -1) };
  }
  const inline = !text.slice(node.span.start, node.span.end).includes('\n') && !isObject(value);
  const style = styleOf(text, undefined, inline);
  return { span: node.span, newText: renderJson(value, style, lineIndent(text, node.span.start)) };
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function insertProperty(text: string, root: TreeNode, node: ObjectNode, key: string, value: Json): readonly TextEdit[] {
  const last = node.entries.at(-1);
  if (!last) return fillEmpty(text, root, node, key, value);
  if (last.span.start < node.span.start || node.span.end < last.span.end) return [];
  const oneLine = !text.slice(node.span.start, last.span.end).includes('\n');
  const inline = styleOf(text, node, true);
  const rendered = renderProperty(key, value, inline, '');
  if (oneLine && node.span.end - lineStart(text, node.span.start) + rendered.length <= 140) {
    return [{ span: emptySpan(last.span.end), newText: `,${inline.gap}${rendered}` }];
  }
  const first = node.entries[0] ?? last;
  const own = startsLine(text, first.span.start);
  const indent = own ? lineIndent(text, first.span.start) : lineIndent(text, node.span.start) + indentUnit(text);
  const style = styleOf(text, node, false);
  const property = lineEnding(text) + indent + renderProperty(key, value, style, indent);
  const comma = commaAfter(text, last.span.end);
  if (comma !== undefined) return [{ span: emptySpan(endOfLineComment(text, comma + 1)), newText: `${property},` }];
  const end = endOfLineComment(text, last.span.end);
  // A closing brace on the last entry's line moves below the new one.
  const closer =
    own && !text.slice(end, node.span.end).includes('\n') ? lineEnding(text) + lineIndent(text, node.span.start) : '';
  if (end === last.span.end) return [{ span: emptySpan(end), newText: `,${property}${closer}` }];
  return [
    { span: emptySpan(last.span.end), newText: ',' },
    { span: emptySpan(end), newText: property + closer },
  ];
}

function fillEmpty(text: string, root: TreeNode, node: ObjectNode, key: string, value: Json): readonly TextEdit[] {
  const multiline = text.slice(root.span.start, root.span.end).includes('\n') || node === root;
  const base = lineIndent(text, node.span.start);
  const indent = base + indentUnit(text);
  const newline = lineEnding(text);
  const inside = { start: node.span.start + 1, end: node.span.end - 1 };
  const body = text.slice(inside.start, inside.end);
  if (!multiline) {
    const style = styleOf(text, node, true);
    return [{ span: inside, newText: style.pad + renderProperty(key, value, style, '') + style.pad }];
  }
  const property = newline + indent + renderProperty(key, value, styleOf(text, undefined, false), indent);
  // What is in the object is a comment or a template: it stays.
  if (body.trim() !== '') {
    const end = inside.start + body.trimEnd().length;
    return [{ span: { start: end, end: inside.end }, newText: property + newline + base }];
  }
  return [{ span: inside, newText: property + newline + base }];
}

function emptySpan(offset: number): Span {
  return { start: offset, end: offset };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** The comma after a value, behind blanks and comments; undefined where something else comes first. */
function commaAfter(text: string, offset: number): number | undefined {
  const end = skipTrivia(text, offset);
  return text[end] === ',' ? end : undefined;
}

function skipTrivia(text: string, offset: number): number {
  const trivia = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = offset;
  trivia.test(text);
  return trivia.lastIndex;
}

/** The end of the comments that follow on the same line, or the offset where there are none. */
function endOfLineComment(text: string, offset: number): number {
  const comments = /[ \t]*(?:\/\*[^\n]*?\*\/[ \t]*)*(?:\/\/[^\r\n]*)?/y;
  comments.lastIndex = offset;
  const found = comments.exec(text)?.[0].trimEnd() ?? '';
  return offset + found.length;
}

// Remove

/**
 * Each part goes with the comma after it; where the last ones go, the comma after the last that stays goes too, unless
 * the list ends with a trailing comma.
 */
export function removeFrom(
  text: string,
  parent: ObjectNode | ArrayNode,
  indices: ReadonlySet<number>,
): readonly TextEdit[] {
  const spans = spansOf(parent);
  const edits: TextEdit[] = [];
  for (const index of indices) {
    const span = spans[index];
    if (span) edits.push(...removePart(text, span));
  }
  const lastKept = spans.findLastIndex((_, index) => !indices.has(index));
  const lastKeptSpan = spans[lastKept];
  const last = spans.at(-1);
  if (lastKeptSpan && last && lastKept < spans.length - 1 && commaAfter(text, last.end) === undefined) {
    const comma = commaAfter(text, lastKeptSpan.end);
    if (comma !== undefined) edits.push({ span: { start: comma, end: comma + 1 }, newText: '' });
  }
  return edits;
}

function removePart(text: string, span: Span): readonly TextEdit[] {
  const comma = commaAfter(text, span.end);
  const end = comma === undefined ? span.end : comma + 1;
  const gap = comma === undefined ? '' : text.slice(span.end, comma);
  if (gap.trim() !== '') {
    return [
      { span, newText: '' },
      { span: { start: end - 1, end }, newText: '' },
    ];
  }
  const from = lineStart(text, span.start);
  const rest = /[ \t]*(?:\r?\n|$)/y;
  rest.lastIndex = end;
  if (startsLine(text, span.start) && rest.test(text))
    return [{ span: { start: from, end: rest.lastIndex }, newText: '' }];
  // Parts that share their line with others: the blank before the next one goes too, or else the one before.
  const blank = comma === undefined ? 0 : (/^[ \t]*/.exec(text.slice(end, end + 80))?.[0].length ?? 0);
  const before =
    comma === undefined ? text.slice(from, span.start).length - text.slice(from, span.start).trimEnd().length : 0;
  return [{ span: { start: span.start - before, end: end + blank }, newText: '' }];
}
