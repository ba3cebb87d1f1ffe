// Carries out edit intents on C# programs: another value for a literal.

import type { SourceFile, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { digits, escapeText, nodeAt, nodesAround } from '../edits.ts';
import { insideOf } from './strings.ts';

export function editCsharp(file: SourceFile, root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const { span } = intent.at;
  const around = nodesAround(root, span);
  const string = around.findLast(({ type }) => /^(?:string_literal|interpolated_string_expression)$/.test(type));
  const isHole = around.some(({ type }) => type === 'interpolation');
  if (string && !isHole) {
    const inside = insideOf(file, string);
    if (span.start < inside.start || span.end > inside.end) return [];
    if (typeof intent.value !== 'string' && typeof intent.value !== 'number') return [];
    return [{ span, newText: escapeText(String(intent.value), '"') }];
  }
  const newText = nodeAt(root, span, ['integer_literal']) && digits(intent.value);
  return newText === undefined ? [] : [{ span, newText }];
}
