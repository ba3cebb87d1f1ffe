// Carries out edit intents on Go programs: another value for a literal.

import type { SourceFile, TextEdit } from '../../base/text.ts';
import type { EditIntent } from '../../facts/edit.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { digits, escapeText, nodeAt, nodesAround } from '../edits.ts';

export function editGo(file: SourceFile, root: SyntaxNode, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const { value } = intent;
  const { span } = intent.at;
  const string = nodesAround(root, span).findLast(({ type }) => /^(?:interpreted|raw)_string_literal$/.test(type));
  if (string) {
    const isInside = span.start > string.start && span.end < string.end;
    if (!isInside || (typeof value !== 'string' && typeof value !== 'number')) return [];
    const quote = file.text.charAt(string.start);
    if (quote === '`' && String(value).includes('`')) return [];
    return [{ span, newText: quote === '`' ? String(value) : escapeText(String(value), '"') }];
  }
  const newText = nodeAt(root, span, ['int_literal']) && digits(value);
  return newText === undefined ? [] : [{ span, newText }];
}
