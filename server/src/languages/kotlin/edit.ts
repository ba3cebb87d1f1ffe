// Carries out edit intents on Kotlin programs: another value for a literal.

import type { TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { digits, escapeText, nodeAt, nodesAround } from '../edits.ts';

export function editKotlin(root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const { span } = intent.at;
  const around = nodesAround(root, span);
  const string = around.findLast(({ type }) => type === 'string_literal');
  if (string && !around.some(({ type }) => type === 'interpolation')) {
    if (span.start <= string.start || span.end >= string.end) return [];
    if (typeof intent.value !== 'string' && typeof intent.value !== 'number') return [];
    // `$` would start a template.
    return [{ span, newText: escapeText(String(intent.value), '"').replaceAll('$', '\\$') }];
  }
  const newText = nodeAt(root, span, ['number_literal']) && digits(intent.value);
  return newText === undefined ? [] : [{ span, newText }];
}
