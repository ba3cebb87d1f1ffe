// Expressions of Ruby as far as a port, a host or an address can depend on them.

import type { SourceFile } from '../../base/text.ts';
import { locationOf } from '../../base/text.ts';
import type { Argument, Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import {
  callExpression,
  concat,
  conditional,
  isText,
  literal,
  memberExpression,
  nameExpression,
  negate,
  parseNumber,
  place,
  textOf,
  unescapeText,
  unknownExpression,
} from '../expressions.ts';

export function rubyExpression(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  switch (node.type) {
    case 'parenthesized_statements':
    case 'then':
    case 'block_body':
    case 'body_statement':
    case 'else': {
      const last = node.children.at(-1);
      return last ? rubyExpression(file, last) : literal(null, at);
    }
    case 'string':
    case 'bare_string':
      return stringExpression(file, node);
    case 'simple_symbol':
      return literal(textOf(file, node).slice(1), locationOf(file.uri, node.start + 1, node.end));
    case 'hash_key_symbol':
      return literal(textOf(file, node), at);
    case 'integer': {
      const number = parseNumber(textOf(file, node));
      return number === undefined ? unknownExpression(file, node) : literal(number, at);
    }
    case 'true':
    case 'false':
      return literal(node.type === 'true', at);
    case 'nil':
      return literal(null, at);
    case 'identifier':
    case 'constant':
    case 'instance_variable':
    case 'global_variable':
      return nameExpression(textOf(file, node), at);
    case 'scope_resolution':
      return scoped(file, node);
    case 'element_reference':
      return element(file, node);
    case 'call':
      return call(file, node);
    case 'binary':
      return binary(file, node);
    case 'unary':
      return negation(file, node);
    case 'conditional':
    case 'if':
      return conditionalExpression(file, node);
    case 'hash':
      return hash(file, node);
    case 'array':
    case 'string_array':
      return { kind: 'array', items: node.children.map((child) => rubyExpression(file, child)), at };
    default:
      return unknownExpression(file, node);
  }
}

function stringExpression(file: SourceFile, node: SyntaxNode): Expression {
  const parts: Expression[] = [];
  for (const child of node.children) {
    if (child.type === 'interpolation') {
      const [value] = child.children;
      parts.push(value ? rubyExpression(file, value) : literal('', place(file, child)));
    } else parts.push(literal(unescapeText(textOf(file, child)), place(file, child)));
  }
  const [only] = parts;
  if (only === undefined)
    return literal('', locationOf(file.uri, node.start + 1, Math.max(node.start + 1, node.end - 1)));
  return parts.length === 1 && only.kind === 'literal' ? only : { kind: 'concat', parts, at: place(file, node) };
}

/** `A::B.c` as written; undefined for anything but names. */
export function dottedText(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  switch (node?.type) {
    case 'identifier':
    case 'constant':
    case 'self':
    case 'instance_variable':
    case 'global_variable':
      return textOf(file, node);
    case 'scope_resolution': {
      const scope = childOf(node, 'scope');
      const name = textOf(file, childOf(node, 'name'));
      const outer = scope && dottedText(file, scope);
      return scope && outer === undefined ? undefined : outer === undefined ? name : `${outer}.${name}`;
    }
    case 'call': {
      const receiver = childOf(node, 'receiver');
      const method = textOf(file, childOf(node, 'method'));
      const outer = receiver && dottedText(file, receiver);
      if (receiver && (outer === undefined || childOf(node, 'arguments'))) return undefined;
      return outer === undefined ? method : `${outer}.${method}`;
    }
    default:
      return undefined;
  }
}

function scoped(file: SourceFile, node: SyntaxNode): Expression {
  const scope = childOf(node, 'scope');
  const name = childOf(node, 'name');
  if (!name) return unknownExpression(file, node);
  const text = textOf(file, name);
  return scope
    ? memberExpression(rubyExpression(file, scope), text, place(file, node))
    : nameExpression(text, place(file, node));
}

function element(file: SourceFile, node: SyntaxNode): Expression {
  const object = childOf(node, 'object');
  const key = node.children.find((child) => child !== object);
  if (!object || !key) return unknownExpression(file, node);
  const property = rubyExpression(file, key);
  const at = place(file, node);
  if (textOf(file, object) === 'ENV') return { kind: 'environment', name: property, at };
  return { kind: 'member', object: rubyExpression(file, object), property, at };
}

/** The arguments without blocks; those of a hash at the end are named. */
export function readArguments(file: SourceFile, list: SyntaxNode | undefined): readonly Argument[] {
  return (list?.children ?? []).flatMap((child): readonly Argument[] => {
    if (child.type === 'pair') {
      const key = childOf(child, 'key');
      const value = childOf(child, 'value');
      const name = key && rubyExpression(file, key);
      if (!value || name?.kind !== 'literal') return [];
      return [{ name: String(name.value), value: rubyExpression(file, value) }];
    }
    if (child.type === 'block_argument') return [];
    return [{ value: rubyExpression(file, child) }];
  });
}

/** Give back what they are called on. */
const transparent = new Set(['freeze', 'dup', 'to_sym', 'presence!', 'itself', 'chomp', 'squish']);
const conversions: Readonly<Record<string, string>> = { to_i: 'int', to_s: 'str', to_str: 'str' };
const environments: Readonly<Record<string, readonly string[]>> = {
  'Rails.env': ['RAILS_ENV', 'RACK_ENV'],
  Sinatra: ['APP_ENV', 'RACK_ENV'],
};

/** The name of the environment a framework runs in. */
export function environmentName(framework: 'Rails.env' | 'Sinatra', at: Expression['at']): Expression {
  return (environments[framework] ?? []).reduceRight<Expression>(
    (fallback, name) => ({ kind: 'environment', name: literal(name, at), default: fallback, at }),
    literal('development', at),
  );
}

function call(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const receiver = childOf(node, 'receiver');
  const method = textOf(file, childOf(node, 'method'));
  const list = childOf(node, 'arguments');
  const [first, second] = list?.children ?? [];
  if (receiver && textOf(file, receiver) === 'ENV' && method === 'fetch' && first) {
    const fallback = second ?? childOf(childOf(node, 'block') ?? node, 'body');
    const name = rubyExpression(file, first);
    return fallback && fallback !== first
      ? { kind: 'environment', name, default: rubyExpression(file, fallback), at }
      : { kind: 'environment', name, at };
  }
  if (!receiver && (method === 'Integer' || method === 'String') && first) {
    return callExpression(method === 'Integer' ? 'int' : 'str', [{ value: rubyExpression(file, first) }], at);
  }
  if (receiver) {
    const value = methodOf(file, receiver, method, node);
    if (value) return value;
  }
  if (!list && !childOf(node, 'block')) {
    return receiver ? memberExpression(rubyExpression(file, receiver), method, at) : nameExpression(method, at);
  }
  const callee = receiver
    ? memberExpression(rubyExpression(file, receiver), method, place(file, receiver))
    : nameExpression(method, at);
  return { kind: 'call', callee, arguments: readArguments(file, list), at };
}

function methodOf(file: SourceFile, receiver: SyntaxNode, method: string, node: SyntaxNode): Expression | undefined {
  const at = place(file, node);
  const of = () => rubyExpression(file, receiver);
  const conversion = Object.hasOwn(conversions, method) ? conversions[method] : undefined;
  if (conversion !== undefined) return callExpression(conversion, [{ value: of() }], at);
  if (transparent.has(method)) return of();
  if (method === 'presence') return { kind: 'fallback', skips: 'falsy', options: [of(), literal(null, at)], at };
  if (method === 'strip') return { kind: 'call', callee: memberExpression(of(), 'strip', at), arguments: [], at };
  if (method === 'nil?' || method === 'empty?' || method === 'blank?') return negate(of());
  if (method === 'present?') return of();
  if (method === 'fetch' || method === 'dig') {
    const [key] = childOf(node, 'arguments')?.children ?? [];
    return key && { kind: 'member', object: of(), property: rubyExpression(file, key), at };
  }
  const asked = /^(production|development|test|staging)\?$/.exec(method)?.[1];
  if (asked !== undefined && dottedText(file, receiver) === 'Rails.env') {
    return {
      kind: 'comparison',
      operator: '==',
      left: environmentName('Rails.env', at),
      right: literal(asked, at),
      at,
    };
  }
  return undefined;
}

function operatorOf(file: SourceFile, node: SyntaxNode): string {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  return left && right ? file.text.slice(left.end, right.start).trim() : '';
}

function binary(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const [first, last] = [childOf(node, 'left'), childOf(node, 'right')];
  if (!first || !last) return unknownExpression(file, node);
  const left = rubyExpression(file, first);
  const right = rubyExpression(file, last);
  switch (operatorOf(file, node)) {
    case '||':
    case 'or':
      return { kind: 'fallback', skips: 'falsy', options: [left, right], at };
    case '&&':
    case 'and':
      return { kind: 'comparison', operator: 'and', left, right, at };
    case '==':
      return { kind: 'comparison', operator: '==', left, right, at };
    case '!=':
      return { kind: 'comparison', operator: '!=', left, right, at };
    case '+':
      return isText(left) || isText(right) ? concat([left, right], at) : unknownExpression(file, node);
    default:
      return unknownExpression(file, node);
  }
}

function negation(file: SourceFile, node: SyntaxNode): Expression {
  const operand = node.children.at(-1);
  if (!operand || !/^(?:!|not\b)/.test(textOf(file, node))) return unknownExpression(file, node);
  return { ...negate(rubyExpression(file, operand)), at: place(file, node) };
}

function conditionalExpression(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const part = (field: string): Expression => {
    const child = childOf(node, field);
    return child ? rubyExpression(file, child) : literal(null, at);
  };
  return conditional(part('condition'), [part('consequence'), part('alternative')], at);
}

function hash(file: SourceFile, node: SyntaxNode): Expression {
  const entries = [];
  let complete = true;
  for (const child of node.children) {
    const key = child.type === 'pair' ? childOf(child, 'key') : undefined;
    const value = childOf(child, 'value');
    const name = key && rubyExpression(file, key);
    if (key && value && name?.kind === 'literal') {
      entries.push({ key: String(name.value), value: rubyExpression(file, value), at: place(file, key) });
    } else complete = false;
  }
  return { kind: 'object', entries, complete, at: place(file, node) };
}
