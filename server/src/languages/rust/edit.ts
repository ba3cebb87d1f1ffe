// Carries out edit intents on Rust programs: another value for a literal.

import type { SourceFile, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { digits, escapeText, nodeAt, nodesAround } from '../edits.ts';

export function editRust(file: SourceFile, root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const { value } = intent;
  const { span } = intent.at;
  const string = nodesAround(root, span).findLast(({ type }) => type === 'string_literal');
  if (string) {
    const isInside = span.start > string.start && span.end < string.end;
    if (!isInside || (typeof value !== 'string' && typeof value !== 'number')) return [];
    return [{ span, newText: escapeText(String(value), '"') }];
  }
  const number = nodeAt(root, span, ['integer_literal']);
  const newText = number && digits(value);
  if (number === undefined || newText === undefined) return [];
  const suffix = /(?:[ui](?:8|16|32|64|128|size))?$/.exec(file.text.slice(number.start, number.end))?.[0] ?? '';
  return [{ span, newText: newText + suffix }];
}
