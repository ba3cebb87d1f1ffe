// `format!("{}:{}", host, port)` and `format!("{host}:{port}")` as concatenations.

import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf, withTree } from '../../syntax/treeSitter.ts';
import { concat, literal, nameExpression, place, textOf, unescapeText, unknownExpression } from '../expressions.ts';
import type { RustFile } from './names.ts';
import type { Read } from './paths.ts';

const LONGEST = 2_000;

/** Undefined for other macros, and where the pattern says more than a value's place. */
export function formatted(file: RustFile, node: SyntaxNode, read: Read): Expression | undefined {
  if (!/^(?:format|concat)$/.test(textOf(file, childOf(node, 'macro')))) return undefined;
  const tokens = node.children.find(({ type }) => type === 'token_tree');
  const values = tokens && macroArguments(file, tokens);
  if (!values || values.length === 0) return undefined;
  if (textOf(file, childOf(node, 'macro')) === 'concat')
    return concat(
      values.map((value) => read(value)),
      place(file, node),
    );
  const [pattern, ...rest] = values;
  if (pattern?.type !== 'string_literal') return undefined;
  return fill(file, pattern, rest, read) ?? unknownExpression(file, node);
}

const HOLE = /\{(\w*)(?::\??)?\}/g;

function fill(file: RustFile, pattern: SyntaxNode, values: readonly SyntaxNode[], read: Read): Expression | undefined {
  const start = pattern.start + 1;
  const text = file.text.slice(start, pattern.end - 1);
  if (/[{}]/.test(text.replace(HOLE, '')) || text.length > LONGEST) return undefined;
  const named = new Map<string, SyntaxNode>();
  const positional: SyntaxNode[] = [];
  for (const value of values) {
    const [left, right] = value.type === 'assignment_expression' ? value.children : [];
    if (left && right) named.set(textOf(file, left), right);
    else positional.push(value);
  }
  const parts: Expression[] = [];
  let offset = 0;
  let next = 0;
  const addText = (end: number): void => {
    const at = place(file, { start: start + offset, end: start + end });
    if (end > offset) parts.push(literal(unescapeText(text.slice(offset, end)), at));
  };
  for (const match of text.matchAll(HOLE)) {
    addText(match.index);
    offset = match.index + match[0].length;
    const name = match[1] ?? '';
    const at = place(file, { start: start + match.index + 1, end: start + match.index + 1 + name.length });
    const node = name === '' ? positional[next++] : /^\d+$/.test(name) ? positional[Number(name)] : named.get(name);
    if (node) parts.push(read(node));
    else if (/^[A-Za-z_]/.test(name)) parts.push(file.known?.get(name) ?? nameExpression(name, at));
    else return undefined;
  }
  addText(text.length);
  return parts.length === 0 ? undefined : concat(parts, place(file, pattern));
}

/** The arguments of a macro, read as those of a function. */
function macroArguments(file: RustFile, tokens: SyntaxNode): readonly SyntaxNode[] | undefined {
  if (tokens.end - tokens.start > LONGEST) return undefined;
  const inner = file.text.slice(tokens.start + 1, tokens.end - 1);
  const head = 'fn a(){b(';
  return withTree('rust', `${head}${inner})}`, (root) => {
    const call = firstOf(root, 'call_expression');
    const list = call && childOf(call, 'arguments');
    return list?.children.map((child) => shifted(child, tokens.start + 1 - head.length));
  });
}

/** The items of a macro such as `lazy_static!`. */
export function macroItems(file: RustFile, tokens: SyntaxNode): readonly SyntaxNode[] {
  if (tokens.end - tokens.start > LONGEST * 4) return [];
  const inner = file.text.slice(tokens.start + 1, tokens.end - 1).replace(/\bstatic(\s+)ref\b/g, 'static$1   ');
  return withTree('rust', inner, (root) => root.children.map((child) => shifted(child, tokens.start + 1))) ?? [];
}

function firstOf(node: SyntaxNode, type: string): SyntaxNode | undefined {
  if (node.type === type) return node;
  for (const child of node.children) {
    const found = firstOf(child, type);
    if (found) return found;
  }
  return undefined;
}

function shifted(node: SyntaxNode, by: number): SyntaxNode {
  const children = node.children.map((child) => shifted(child, by));
  return { ...node, start: node.start + by, end: node.end + by, children };
}
