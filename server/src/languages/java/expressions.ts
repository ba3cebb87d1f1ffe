// Expressions of Java as far as a port or a host can depend on them. A system property stands among the variables of the
// environment as `-Dname`: that is where `launch/launchers/java.ts` puts it.

import type { SourceFile } from '../../base/text.ts';
import type { Argument, Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import {
  argvLengthTest,
  argvPositional,
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
import { libraryCall } from '../jvm/calls.ts';

/** The inside of the quotes. */
export function insideOf(node: SyntaxNode): { readonly start: number; readonly end: number } {
  return { start: node.start + 1, end: Math.max(node.start + 1, node.end - 1) };
}

export function argumentNodes(list: SyntaxNode | undefined): readonly SyntaxNode[] {
  return list?.children ?? [];
}

export function readArguments(file: SourceFile, list: SyntaxNode | undefined): readonly Argument[] {
  return argumentNodes(list).map((node) => ({ value: javaExpression(file, node) }));
}

/** `a.b.c` of names and fields. */
export function dottedText(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  switch (node?.type) {
    case 'identifier':
    case 'type_identifier':
    case 'this':
      return textOf(file, node);
    case 'generic_type':
      return dottedText(file, node.children[0]);
    case 'scoped_identifier':
    case 'scoped_type_identifier':
    case 'field_access':
      return textOf(file, node).replace(/\s+/g, '');
    default:
      return undefined;
  }
}

export function javaExpression(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  switch (node.type) {
    case 'parenthesized_expression':
      return inner(file, node, node.children[0]);
    case 'cast_expression':
      return inner(file, node, childOf(node, 'value'));
    case 'decimal_integer_literal':
    case 'hex_integer_literal':
    case 'octal_integer_literal': {
      const number = parseNumber(textOf(file, node));
      return number === undefined ? unknownExpression(file, node) : literal(number, at);
    }
    case 'string_literal':
      return stringLiteral(file, node);
    case 'true':
    case 'false':
      return literal(node.type === 'true', at);
    case 'null_literal':
      return literal(null, at);
    case 'this':
      return nameExpression('this', at);
    case 'identifier':
    case 'type_identifier':
      return nameExpression(textOf(file, node), at);
    case 'field_access':
      return fieldAccess(file, node);
    case 'array_access':
      return arrayAccess(file, node);
    case 'method_invocation':
      return invocation(file, node);
    case 'object_creation_expression':
      return creation(file, node);
    case 'ternary_expression':
      return ternary(file, node);
    case 'binary_expression':
      return binary(file, node);
    case 'unary_expression':
      return unary(file, node);
    case 'assignment_expression':
      return inner(file, node, childOf(node, 'right'));
    default:
      return unknownExpression(file, node);
  }
}

function inner(file: SourceFile, node: SyntaxNode, child: SyntaxNode | undefined): Expression {
  return child ? javaExpression(file, child) : unknownExpression(file, node);
}

function stringLiteral(file: SourceFile, node: SyntaxNode): Expression {
  if (textOf(file, node).startsWith('"""')) return unknownExpression(file, node);
  const inside = insideOf(node);
  return literal(unescapeText(file.text.slice(inside.start, inside.end)), place(file, inside));
}

function fieldAccess(file: SourceFile, node: SyntaxNode): Expression {
  const object = childOf(node, 'object');
  const field = childOf(node, 'field');
  if (!object || !field) return unknownExpression(file, node);
  return memberExpression(javaExpression(file, object), textOf(file, field), place(file, node));
}

/** `args[0]` of `main`. */
function arrayAccess(file: SourceFile, node: SyntaxNode): Expression {
  const array = childOf(node, 'array');
  const index = childOf(node, 'index');
  const number = index && parseNumber(textOf(file, index));
  if (!array || number === undefined) return unknownExpression(file, node);
  if (/^(?:args|argv)$/.test(textOf(file, array))) return argvPositional(number + 1, place(file, node));
  return memberExpression(javaExpression(file, array), number, place(file, node));
}

function invocation(file: SourceFile, node: SyntaxNode): Expression {
  const object = childOf(node, 'object');
  const name = childOf(node, 'name');
  if (!name) return unknownExpression(file, node);
  const at = place(file, node);
  const values = readArguments(file, childOf(node, 'arguments'));
  const receiver = object && javaExpression(file, object);
  const known = libraryCall(
    textOf(file, name),
    receiver,
    values.map(({ value }) => value),
    at,
  );
  if (known !== undefined) return known;
  const callee = receiver
    ? memberExpression(receiver, textOf(file, name), place(file, { start: node.start, end: name.end }))
    : nameExpression(textOf(file, name), place(file, name));
  return { kind: 'call', callee, arguments: values, at };
}

function creation(file: SourceFile, node: SyntaxNode): Expression {
  const type = dottedText(file, childOf(node, 'type'));
  const at = place(file, node);
  const values = readArguments(file, childOf(node, 'arguments'));
  return type === undefined ? unknownExpression(file, node) : callExpression(type, values, at);
}

function ternary(file: SourceFile, node: SyntaxNode): Expression {
  const [condition, then, otherwise] = ['condition', 'consequence', 'alternative'].map((field) => childOf(node, field));
  if (!condition || !then || !otherwise) return unknownExpression(file, node);
  const branches = [javaExpression(file, then), javaExpression(file, otherwise)] as const;
  return conditional(javaExpression(file, condition), branches, place(file, node));
}

function binary(file: SourceFile, node: SyntaxNode): Expression {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return unknownExpression(file, node);
  const at = place(file, node);
  const operator = file.text.slice(left.end, right.start).trim();
  const length = argvLength(file, left, operator, right, at);
  if (length !== undefined) return length;
  const parts = [javaExpression(file, left), javaExpression(file, right)] as const;
  switch (operator) {
    case '+':
      return parts.some(isText) ? concat(parts, at) : unknownExpression(file, node);
    case '==':
    case '!=':
      return { kind: 'comparison', operator, left: parts[0], right: parts[1], at };
    case '&&':
      return { kind: 'comparison', operator: 'and', left: parts[0], right: parts[1], at };
    case '||':
      // Not both false.
      return negate({ kind: 'comparison', operator: 'and', left: negate(parts[0]), right: negate(parts[1]), at });
    default:
      return unknownExpression(file, node);
  }
}

/** `args.length > 0`. */
function argvLength(file: SourceFile, left: SyntaxNode, operator: string, right: SyntaxNode, at: Expression['at']) {
  const number = parseNumber(textOf(file, right));
  if (number === undefined || !/^(?:args|argv)\.length$/.test(textOf(file, left))) return undefined;
  return operator === '!=' && number === 0 ? argvLengthTest('>', 0, 0, at) : argvLengthTest(operator, number, 0, at);
}

function unary(file: SourceFile, node: SyntaxNode): Expression {
  const operand = childOf(node, 'operand');
  const isNot = textOf(file, node).startsWith('!');
  return operand && isNot ? negate(javaExpression(file, operand)) : unknownExpression(file, node);
}
