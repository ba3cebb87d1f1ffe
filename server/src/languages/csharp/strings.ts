// The strings of C#: plain, verbatim, raw and interpolated.

import type { SourceFile } from '../../base/text.ts';
import { locationOf } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { literal, place, textOf, unescapeText, unknownExpression } from '../expressions.ts';

/** The inside of a string's quotes. */
export function insideOf(file: SourceFile, node: SyntaxNode): { readonly start: number; readonly end: number } {
  const text = textOf(file, node);
  const open = /^[$@]{0,3}"+/.exec(text)?.[0] ?? '"';
  const quotes = open.replace(/^[$@]+/, '');
  // An empty string shows its closing quote among the opening ones.
  if (quotes === '""') return { start: node.start + open.length - 1, end: node.end - 1 };
  return { start: node.start + open.length, end: Math.max(node.start + open.length, node.end - quotes.length) };
}

export function stringExpression(file: SourceFile, node: SyntaxNode): Expression {
  const { start, end } = insideOf(file, node);
  const text = file.text.slice(start, end);
  const at = locationOf(file.uri, start, end);
  switch (node.type) {
    case 'verbatim_string_literal':
      return literal(text.replaceAll('""', '"'), at);
    case 'raw_string_literal':
      return /[\r\n]/.test(text) ? unknownExpression(file, node) : literal(text, at);
    default:
      return literal(unescapeText(text), at);
  }
}

/** `$"http://*:{port}"`; a format behind a colon or an alignment is not read. */
export function interpolated(file: SourceFile, node: SyntaxNode, read: (child: SyntaxNode) => Expression): Expression {
  const parts: Expression[] = [];
  for (const child of node.children) {
    switch (child.type) {
      case 'string_content':
        parts.push(literal(textOf(file, child), place(file, child)));
        break;
      case 'escape_sequence':
        parts.push(literal(unescapeText(textOf(file, child)), place(file, child)));
        break;
      case 'interpolation': {
        const values = child.children.filter(({ type }) => type !== 'interpolation_brace');
        const [value] = values;
        if (!value || values.length > 1) return unknownExpression(file, node);
        parts.push(read(value));
        break;
      }
    }
  }
  return { kind: 'concat', parts, at: place(file, node) };
}
