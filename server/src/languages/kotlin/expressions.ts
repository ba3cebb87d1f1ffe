// Expressions of Kotlin as far as a port or a host can depend on them. System properties are variables named `-Dname`, as
// in Java.

import type { SourceFile } from '../../base/text.ts';
import type { Argument, Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import {
  argvPositional,
  argvReaches,
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
import { libraryCall } from '../jvm/calls.ts';

/** The parts of a call: what is called, its arguments in brackets, and the lambda behind. */
export interface KotlinCall {
  readonly callee: SyntaxNode;
  readonly values: readonly Argument[];
}

export function callParts(file: SourceFile, node: SyntaxNode): KotlinCall | undefined {
  const [first] = node.children;
  if (node.type !== 'call_expression' || !first) return undefined;
  const own = readArguments(
    file,
    node.children.find(({ type }) => type === 'value_arguments'),
  );
  // `f(a) { … }` is a call of a call.
  const inner =
    first.type === 'call_expression' && own.length === 0 && isLambdaCall(node) ? callParts(file, first) : undefined;
  return inner ?? { callee: first, values: own };
}

export function isLambdaCall(node: SyntaxNode): boolean {
  return node.children.some(({ type }) => type === 'annotated_lambda');
}

/** `port = 8080` is an argument of two children. */
export function readArguments(file: SourceFile, list: SyntaxNode | undefined): readonly Argument[] {
  return (list?.children ?? []).flatMap((argument): readonly Argument[] => {
    const [first, second] = argument.children;
    if (argument.type !== 'value_argument' || !first) return [];
    if (first.type === 'identifier' && second)
      return [{ name: textOf(file, first), value: kotlinExpression(file, second) }];
    return [{ value: kotlinExpression(file, first) }];
  });
}

/** `a.b.c` of names. */
export function dottedText(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'identifier' || node?.type === 'this_expression' || node?.type === 'this')
    return textOf(file, node);
  if (node?.type === 'user_type') return dottedText(file, node.children[0]);
  if (node?.type !== 'navigation_expression') return undefined;
  const [object, member] = node.children;
  const owner = dottedText(file, object);
  return owner === undefined || member?.type !== 'identifier' ? undefined : `${owner}.${textOf(file, member)}`;
}

export function kotlinExpression(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const [first, second] = node.children;
  switch (node.type) {
    case 'parenthesized_expression':
    case 'as_expression':
    case 'spread_expression':
      return first ? kotlinExpression(file, first) : unknownExpression(file, node);
    case 'unary_expression':
      return unary(file, node);
    case 'number_literal': {
      const number = parseNumber(textOf(file, node));
      return number === undefined ? unknownExpression(file, node) : literal(number, at);
    }
    case 'string_literal':
      return stringLiteral(file, node);
    case 'this':
    case 'this_expression':
      return nameExpression('this', at);
    case 'identifier':
      return named(file, node);
    case 'navigation_expression':
      return first && second?.type === 'identifier' ? member(file, node, first, second) : unknownExpression(file, node);
    case 'index_expression':
      return indexed(file, node);
    case 'call_expression':
      return call(file, node);
    case 'if_expression':
      return ifExpression(file, node);
    case 'binary_expression':
      return binary(file, node);
    default:
      return unknownExpression(file, node);
  }
}

function named(file: SourceFile, node: SyntaxNode): Expression {
  const text = textOf(file, node);
  const at = place(file, node);
  if (text === 'null') return literal(null, at);
  if (text === 'true' || text === 'false') return literal(text === 'true', at);
  return nameExpression(text, at);
}

function member(file: SourceFile, node: SyntaxNode, object: SyntaxNode, property: SyntaxNode): Expression {
  return memberExpression(kotlinExpression(file, object), textOf(file, property), place(file, node));
}

/** `"…"` with `$name` and `${…}`. */
function stringLiteral(file: SourceFile, node: SyntaxNode): Expression {
  const text = textOf(file, node);
  if (text.startsWith('"""')) return unknownExpression(file, node);
  const inside = { start: node.start + 1, end: Math.max(node.start + 1, node.end - 1) };
  if (!node.children.some(({ type }) => type === 'interpolation')) {
    return literal(unescapeText(file.text.slice(inside.start, inside.end)), place(file, inside));
  }
  const parts = node.children.map((part): Expression => {
    const [value] = part.children;
    if (part.type === 'interpolation') return value ? kotlinExpression(file, value) : unknownExpression(file, part);
    return literal(unescapeText(textOf(file, part)), place(file, part));
  });
  return concat(parts, place(file, node));
}

/** `args[0]`, `System.getenv()["PORT"]`. */
function indexed(file: SourceFile, node: SyntaxNode): Expression {
  const [object, index] = node.children;
  if (!object || !index) return unknownExpression(file, node);
  const at = place(file, node);
  const number = parseNumber(textOf(file, index));
  if (textOf(file, object) === 'args' && number !== undefined) return argvPositional(number + 1, at);
  const receiver = kotlinExpression(file, object);
  const key = kotlinExpression(file, index);
  return libraryCall('get', receiver, [key], at) ?? { kind: 'member', object: receiver, property: key, at };
}

function call(file: SourceFile, node: SyntaxNode): Expression {
  const parts = callParts(file, node);
  if (parts === undefined) return unknownExpression(file, node);
  const { callee, values } = parts;
  const at = place(file, node);
  const [object, name] = callee.type === 'navigation_expression' ? callee.children : [undefined, callee];
  if (name?.type !== 'identifier') return unknownExpression(file, node);
  const receiver = object && kotlinExpression(file, object);
  const positional = values.map(({ value }) => value);
  if (receiver?.kind === 'name' && receiver.name === 'args') {
    const argument = ofArguments(textOf(file, name), positional, at);
    if (argument !== undefined) return argument;
  }
  const known = libraryCall(textOf(file, name), receiver, positional, at);
  if (known !== undefined) return known;
  return { kind: 'call', callee: kotlinExpression(file, callee), arguments: values, at };
}

/** `args.isNotEmpty()`, `args.getOrNull(0)`, `args.firstOrNull()`. */
function ofArguments(name: string, [first]: readonly Expression[], at: Expression['at']): Expression | undefined {
  const index = first?.kind === 'literal' && typeof first.value === 'number' ? first.value : 0;
  switch (name) {
    case 'isNotEmpty':
      return argvReaches(1, at);
    case 'isEmpty':
      return negate(argvReaches(1, at));
    case 'getOrNull':
    case 'firstOrNull':
    case 'first':
      return argvPositional(index + 1, at);
    default:
      return undefined;
  }
}

function ifExpression(file: SourceFile, node: SyntaxNode): Expression {
  const condition = childOf(node, 'condition');
  const [then, otherwise] = node.children.filter((child) => child !== condition).map((branch) => lastOf(branch));
  if (!condition || !then || !otherwise) return unknownExpression(file, node);
  const branches = [kotlinExpression(file, then), kotlinExpression(file, otherwise)] as const;
  return conditional(kotlinExpression(file, condition), branches, place(file, node));
}

/** A block gives its last expression. */
function lastOf(node: SyntaxNode): SyntaxNode | undefined {
  return node.type === 'block' || node.type === 'control_structure_body' ? node.children.at(-1) : node;
}

function binary(file: SourceFile, node: SyntaxNode): Expression {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return unknownExpression(file, node);
  const at = place(file, node);
  const operator = file.text.slice(left.end, right.start).trim();
  const parts = [kotlinExpression(file, left), kotlinExpression(file, right)] as const;
  switch (operator) {
    case '?:':
      return { kind: 'fallback', skips: 'missing', options: parts, at };
    case '+':
      return parts.some(({ kind, ...rest }) => kind === 'concat' || ('value' in rest && typeof rest.value === 'string'))
        ? concat(parts, at)
        : unknownExpression(file, node);
    case '==':
    case '!=':
      return { kind: 'comparison', operator, left: parts[0], right: parts[1], at };
    case '&&':
      return { kind: 'comparison', operator: 'and', left: parts[0], right: parts[1], at };
    case '||':
      return negate({ kind: 'comparison', operator: 'and', left: negate(parts[0]), right: negate(parts[1]), at });
    default:
      return unknownExpression(file, node);
  }
}

/** `!x`, `x!!`. */
function unary(file: SourceFile, node: SyntaxNode): Expression {
  const operand = node.children.find(({ type }) => type !== '!');
  if (!operand) return unknownExpression(file, node);
  if (textOf(file, node).startsWith('!')) return negate(kotlinExpression(file, operand));
  return textOf(file, node).endsWith('!!') ? kotlinExpression(file, operand) : unknownExpression(file, node);
}
