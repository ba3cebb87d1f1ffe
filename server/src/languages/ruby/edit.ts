// Carries out edit intents on Ruby programs: another value for a literal.

import type { SourceFile, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { digits, escapeText, nodeAt, nodesAround } from '../edits.ts';

export function editRuby(file: SourceFile, root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const { span } = intent.at;
  const content = nodesAround(root, span).at(-1);
  if (content?.type === 'string_content') {
    if (typeof intent.value !== 'string' && typeof intent.value !== 'number') return [];
    const text = String(intent.value);
    const quote = file.text.charAt(content.start - 1);
    return /[#\\\r\n]/.test(text) ? [] : [{ span, newText: escapeText(text, quote === "'" ? "'" : '"') }];
  }
  const newText = nodeAt(root, span, ['integer']) && digits(intent.value);
  return newText === undefined ? [] : [{ span, newText }];
}
