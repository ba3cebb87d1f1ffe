// What names of a Rust file stand for: `use` declarations by their full paths, variables by the call they were made with.
// Looked up by the readers of expressions and listeners, before anything is evaluated.

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { textOf } from '../expressions.ts';

/** A file with what its names stand for. */
export interface RustFile extends SourceFile {
  /** Local name to full path: `TcpListener` to `tokio::net::TcpListener`. */
  readonly uses: ReadonlyMap<string, string>;
  /** Variables to the expression they were first set to. */
  readonly created: ReadonlyMap<string, SyntaxNode>;
  /** Calls of `merge` and `add_source`, with which settings are put together. */
  readonly merges: readonly SyntaxNode[];
  /** The type whose `impl` is read: what `Self` means. */
  readonly self?: string;
  /** Names whose value is known where an expression is read: the parameter of a closure. */
  readonly known?: ReadonlyMap<string, Expression>;
}

export function readNames(file: SourceFile, root: SyntaxNode): RustFile {
  const uses = new Map<string, string>();
  const created = new Map<string, SyntaxNode>();
  const merges: SyntaxNode[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'use_declaration') {
      for (const { local, path } of usedNames(file, node)) uses.set(local, path);
      return;
    }
    if (node.type === 'let_declaration') {
      const pattern = childOf(node, 'pattern');
      const value = childOf(node, 'value');
      if (pattern?.type === 'identifier' && value) created.set(textOf(file, pattern), value);
    }
    if (node.type === 'call_expression') {
      const field = childOf(childOf(node, 'function') ?? node, 'field');
      if (field && /^(?:merge|join|add_source)$/.test(textOf(file, field))) merges.push(node);
    }
    for (const child of node.children) visit(child);
  };
  visit(root);
  return { uri: file.uri, text: file.text, uses, created, merges };
}

export interface UsedName {
  /** `*` for everything. */
  readonly local: string;
  readonly path: string;
  readonly node: SyntaxNode;
}

/** The names that a `use` declaration brings. */
export function usedNames(file: SourceFile, node: SyntaxNode): readonly UsedName[] {
  const argument = childOf(node, 'argument');
  return argument ? namesOf(file, argument, '', 0) : [];
}

function namesOf(file: SourceFile, node: SyntaxNode, prefix: string, depth: number): readonly UsedName[] {
  if (depth > 20) return [];
  const join = (text: string) => (prefix === '' ? text : `${prefix}::${text}`);
  switch (node.type) {
    case 'use_list':
      return node.children.flatMap((child) => namesOf(file, child, prefix, depth + 1));
    case 'scoped_use_list': {
      const list = childOf(node, 'list');
      const path = childOf(node, 'path');
      const inner = path ? join(plainPath(file, path)) : prefix;
      return list ? namesOf(file, list, inner, depth + 1) : [];
    }
    case 'use_as_clause': {
      const path = join(plainPath(file, childOf(node, 'path')));
      return [{ local: textOf(file, childOf(node, 'alias')), path, node }];
    }
    case 'use_wildcard':
      return [{ local: '*', path: join(plainPath(file, node.children[0])), node }];
    case 'self':
      return [{ local: lastPart(prefix), path: prefix, node }];
    default: {
      const path = join(plainPath(file, node));
      return [{ local: lastPart(path), path, node }];
    }
  }
}

/** A path as written, without blanks and type arguments. */
export function plainPath(file: SourceFile, node: SyntaxNode | undefined): string {
  return textOf(file, node)
    .slice(0, 300)
    .replace(/::<[^>]*>/g, '')
    .replace(/\s+/g, '');
}

export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1);
}

/** A path with its first name replaced by what `use` says it is. */
export function fullPath(file: RustFile, node: SyntaxNode | undefined): string {
  const inner = node?.type === 'generic_function' ? childOf(node, 'function') : node;
  if (inner?.type !== 'identifier' && inner?.type !== 'scoped_identifier') return '';
  const path = plainPath(file, inner);
  const [root = ''] = path.split('::', 1);
  const used = file.uses.get(root);
  return used === undefined ? path : used + path.slice(root.length);
}

export function argumentsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return childOf(node, 'arguments')?.children ?? [];
}

/** Without `?`, `.await`, `&` and parentheses. */
export function unwrap(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let current = node;
  while (
    current &&
    /^(?:try_expression|await_expression|parenthesized_expression|reference_expression)$/.test(current.type)
  ) {
    current = childOf(current, 'value') ?? current.children.find(({ type }) => type !== 'mutable_specifier');
  }
  return current;
}

/** The path of the call that a chain of methods begins with: `HttpServer::new` of `HttpServer::new(…).workers(2)`. */
export function chainRoot(file: RustFile, node: SyntaxNode | undefined, depth = 0): string {
  const inner = unwrap(node);
  if (!inner || depth > 60) return '';
  if (inner.type === 'identifier') {
    const made = file.created.get(textOf(file, inner));
    return made && made !== node && depth < 6 ? chainRoot(file, made, depth + 1) : '';
  }
  if (inner.type === 'field_expression') return chainRoot(file, childOf(inner, 'value'), depth + 1);
  if (inner.type !== 'call_expression') return '';
  const callee = childOf(inner, 'function');
  const path = fullPath(file, callee);
  if (path !== '') return path;
  return callee
    ? chainRoot(file, callee.type === 'generic_function' ? childOf(callee, 'function') : callee, depth + 1)
    : '';
}
