// Paths, types and addresses of a Rust program as expressions: what the readers of expressions and of calls share.

import type { Argument, Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { concat, literal, memberExpression, nameExpression, place, textOf } from '../expressions.ts';
import type { RustFile } from './names.ts';
import { argumentsOf, plainPath } from './names.ts';

export type Read = (node: SyntaxNode, known?: RustFile['known']) => Expression;

/** The expression that a block comes to. */
export function tailOf(file: RustFile, block: SyntaxNode): SyntaxNode | undefined {
  const last = block.children.at(-1);
  if (!last || /^(?:let_declaration|.*_item|attribute_item)$/.test(last.type)) return undefined;
  if (last.type !== 'expression_statement') return last;
  const [inner] = last.children;
  if (inner?.type === 'return_expression') return inner.children[0];
  return file.text[last.end - 1] === ';' ? undefined : inner;
}

/** `config::load`, `Self::new`, `crate::config::PORT` as members; constants of the address types as texts. */
export function pathExpression(file: RustFile, node: SyntaxNode): Expression | undefined {
  const at = place(file, node);
  const path = plainPath(file, node);
  const ip = /(?:^|::)Ipv([46])Addr::(UNSPECIFIED|LOCALHOST)$/.exec(path);
  if (ip) {
    const hosts = ip[1] === '4' ? ['0.0.0.0', '127.0.0.1'] : ['[::]', '[::1]'];
    return literal(hosts[ip[2] === 'UNSPECIFIED' ? 0 : 1] ?? '', at);
  }
  const parts = path.replace(/^(?:::|self::)/, '').split('::');
  if (parts.length > 12 || parts.some((part) => !/^\w+$/.test(part))) return undefined;
  const [root = '', ...members] = parts;
  const name = root === 'Self' ? (file.self ?? root) : root;
  let expression: Expression = nameExpression(name, at);
  for (const member of members) expression = memberExpression(expression, member, at);
  return expression;
}

export function joinAddress(host: Expression, port: Expression, at: Expression['at']): Expression {
  const isOpenIpv6 = host.kind === 'literal' && /^[^[]*:/.test(String(host.value));
  const shown = isOpenIpv6 ? literal(`[${host.value}]`, host.at) : host;
  return concat([shown, literal(':', at), port], at);
}

/** `[0, 0, 0, 0]` and the arguments of `Ipv4Addr::new`. */
export function ipAddress(file: RustFile, parts: readonly SyntaxNode[], at: Expression['at']): Expression | undefined {
  const numbers = parts.map((part) => (part.type === 'integer_literal' ? textOf(file, part) : ''));
  if (numbers.some((number) => !/^\d{1,3}$/.test(number))) return undefined;
  if (numbers.length === 4) return literal(numbers.join('.'), at);
  if (numbers.length !== 8 && numbers.length !== 16) return undefined;
  const isZero = numbers.slice(0, -1).every((number) => number === '0');
  return isZero && /^[01]$/.test(numbers.at(-1) ?? '')
    ? literal(numbers.at(-1) === '1' ? '[::1]' : '[::]', at)
    : undefined;
}

/** A type by its name. */
export function typeExpression(file: RustFile, node: SyntaxNode): Expression | undefined {
  if (node.type === 'generic_type' || node.type === 'reference_type') {
    const inner = childOf(node, 'type') ?? node.children.at(-1);
    return inner && typeExpression(file, inner);
  }
  return /^(?:type_identifier|identifier|scoped_type_identifier|scoped_identifier)$/.test(node.type)
    ? pathExpression(file, node)
    : undefined;
}

export function callArguments(node: SyntaxNode, read: Read): readonly Argument[] {
  return argumentsOf(node).map((value) => ({ value: read(value) }));
}
