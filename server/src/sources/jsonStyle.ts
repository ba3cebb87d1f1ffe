// How a JSON file is written: its indentation, the blanks after colons and commas, and new values in that manner.

import { isList, type Json } from '../base/json.ts';
import { lineEnding } from '../base/text.ts';
import type { ObjectNode } from '../syntax/tree.ts';

export interface JsonStyle {
  readonly oneLine: boolean;
  readonly unit: string;
  readonly newline: string;
  /** After a colon. */
  readonly colon: string;
  /** After a comma on one line. */
  readonly gap: string;
  /** Inside the braces of a one-line object. */
  readonly pad: string;
}

/** The style of an object's neighborhood; `oneLine` where the new text must not break the line. */
export function styleOf(text: string, node: ObjectNode | undefined, oneLine: boolean): JsonStyle {
  const first = node?.entries[0];
  const colon = first
    ? blanks(text, text.indexOf(':', first.keySpan.end) + 1)
    : (/"\s*:([ \t]*)\S/.exec(text)?.[1] ?? ' ');
  const second = node?.entries[1];
  const gap = first && second ? blanks(text, text.indexOf(',', first.span.end) + 1) : colon === '' ? '' : ' ';
  const pad = node && first ? blanks(text, node.span.start + 1) : (/\{([ \t]*)"/.exec(text)?.[1] ?? ' ');
  return { oneLine, unit: indentUnit(text), newline: lineEnding(text), colon, gap, pad };
}

function blanks(text: string, offset: number): string {
  return /^[ \t]{0,3}/.exec(text.slice(offset, offset + 3))?.[0] ?? '';
}

/** The indentation of one level: that of the first indented line. */
export function indentUnit(text: string): string {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1];
  if (indent === undefined) return '  ';
  if (indent.startsWith('\t')) return '\t';
  return indent.length > 8 ? '  ' : indent;
}

/** The indentation of the line that an offset lies in. */
export function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

export function renderProperty(key: string, value: Json, style: JsonStyle, indent: string): string {
  return `${JSON.stringify(key)}:${style.colon}${renderJson(value, style, indent)}`;
}

/** A value; `indent` is that of the line it starts in. Lists of scalars stay on one line while they are short. */
export function renderJson(value: Json, style: JsonStyle, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const array = isList(value);
  const parts = array
    ? value.map((item) => renderJson(item, style, indent + style.unit))
    : Object.entries(value).map(([key, item]) => renderProperty(key, item, style, indent + style.unit));
  const [open, close] = array ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const gap = style.gap === '' && !style.oneLine ? ' ' : style.gap;
  const inline = parts.join(`,${gap}`);
  const short = array && value.every((item) => typeof item !== 'object') && inline.length <= 100;
  if (short) return open + inline + close;
  if (style.oneLine) return array ? open + inline + close : open + style.pad + inline + style.pad + close;
  const inner = indent + style.unit;
  return `${open}${style.newline}${inner}${parts.join(`,${style.newline}${inner}`)}${style.newline}${indent}${close}`;
}
