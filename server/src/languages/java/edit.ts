// Carries out edit intents on Java programs: another value for a literal.

import type { SourceFile, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { digits, escapeText, nodeAt, nodesAround } from '../edits.ts';
import { insideOf } from './expressions.ts';

export function editJava(_file: SourceFile, root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const { span } = intent.at;
  const string = nodesAround(root, span).findLast(({ type }) => type === 'string_literal');
  if (string) {
    const inside = insideOf(string);
    if (span.start < inside.start || span.end > inside.end) return [];
    if (typeof intent.value !== 'string' && typeof intent.value !== 'number') return [];
    return [{ span, newText: escapeText(String(intent.value), '"') }];
  }
  const newText = nodeAt(root, span, ['decimal_integer_literal']) && digits(intent.value);
  return newText === undefined ? [] : [{ span, newText }];
}
