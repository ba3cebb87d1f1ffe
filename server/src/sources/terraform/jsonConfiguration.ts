// `.tf.json` and `.tfvars.json`: the same configuration in JSON, read into the tree that HCL is read into. Nested blocks are
// objects and lists of objects there; whoever reads a resource takes them as blocks.
// https://developer.hashicorp.com/terraform/language/syntax/json

import type { Span } from '../../base/text.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclLabel, HclTree } from '../../syntax/hcl/tree.ts';
import { parseHclTemplateIn } from '../../syntax/hcl.ts';
import { parseJson } from '../../syntax/json.ts';
import { spelledRuns } from '../../syntax/spelling.ts';
import type { ObjectNode, TreeEntry, TreeNode } from '../../syntax/tree.ts';
import { spelledTemplate } from './spelledTemplate.ts';

/** How many labels the blocks at the top of a file have. */
const LABELS: Readonly<Record<string, number>> = { resource: 2, data: 2, module: 1, variable: 1, output: 1, locals: 0 };

export function isJsonConfiguration(path: string): boolean {
  return path.endsWith('.json');
}

export function parseJsonConfiguration(text: string): HclTree {
  const { root, problems } = parseJson(text);
  if (root?.kind !== 'object') return { body: { attributes: [], blocks: [], complete: false }, problems };
  const blocks = root.entries.flatMap((entry) => {
    const labels = Object.hasOwn(LABELS, entry.key) ? LABELS[entry.key] : undefined;
    return labels === undefined ? [] : blocksOf(text, entry, entry.value, [], labels);
  });
  return { body: { attributes: [], blocks, complete: root.complete }, problems };
}

/** The values of variables: attributes at the top. */
export function parseJsonVariables(text: string): HclTree {
  const { root, problems } = parseJson(text);
  if (root?.kind !== 'object') return { body: { attributes: [], blocks: [], complete: false }, problems };
  return { body: bodyOf(text, root), problems };
}

function blocksOf(
  text: string,
  type: TreeEntry,
  node: TreeNode,
  labels: readonly HclLabel[],
  missing: number,
): readonly HclBlock[] {
  if (node.kind === 'array') return node.items.flatMap((item) => blocksOf(text, type, item, labels, missing));
  if (node.kind !== 'object') return [];
  if (missing > 0) {
    return node.entries.flatMap((entry) =>
      blocksOf(text, type, entry.value, [...labels, { text: entry.key, span: entry.keySpan }], missing - 1),
    );
  }
  return [{ type: type.key, labels, span: node.span, typeSpan: type.keySpan, body: bodyOf(text, node) }];
}

function bodyOf(text: string, node: ObjectNode): HclBody {
  const attributes = node.entries.map(
    (entry): HclAttribute => ({
      name: entry.key,
      nameSpan: entry.keySpan,
      span: entry.span,
      value: expressionOf(text, entry.value),
    }),
  );
  return { attributes, blocks: [], complete: node.complete };
}

function expressionOf(text: string, node: TreeNode): HclExpression {
  const { span } = node;
  switch (node.kind) {
    case 'object': {
      const entries = node.entries.map((entry) => ({
        key: textOf(text, entry.keySpan, entry.keySpan),
        value: expressionOf(text, entry.value),
        span: entry.span,
      }));
      return { kind: 'object', entries, complete: node.complete, span };
    }
    case 'array':
      return { kind: 'list', items: node.items.map((item) => expressionOf(text, item)), complete: node.complete, span };
    case 'string':
      return textOf(text, node.inner, span);
    case 'number':
    case 'boolean':
      return { kind: 'literal', value: node.value, span };
    case 'null':
      return { kind: 'literal', value: null, span };
    case 'template':
      return { kind: 'unreadable', span };
  }
}

/** A text is a template. Where it is spelled with escapes, what stands between them has places of its own. */
function textOf(text: string, inner: Span, span: Span): HclExpression {
  const written = text.slice(inner.start, inner.end);
  const value = written.includes('\\') ? decoded(written) : written;
  if (value === undefined) return { kind: 'unreadable', span };
  const runs = spelledRuns(text, inner, value, 'double');
  const isTemplate = /[$%]\{/.test(value);
  if (!isTemplate && !(runs && /^\s*[[{]/.test(value))) return { kind: 'string', value, span, inner };
  return { ...(runs ? spelledTemplate(value, runs) : parseHclTemplateIn(text, inner)), span, inner };
}

function decoded(written: string): string | undefined {
  try {
    const value: unknown = JSON.parse(`"${written}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
