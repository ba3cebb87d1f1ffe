// Carries out edit intents on PHP programs: another value for a literal.

import type { SourceFile, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { digits, escapeText, nodeAt, nodesAround } from '../edits.ts';

export function editPhp(file: SourceFile, root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const { span } = intent.at;
  const string = nodesAround(root, span).findLast(({ type }) => type === 'string' || type === 'encapsed_string');
  if (string !== undefined) {
    const text = String(intent.value);
    if (string.start + 1 > span.start || string.end - 1 < span.end || /[$\\\r\n{}]/.test(text)) return [];
    return [{ span, newText: escapeText(text, file.text.charAt(string.start)) }];
  }
  const newText = nodeAt(root, span, ['integer']) && digits(intent.value);
  return newText === undefined ? [] : [{ span, newText }];
}
