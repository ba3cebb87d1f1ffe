// Text edits that every language's programs share: a literal's token replaced, an entry added to a list of arguments or
// properties in the list's own layout.

import type { Scalar } from '../base/json.ts';
import type { SourceFile, Span, TextEdit } from '../base/text.ts';
import { lineEnding } from '../base/text.ts';
import type { SyntaxNode } from '../syntax/treeSitter.ts';

/** The nodes around a span, outermost first. */
export function nodesAround(root: SyntaxNode, span: Span): readonly SyntaxNode[] {
  const path: SyntaxNode[] = [];
  let current: SyntaxNode | undefined = root;
  while (current) {
    path.push(current);
    current = current.children.find((child) => child.start <= span.start && span.end <= child.end);
  }
  return path;
}

/** The node of a type that has exactly this span. */
export function nodeAt(root: SyntaxNode, span: Span, types: readonly string[]): SyntaxNode | undefined {
  return nodesAround(root, span).find(
    (node) => node.start === span.start && node.end === span.end && types.includes(node.type),
  );
}

/** A value as the digits of a number token; undefined where it is no number. */
export function digits(value: Scalar): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? value : undefined;
}

/** Text for the inside of a string between these quotes. */
export function escapeText(text: string, quote: string): string {
  const escaped = text.replace(
    /[\\\n\r]/g,
    (character) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r' })[character] ?? '',
  );
  return escaped.replaceAll(quote, `\\${quote}`);
}

/** The quote that the file uses most for its strings. */
export function usualQuote(text: string): "'" | '"' {
  let single = 0;
  let double = 0;
  for (const character of text) {
    if (character === "'") single++;
    else if (character === '"') double++;
  }
  return double > single ? '"' : "'";
}

/** Adds an entry behind the last of `entries` of a bracketed list, on a line of its own where they stand so. */
export function addEntry(
  file: SourceFile,
  list: SyntaxNode,
  entries: readonly SyntaxNode[],
  entry: string,
  padding = '',
): TextEdit {
  const last = entries.at(-1);
  if (!last) {
    return { span: { start: list.start + 1, end: list.end - 1 }, newText: padding + entry + padding };
  }
  const before = entries.at(-2)?.end ?? list.start + 1;
  const gap = file.text.slice(before, last.start);
  const newline = gap.lastIndexOf('\n');
  const separator = newline < 0 ? ' ' : lineEnding(file.text) + gap.slice(newline + 1).replace(/\S.*$/, '');
  // Behind a trailing comma the new entry has one too, and a comment stays with its own line.
  const rest = /^[ \t]*,[ \t]*(?:#.*|\/\/.*)?$/m.exec(
    file.text.slice(last.end, last.end + 300).split(/\r?\n/, 1)[0] ?? '',
  );
  if (newline >= 0 && rest && last.end + rest[0].length < list.end) {
    const end = last.end + rest[0].length;
    return { span: { start: end, end }, newText: `${separator}${entry},` };
  }
  return { span: { start: last.end, end: last.end }, newText: `,${separator}${entry}` };
}
