// Puts new attributes, blocks and entries into Terraform text, in the style of their neighbors.

import type { Json } from '../../base/json.ts';
import { lineEnding, type Span, type TextEdit } from '../../base/text.ts';
import type { HclBlock, HclObject } from '../../syntax/hcl/tree.ts';
import { lineIndent } from '../jsonStyle.ts';
import { type HclStyle, renderBlock, renderEntries, renderKey, renderValue } from './render.ts';

const UNIT = '  ';

export function blockStyle(text: string): HclStyle {
  return { newline: lineEnding(text), quoted: false, sign: '=', snake: true };
}

/** The style of an object's entries, by its first one. */
export function objectStyle(text: string, object: HclObject, snake: boolean): HclStyle {
  const [first] = object.entries;
  const quoted = first !== undefined && text[first.span.start] === '"';
  const between = first ? text.slice(first.key.span.end, first.value.span.start) : '=';
  return { newline: lineEnding(text), quoted, sign: between.includes('=') ? '=' : ':', snake };
}

// Attributes of blocks

/** A new attribute: behind the last one before the nested blocks, its equals sign in their column. */
export function insertAttribute(text: string, block: HclBlock, name: string, value: Json): readonly TextEdit[] {
  const style = blockStyle(text);
  const indent = lineIndent(text, block.span.start) + UNIT;
  if (!text.slice(block.span.start, block.span.end).includes('\n')) return spreadOut(text, block, name, value, style);
  const firstBlock = block.body.blocks[0]?.span.start ?? Number.POSITIVE_INFINITY;
  const before = block.body.attributes.filter((attribute) => attribute.span.start < firstBlock);
  const last = before.at(-1);
  if (!last) {
    const offset = openingBrace(text, block) + 1;
    const line = `${style.newline}${indent}${name} = ${renderValue(value, indent, style)}`;
    return [{ span: { start: offset, end: offset }, newText: line }];
  }
  const end = endOfLine(text, last.span.end);
  const own = text.slice(lineStart(text, last.span.start), last.span.start);
  const rendered = renderValue(value, own, style);
  // A value of several lines stands in nobody's column.
  const lines = before.map((attribute) => ({ span: attribute.span, nameEnd: attribute.nameSpan.end }));
  const { padded, edits } = aligned(text, name, rendered.includes('\n') ? [] : alignedGroup(text, lines));
  return [...edits, { span: empty(end), newText: `${style.newline}${own}${padded} = ${rendered}` }];
}

/** `{ enable = true }` on one line holds no second attribute. */
function spreadOut(text: string, block: HclBlock, name: string, value: Json, style: HclStyle): readonly TextEdit[] {
  const open = openingBrace(text, block);
  const base = lineIndent(text, block.span.start);
  const indent = base + UNIT;
  const all = [
    ...block.body.attributes.map((one) => [one.name, text.slice(one.value.span.start, one.value.span.end)] as const),
    [name, renderValue(value, indent, style)] as const,
  ];
  const width = Math.max(...all.map(([key]) => key.length));
  const lines = all.map(([key, item]) => `${style.newline}${indent}${key.padEnd(width)} = ${item}`);
  return [{ span: { start: open + 1, end: block.span.end - 1 }, newText: `${lines.join('')}${style.newline}${base}` }];
}

/** An attribute or an entry, and where its name ends. */
interface Line {
  readonly span: Span;
  readonly nameEnd: number;
}

/** The last lines that stand one under the other, each whole, as `terraform fmt` aligns them. */
function alignedGroup(text: string, lines: readonly Line[]): readonly Line[] {
  const group: Line[] = [];
  let below: Line | undefined;
  for (const line of lines.toReversed()) {
    const oneLine = !text.slice(line.span.start, line.span.end).includes('\n');
    const adjacent = !below || /^[^\n]*\n[ \t]*$/.test(text.slice(line.span.end, below.span.start));
    if (!oneLine || !adjacent) break;
    group.push(line);
    below = line;
  }
  return group;
}

