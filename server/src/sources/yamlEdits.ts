// Edit intents as text edits of YAML: keeps comments, order, quotes, tags, indentation and line ends.

import { type SourceFile, type Span, sortEdits, type TextEdit } from '../base/text.ts';
import type { EditIntent } from '../facts/edit.ts';
import type { StringNode, TreeNode } from '../syntax/tree.ts';
import { parseYamlDocuments } from '../syntax/yaml.ts';
import { nodesAround } from './treePlaces.ts';
import { removeYaml, setYaml } from './yamlBlocks.ts';
import { plainText } from './yamlStyle.ts';

export function editYaml(file: SourceFile, intent: EditIntent): readonly TextEdit[] {
  return editYamlAll(file, [intent]);
}

/** Edits for several intents; empty where one of them cannot be carried out. */
export function editYamlAll(file: SourceFile, intents: readonly EditIntent[]): readonly TextEdit[] {
  const roots = parseYamlDocuments(file.text).flatMap(({ root }) => root ?? []);
  const edits: TextEdit[] = [];
  const removed: Span[] = [];
  for (const intent of intents) {
    const span = intent.kind === 'set' ? intent.owner.span : intent.at.span;
    const root = roots.find((one) => one.span.start <= span.start && span.end <= one.span.end);
    if (!root) return [];
    if (intent.kind === 'remove') {
      removed.push(span);
      continue;
    }
    if (intent.kind === 'insertResource') return [];
    const made =
      intent.kind === 'replace'
        ? replaceScalar(file.text, root, span, String(intent.value))
        : setYaml(file.text, root, span, intent.path, intent.value);
    if (made.length === 0) return [];
    edits.push(...made);
  }
  const gone = roots.flatMap((root) =>
    removeYaml(
      file.text,
      root,
      removed.filter((span) => root.span.start <= span.start && span.end <= root.span.end),
    ),
  );
  if (removed.length > 0 && gone.length === 0) return [];
  return sortEdits([...edits, ...gone]);
}

function replaceScalar(text: string, root: TreeNode, at: Span, value: string): readonly TextEdit[] {
  const node = nodesAround(root, at).at(-1);
  if (!node || node.kind === 'object' || node.kind === 'array') return [];
  if (node.kind !== 'string') return [{ span: node.span, newText: plainText(value) }];
  return replaceString(text, node, at, value);
}

function replaceString(text: string, node: StringNode, at: Span, value: string): readonly TextEdit[] {
  if (at.start < node.inner.start || at.end > node.inner.end || (node.block && value.includes('\n'))) return [];
  const quote = node.block ? undefined : text[node.span.start];
  if (quote === '"') return [{ span: at, newText: JSON.stringify(value).slice(1, -1) }];
  if (quote === "'") return [{ span: at, newText: value.replaceAll("'", "''") }];
  const whole = at.start === node.inner.start && at.end === node.inner.end;
  return [{ span: at, newText: whole && !node.block ? plainText(value) : value }];
}
