// Expressions of PHP as far as a port or a host can depend on them. Variables keep their dollar, so that they do not meet
// constants of the same name.

import type { SourceFile } from '../../base/text.ts';
import { locationOf } from '../../base/text.ts';
import type { Argument, Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import {
  callExpression,
  concat,
  conditional,
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

const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
/** Give their first argument as it is, as far as a port is concerned. */
const casts = /^\\?(?:intval|strval|trim|filter_var)$/;

export function phpExpression(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const text = textOf(file, node);
  switch (node.type) {
    case 'integer': {
      const number = parseNumber(text);
      return number === undefined ? unknownExpression(file, node) : literal(number, at);
    }
    case 'string': {
      const inner = text.slice(1, -1);
      return literal(inner.replaceAll(/\\(['\\])/g, '$1'), locationOf(file.uri, node.start + 1, node.end - 1));
    }
    case 'encapsed_string':
      return interpolated(file, node);
    case 'boolean':
    case 'null':
      return literal(constants[text.toLowerCase()] ?? null, at);
    case 'name':
    case 'qualified_name':
      return Object.hasOwn(constants, text.toLowerCase())
        ? literal(constants[text.toLowerCase()] ?? null, at)
        : nameExpression(text.replace(/^\\/, ''), at);
    case 'variable_name':
      return nameExpression(text, at);
    case 'parenthesized_expression':
    case 'cast_expression': {
      const inner = node.children.at(-1);
      return inner ? phpExpression(file, inner) : unknownExpression(file, node);
    }
    case 'subscript_expression':
      return subscript(file, node);
    case 'member_access_expression':
    case 'class_constant_access_expression':
    case 'scoped_property_access_expression':
      return memberOf(file, node);
    case 'array_creation_expression':
      return arrayOf(file, node);
    case 'function_call_expression':
      return functionCall(file, node);
    default:
      return operation(file, node);
  }
}

function operation(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const [first, second] = node.children;
  switch (node.type) {
    case 'conditional_expression': {
      const test = childOf(node, 'condition');
      const body = childOf(node, 'body');
      const alternative = childOf(node, 'alternative');
      if (!test || !alternative) return unknownExpression(file, node);
      const otherwise = phpExpression(file, alternative);
      if (body) return conditional(phpExpression(file, test), [phpExpression(file, body), otherwise], at);
      return { kind: 'fallback', skips: 'falsy', options: [phpExpression(file, test), otherwise], at };
    }
    case 'unary_op_expression':
      return first && second && textOf(file, first) === '!'
        ? negate(phpExpression(file, second))
        : unknownExpression(file, node);
    case 'binary_expression':
      return binary(file, node);
    default:
      return unknownExpression(file, node);
  }
}

function binary(file: SourceFile, node: SyntaxNode): Expression {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return unknownExpression(file, node);
  const at = place(file, node);
  const operator = file.text.slice(left.end, right.start).replaceAll(/[\s()]/g, '');
  const read = () => [phpExpression(file, left), phpExpression(file, right)] as const;
  switch (operator) {
    case '.':
      return concat(read(), at);
    case '??':
      return { kind: 'fallback', skips: 'missing', options: read(), at };
    case '==':
    case '===':
    case '!=':
    case '!==': {
      const [first, second] = read();
      return { kind: 'comparison', operator: operator.startsWith('!') ? '!=' : '==', left: first, right: second, at };
    }
    case '&&': {
      const [first, second] = read();
      return { kind: 'comparison', operator: 'and', left: first, right: second, at };
    }
    default:
      return unknownExpression(file, node);
  }
}

/** `"0.0.0.0:{$port}"`. */
function interpolated(file: SourceFile, node: SyntaxNode): Expression {
  const at = locationOf(file.uri, node.start + 1, node.end - 1);
  const parts = node.children.map((child): Expression => {
    if (child.type !== 'string_content' && child.type !== 'escape_sequence') return phpExpression(file, child);
    return literal(unescapeText(textOf(file, child)), place(file, child));
  });
  const [only] = parts;
  if (only === undefined) return literal(unescapeText(file.text.slice(node.start + 1, node.end - 1)), at);
  return parts.length === 1 && only.kind === 'literal' ? { ...only, at } : concat(parts, at);
}

/** `$_ENV['PORT']` is a variable of the environment, `$config['port']` a member. */
function subscript(file: SourceFile, node: SyntaxNode): Expression {
  const [object, key] = node.children;
  if (!object || !key) return unknownExpression(file, node);
  const property = phpExpression(file, key);
  const at = place(file, node);
  if (/^\$_(?:ENV|SERVER)$/.test(textOf(file, object))) return { kind: 'environment', name: property, at };
  return { kind: 'member', object: phpExpression(file, object), property, at };
}

function memberOf(file: SourceFile, node: SyntaxNode): Expression {
  const [object, property] = node.children;
  if (!object || property?.type !== 'name') return unknownExpression(file, node);
  return memberExpression(phpExpression(file, object), textOf(file, property), place(file, node));
}

function arrayOf(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const items = node.children.filter(({ type }) => type === 'array_element_initializer');
  if (items.some(({ children }) => children.length > 1)) {
    const entries = items.flatMap(({ children: [key, value] }) => {
      const name = key && phpExpression(file, key);
      if (!key || !value || name?.kind !== 'literal') return [];
      return [{ key: String(name.value), value: phpExpression(file, value), at: place(file, key) }];
    });
    return { kind: 'object', entries, complete: entries.length === items.length, at };
  }
  return {
    kind: 'array',
    items: items.flatMap(({ children: [item] }) => (item ? [phpExpression(file, item)] : [])),
    at,
  };
}

function functionCall(file: SourceFile, node: SyntaxNode): Expression {
  const name = textOf(file, childOf(node, 'function')).replace(/^\\/, '');
  const values = phpArguments(file, node);
  const at = place(file, node);
  const [first, second] = values;
  if (/^(?:getenv|env)$/.test(name) && first !== undefined) {
    const fallback = name === 'env' ? second?.value : undefined;
    return { kind: 'environment', name: first.value, ...(fallback && { default: fallback }), at };
  }
  if (casts.test(name) && first !== undefined) return first.value;
  return callExpression(name, values, at);
}

/** The arguments of a call, or of `new`. */
export function phpArguments(file: SourceFile, node: SyntaxNode): readonly Argument[] {
  const list = node.children.find(({ type }) => type === 'arguments');
  return (list?.children ?? []).flatMap((argument): readonly Argument[] => {
    const value = argument.children.at(-1);
    if (argument.type !== 'argument' || !value) return [];
    const name = childOf(argument, 'name');
    return [{ ...(name && { name: textOf(file, name) }), value: phpExpression(file, value) }];
  });
}
