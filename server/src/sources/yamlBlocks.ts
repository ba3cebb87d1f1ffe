// Properties that come into YAML or go from it: finds the lines, keeps indentation, comments and line ends.

import type { Json } from '../base/json.ts';
import type { Span, TextEdit } from '../base/text.ts';
import { type ArrayNode, entryOf, type ObjectNode, type TreeEntry, type TreeNode } from '../syntax/tree.ts';
import { removeFrom } from './jsonEdits.ts';
import { containerAround, partsToRemove, spansOf } from './treePlaces.ts';
import { renderYamlBlock, renderYamlFlow, renderYamlProperty, yamlScalar, yamlStyleOf } from './yamlStyle.ts';

// Set

export function setYaml(
  text: string,
  root: TreeNode,
  owner: Span,
  path: readonly string[],
  value: Json,
): readonly TextEdit[] {
  let parent: TreeNode | undefined = containerAround(root, owner);
  if (!parent || path.length === 0) return [];
  let depth = 0;
  for (; depth < path.length - 1; depth++) {
    const next = childAt(parent, path[depth] ?? '');
    if (next?.kind !== 'object' && next?.kind !== 'array') break;
    parent = next;
  }
  const key = path[depth] ?? '';
  const wrapped = path.slice(depth + 1).reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  if (parent.kind === 'array') {
    const item = childAt(parent, key);
    return item && isScalar(item) && !isCollection(wrapped)
      ? [{ span: item.span, newText: renderYamlFlow(wrapped) }]
      : [];
  }
  if (parent.kind !== 'object') return [];
  const existing = entryOf(parent, key);
  if (!existing) return insertProperty(text, parent, key, wrapped);
  return isOwn(existing, parent) ? setValue(text, parent, existing, wrapped) : [];
}

function childAt(node: TreeNode, key: string): TreeNode | undefined {
  if (node.kind === 'object') return entryOf(node, key)?.value;
  return node.kind === 'array' && /^\d+$/.test(key) ? node.items[Number(key)] : undefined;
}

function isScalar(node: TreeNode): boolean {
  return node.kind !== 'object' && node.kind !== 'array';
}

function isCollection(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

/** Merge keys bring entries that stand elsewhere. */
function isOwn(entry: TreeEntry, parent: ObjectNode): boolean {
  return parent.span.start <= entry.keySpan.start && entry.keySpan.end <= parent.span.end;
}

function isFlow(text: string, node: ObjectNode | ArrayNode): boolean {
  const first = text[node.span.start];
  return first === '{' || first === '[';
}

/** Writes a value over what stands at a key; nothing where a tag would be lost. */
function setValue(text: string, parent: ObjectNode, entry: TreeEntry, value: Json): readonly TextEdit[] {
  const node = entry.value;
  if (node.tag !== undefined) return [];
  if (node.kind !== 'null' && isScalar(node) && !isCollection(value)) {
    return [{ span: node.span, newText: renderYamlFlow(value) }];
  }
  if (isFlow(text, parent)) return [{ span: node.span, newText: renderYamlFlow(value) }];
  const style = yamlStyleOf(text);
  const indent = ' '.repeat(columnOf(text, entry));
  const afterColon = text.indexOf(':', entry.keySpan.end) + 1;
  const end = node.kind === 'null' ? afterColon : contentEnd(text, entry);
  const scalar = typeof value !== 'object' || value === null;
  const newText = scalar
    ? ` ${yamlScalar(value)}`
    : style.newline + renderYamlBlock(value, indent + (Array.isArray(value) ? style.listIndent : style.unit), style);
  return [{ span: { start: afterColon, end }, newText }];
}

function insertProperty(text: string, parent: ObjectNode, key: string, value: Json): readonly TextEdit[] {
  const own = parent.entries.filter((entry) => isOwn(entry, parent));
  const last = own.at(-1);
  if (isFlow(text, parent)) return insertInFlow(parent, last, key, value);
  if (!last) return [];
  const style = yamlStyleOf(text);
  const indent = ' '.repeat(columnOf(text, own[0] ?? last));
  const newText = style.newline + indent + renderYamlProperty(key, value, indent, style);
  return [{ span: emptySpan(lineEnd(text, contentEnd(text, last))), newText }];
}

function insertInFlow(parent: ObjectNode, last: TreeEntry | undefined, key: string, value: Json): readonly TextEdit[] {
  const property = renderYamlFlow({ [key]: value }).slice(2, -2);
  if (last) return [{ span: emptySpan(last.span.end), newText: `, ${property}` }];
  return [{ span: { start: parent.span.start + 1, end: parent.span.end - 1 }, newText: ` ${property} ` }];
}

function emptySpan(offset: number): Span {
  return { start: offset, end: offset };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of an offset's line, before its line ending. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Where an entry's last word ends; block scalars end with blank lines that are not theirs. */
function contentEnd(text: string, { span }: { readonly span: Span }): number {
  let end = span.end;
  while (end > span.start && /\s/.test(text[end - 1] ?? '')) end--;
  return end;
}

/** The column of an entry's key, with its quote. */
function columnOf(text: string, entry: TreeEntry): number {
  return entry.span.start - lineStart(text, entry.span.start);
}

// Remove

export function removeYaml(text: string, root: TreeNode, places: readonly Span[]): readonly TextEdit[] {
  return [...(partsToRemove(root, places) ?? [])].flatMap(([parent, indices]) =>
    isFlow(text, parent)
      ? removeFrom(text, parent, indices)
      : [...indices].flatMap((index) => removeFromBlock(text, parent, index)),
  );
}

function removeFromBlock(text: string, parent: ObjectNode | ArrayNode, index: number): readonly TextEdit[] {
  const span = spansOf(parent)[index];
  if (!span) return [];
  const start = parent.kind === 'array' ? text.lastIndexOf('-', span.start) : span.start;
  const from = lineStart(text, start);
  const end = lineEnd(text, contentEnd(text, { span }));
  if (text.slice(from, start).trim() === '') {
    const newline = text.indexOf('\n', end);
    return [{ span: { start: from, end: newline < 0 ? text.length : newline + 1 }, newText: '' }];
  }
  // It shares its line with the dash of the item that it is the first key of: the next key moves up.
  const next = parent.kind === 'object' ? parent.entries[index + 1] : undefined;
  return next ? [{ span: { start: span.start, end: next.span.start }, newText: '' }] : [];
}
