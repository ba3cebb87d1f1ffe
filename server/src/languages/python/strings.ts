// Python's string literals: prefixes, f-strings, joined and formatted strings.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { concat, literal, place, stringLiteral, textOf, unescapeText, unknownExpression } from '../expressions.ts';
import type { PythonFile } from './names.ts';

type Read = (node: SyntaxNode) => Expression;

const opening = /^([a-zA-Z]{0,3})("""|'''|"|')/;

export interface StringSpan {
  /** Inside of the quotes. */
  readonly start: number;
  readonly end: number;
  readonly prefix: string;
  readonly quote: string;
}

/** Undefined for a string that is not closed. */
export function stringSpan(file: PythonFile, node: SyntaxNode): StringSpan | undefined {
  const match = opening.exec(file.text.slice(node.start, node.start + 6));
  const quote = match?.[2];
  if (!match || quote === undefined) return undefined;
  const start = node.start + match[0].length;
  const end = node.end - quote.length;
  if (end < start || !file.text.endsWith(quote, node.end)) return undefined;
  return { start, end, prefix: (match[1] ?? '').toLowerCase(), quote };
}

export function stringExpression(file: PythonFile, node: SyntaxNode, read: Read): Expression {
  const span = stringSpan(file, node);
  if (!span) return unknownExpression(file, node);
  if (node.children.some(({ type }) => type === 'interpolation')) return formatted(file, node, span, read);
  const raw = file.text.slice(span.start, span.end);
  const inner = span.prefix.includes('f') ? raw.replace(/\{\{|\}\}/g, (pair) => pair.charAt(0)) : raw;
  if (span.prefix.includes('r')) return literal(inner, place(file, span));
  return stringLiteral(file, unescapeText(inner), place(file, span));
}

/** `f"{HOST}:{PORT}"` */
function formatted(file: PythonFile, node: SyntaxNode, span: StringSpan, read: Read): Expression {
  const parts: Expression[] = [];
  const addText = (start: number, end: number): void => {
    if (end <= start) return;
    const raw = file.text.slice(start, end).replace(/\{\{|\}\}/g, (pair) => pair.charAt(0));
    parts.push(literal(span.prefix.includes('r') ? raw : unescapeText(raw), place(file, { start, end })));
  };
  let offset = span.start;
  for (const child of node.children) {
    if (child.type !== 'interpolation') continue;
    addText(offset, child.start);
    const value = childOf(child, 'expression');
    const plain =
      value && !child.children.some(({ type }) => type === 'format_specifier' || type === 'type_conversion');
    parts.push(plain ? read(value) : unknownExpression(file, child));
    offset = child.end;
  }
  addText(offset, span.end);
  return concat(parts, place(file, span));
}

/** `"{}:{}".format(HOST, PORT)` and `"%s:%d" % (HOST, PORT)`; undefined where the pattern says more than that. */
export function fillPattern(
  file: PythonFile,
  pattern: SyntaxNode,
  values: readonly Expression[],
  style: 'format' | 'percent',
  whole: SyntaxNode,
): Expression | undefined {
  const span = stringSpan(file, pattern);
  if (!span || span.prefix.includes('f') || span.prefix.includes('b')) return undefined;
  const hole = style === 'format' ? /\{(\d*)\}/g : /%[sdi]/g;
  const text = file.text.slice(span.start, span.end);
  if ((style === 'format' ? /[{}]/ : /%/).test(text.replace(hole, ''))) return undefined;
  const parts: Expression[] = [];
  let offset = 0;
  let next = 0;
  const addText = (end: number): void => {
    if (end === offset) return;
    const at = place(file, { start: span.start + offset, end: span.start + end });
    parts.push(literal(unescapeText(text.slice(offset, end)), at));
  };
  for (const match of text.matchAll(hole)) {
    addText(match.index);
    const index = match[1] ? Number(match[1]) : next++;
    const value = values[index];
    if (value === undefined) return undefined;
    parts.push(value);
    offset = match.index + match[0].length;
  }
  addText(text.length);
  return parts.length === 0 ? undefined : concat(parts, place(file, whole));
}

/** A string's text where it has no interpolation. */
export function plainString(file: PythonFile, node: SyntaxNode | undefined): string | undefined {
  if (node?.type !== 'string' || node.children.some(({ type }) => type === 'interpolation')) return undefined;
  const span = stringSpan(file, node);
  if (!span) return undefined;
  const text = textOf(file, { ...node, start: span.start, end: span.end });
  return span.prefix.includes('r') ? text : unescapeText(text);
}
