// Edit intents as text edits of YAML. Only scalars are replaced; what adds or removes lines is left to a person.

import { contains, type SourceFile, type Span, type TextEdit } from '../base/text.ts';
import type { EditIntent } from '../facts/edit.ts';
import { type StringNode, type TreeNode, tokenSpan } from '../syntax/tree.ts';
import { parseYamlDocuments } from '../syntax/yaml.ts';

export function editYaml(file: SourceFile, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const at = intent.at.span;
  const value = String(intent.value);
  for (const { root } of parseYamlDocuments(file.text, { templates: false })) {
    const node = root && scalarAt(root, at, new Set());
    if (!node) continue;
    if (node.kind !== 'string') return [{ span: node.span, newText: plain(value) }];
    return replaceString(file.text, node, at, value);
  }
  return [];
}

function replaceString(text: string, node: StringNode, at: Span, value: string): readonly TextEdit[] {
  if (at.start < node.inner.start || at.end > node.inner.end || (node.block && value.includes('\n'))) return [];
  const quote = node.block ? undefined : text[node.span.start];
  if (quote === '"') return [{ span: at, newText: JSON.stringify(value).slice(1, -1) }];
  if (quote === "'") return [{ span: at, newText: value.replaceAll("'", "''") }];
  const whole = at.start === node.inner.start && at.end === node.inner.end;
  return [{ span: at, newText: whole && !node.block ? plain(value) : value }];
}

/** A plain scalar where YAML reads it as the same text, else in quotes. */
function plain(value: string): string {
  return /^[\w./$-][\w./:@${}<>=-]*(?: [\w./:@${}<>=-]+)*$/.test(value) && !/: |:$/.test(value)
    ? value
    : JSON.stringify(value);
}

function scalarAt(
  node: TreeNode,
  at: Span,
  seen: Set<TreeNode>,
): Exclude<TreeNode, { kind: 'object' | 'array' }> | undefined {
  if (seen.has(node) || seen.size > 50_000) return undefined;
  seen.add(node);
  if (node.kind !== 'object' && node.kind !== 'array') {
    const token = tokenSpan(node);
    return contains(token, at.start) && contains(token, at.end) ? node : undefined;
  }
  const children = node.kind === 'array' ? node.items : node.entries.map((entry) => entry.value);
  for (const child of children) {
    const found = scalarAt(child, at, seen);
    if (found) return found;
  }
  return undefined;
}