/** A name as wide as its neighbors' names, and the edits that make these as wide as it. */
function aligned(
  text: string,
  name: string,
  group: readonly Line[],
): { readonly padded: string; readonly edits: readonly TextEdit[] } {
  const widths = group.map((line) => line.nameEnd - line.span.start);
  const width = Math.max(name.length, ...widths);
  const edits = group.flatMap((line): readonly TextEdit[] => {
    const sign = text.indexOf('=', line.nameEnd);
    const missing = width - (sign - 1 - line.span.start);
    return missing <= 0 ? [] : [{ span: empty(sign), newText: ' '.repeat(missing) }];
  });
  return { padded: group.length > 0 ? name.padEnd(width) : name, edits };
}

/** A new nested block, behind everything that stands in the block. */
export function insertBlock(
  text: string,
  block: HclBlock,
  type: string,
  value: { readonly [key: string]: Json },
): readonly TextEdit[] {
  const style = blockStyle(text);
  const base = lineIndent(text, block.span.start);
  const rendered = renderBlock(type, value, base + UNIT, style);
  const { attributes, blocks } = block.body;
  const ends = [...attributes, ...blocks].map(({ span }) => span.end);
  if (ends.length === 0) {
    const offset = openingBrace(text, block) + 1;
    return [
      { span: { start: offset, end: block.span.end - 1 }, newText: style.newline + rendered + style.newline + base },
    ];
  }
  const last = Math.max(...ends);
  const end = endOfLine(text, last);
  const closer = text.slice(last, block.span.end - 1).includes('\n') ? '' : style.newline + base;
  return [{ span: { start: end, end }, newText: style.newline + style.newline + rendered + closer }];
}

function openingBrace(text: string, block: HclBlock): number {
  const labels = block.labels.at(-1)?.span.end ?? block.typeSpan.end;
  return text.indexOf('{', labels);
}

// Entries of objects

export function insertEntry(
  text: string,
  object: HclObject,
  key: string,
  value: Json,
  style: HclStyle,
): readonly TextEdit[] {
  const last = object.entries.at(-1);
  const base = lineIndent(text, object.span.start);
  const name = renderKey(key, style);
  if (!last) {
    const lines = renderEntries({ [key]: value }, base + UNIT, style).join(style.newline);
    const span = { start: object.span.start + 1, end: object.span.end - 1 };
    return [{ span, newText: style.newline + lines + style.newline + base }];
  }
  const sign = style.sign === ':' ? ': ' : ' = ';
  if (!text.slice(object.span.start, last.span.end).includes('\n')) {
    return [{ span: empty(last.span.end), newText: `, ${name}${sign}${renderValue(value, base, style)}` }];
  }
  const indent = lineIndent(text, last.span.start);
  const rendered = renderValue(value, indent, style);
  const inColumn = style.sign === '=' && !rendered.includes('\n');
  const lines = object.entries.map((entry) => ({ span: entry.span, nameEnd: entry.key.span.end }));
  const { padded, edits } = aligned(text, name, inColumn ? alignedGroup(text, lines) : []);
  const line = `${style.newline}${indent}${padded}${sign}${rendered}`;
  const comma = /^[ \t]*,/.exec(text.slice(last.span.end, last.span.end + 200))?.[0];
  if (comma !== undefined) {
    const end = endOfLine(text, last.span.end + comma.length);
    return [...edits, { span: empty(end), newText: `${line},` }];
  }
  const usesCommas =
    object.entries.length > 1 &&
    /^[ \t]*,/.test(text.slice(object.entries[0]?.span.end ?? 0, (object.entries[0]?.span.end ?? 0) + 200));
  const end = endOfLine(text, last.span.end);
  const closer = text.slice(last.span.end, object.span.end - 1).includes('\n') ? '' : style.newline + base;
  const edit = { span: empty(end), newText: line + closer };
  return usesCommas ? [...edits, { span: empty(last.span.end), newText: ',' }, edit] : [...edits, edit];
}

function empty(offset: number): Span {
  return { start: offset, end: offset };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the line, with a comment that follows; where more stands on it, the offset itself. */
function endOfLine(text: string, offset: number): number {
  const rest = /[ \t]*(?:(?:#|\/\/)[^\r\n]*)?(?=\r?\n|$)/y;
  rest.lastIndex = offset;
  return rest.test(text) ? rest.lastIndex : offset;
}
