// Reads Go expressions into the vocabulary of `facts/expression.ts`.

import type { Argument, Expression, ObjectExpression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import {
  argvLengthTest,
  argvPositional,
  concat,
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
import { readCall } from './calls.ts';
import type { GoFile } from './names.ts';
import { argumentsOf, fullName } from './names.ts';
import { typeExpression } from './types.ts';

const DEEPEST = 60;

export function goExpression(file: GoFile, node: SyntaxNode, depth = 0): Expression {
  if (depth > DEEPEST) return unknownExpression(file, node);
  const read = (child: SyntaxNode) => goExpression(file, child, depth + 1);
  const at = place(file, node);
  switch (node.type) {
    case 'interpreted_string_literal':
    case 'raw_string_literal':
      return stringExpression(file, node);
    case 'int_literal': {
      const number = parseNumber(textOf(file, node));
      return number === undefined ? unknownExpression(file, node) : literal(number, at);
    }
    case 'true':
    case 'false':
      return literal(node.type === 'true', at);
    case 'nil':
      return literal(null, at);
    case 'identifier': {
      const name = textOf(file, node);
      return file.known?.get(name) ?? nameExpression(name === file.receiver ? 'self' : name, at);
    }
    case 'selector_expression': {
      const operand = childOf(node, 'operand');
      if (!operand) return unknownExpression(file, node);
      return memberExpression(read(operand), textOf(file, childOf(node, 'field')), at);
    }
    case 'parenthesized_expression':
    case 'literal_element':
    case 'type_assertion_expression':
    case 'expression_list':
      return node.children[0] ? read(node.children[0]) : unknownExpression(file, node);
    case 'unary_expression':
      return readUnary(file, node, read);
    case 'binary_expression':
      return readBinary(file, node, read);
    case 'index_expression':
      return readIndex(file, node, read);
    case 'composite_literal':
      return readComposite(file, node, read);
    case 'call_expression':
      return readCall(file, node, read);
    default:
      return unknownExpression(file, node);
  }
}

type Read = (node: SyntaxNode) => Expression;

function stringExpression(file: GoFile, node: SyntaxNode): Expression {
  if (node.end - node.start < 2) return unknownExpression(file, node);
  const span = { start: node.start + 1, end: node.end - 1 };
  const text = file.text.slice(span.start, span.end);
  return literal(node.type === 'raw_string_literal' ? text : unescapeText(text), place(file, span));
}

function readUnary(file: GoFile, node: SyntaxNode, read: Read): Expression {
  const operand = childOf(node, 'operand');
  if (!operand) return unknownExpression(file, node);
  switch (file.text[node.start]) {
    case '!':
      return negate(read(operand));
    case '&':
    case '*':
      return read(operand);
    default:
      return unknownExpression(file, node);
  }
}

function readBinary(file: GoFile, node: SyntaxNode, read: Read): Expression {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return unknownExpression(file, node);
  const operator = file.text.slice(left.end, right.start).trim();
  const at = place(file, node);
  const length = lengthTest(file, left, operator, right, read);
  if (length !== undefined) return length;
  switch (operator) {
    case '+': {
      const parts = [read(left), read(right)];
      return parts.some(isText) ? concat(parts, at) : unknownExpression(file, node);
    }
    case '&&':
      return { kind: 'comparison', operator: 'and', left: read(left), right: read(right), at };
    case '||':
      return { kind: 'fallback', skips: 'falsy', options: [read(left), read(right)], at };
    case '==':
      return equals(read(left), read(right), at);
    case '!=':
      return negate(equals(read(left), read(right), at));
    default:
      return unknownExpression(file, node);
  }
}

/** Go's zero values: a variable that is not set reads as an empty text. */
export function equals(left: Expression, right: Expression, at: Expression['at']): Expression {
  const isZero = right.kind === 'literal' && (right.value === '' || right.value === 0);
  return isZero ? { ...negate(left), at } : { kind: 'comparison', operator: '==', left, right, at };
}

/** `len(os.Args) > 1`, `len(port) == 0`. */
function lengthTest(
  file: GoFile,
  left: SyntaxNode,
  operator: string,
  right: SyntaxNode,
  read: Read,
): Expression | undefined {
  if (left.type !== 'call_expression' || textOf(file, childOf(left, 'function')) !== 'len') return undefined;
  const [measured] = argumentsOf(left);
  const number = parseNumber(textOf(file, right));
  if (!measured || number === undefined) return undefined;
  const at = place(file, left);
  if (fullName(file, measured) === 'os.Args') return argvLengthTest(operator, number, 1, at);
  if (number === 0 && operator === '==') return negate(read(measured));
  const isFilled = (number === 0 && (operator === '>' || operator === '!=')) || (number === 1 && operator === '>=');
  return isFilled ? negate(negate(read(measured))) : undefined;
}

function readIndex(file: GoFile, node: SyntaxNode, read: Read): Expression {
  const operand = childOf(node, 'operand');
  const index = childOf(node, 'index');
  if (!operand || !index) return unknownExpression(file, node);
  const at = place(file, node);
  const position = parseNumber(textOf(file, index));
  if (fullName(file, operand) === 'os.Args' && position !== undefined && position > 0) {
    return argvPositional(position, at);
  }
  return { kind: 'member', object: read(operand), property: read(index), at };
}

/** `Config{Port: "80"}` is a call of the type with named arguments; maps are objects, slices arrays. */
function readComposite(file: GoFile, node: SyntaxNode, read: Read): Expression {
  const type = childOf(node, 'type');
  const body = childOf(node, 'body');
  if (!type || !body) return unknownExpression(file, node);
  const at = place(file, node);
  if (type.type === 'map_type') return readMap(file, body, read, at);
  if (type.type === 'slice_type' || type.type === 'array_type' || type.type === 'implicit_length_array_type') {
    return { kind: 'array', items: body.children.map(read), at };
  }
  const callee = typeExpression(file, type);
  if (callee === undefined) return unknownExpression(file, node);
  const values: Argument[] = [];
  for (const element of body.children) {
    const [key, value] = element.type === 'keyed_element' ? element.children : [];
    if (key && value) values.push({ name: textOf(file, key), value: read(value) });
    else values.push({ value: read(element) });
  }
  return { kind: 'call', callee, arguments: values, at };
}

function readMap(file: GoFile, body: SyntaxNode, read: Read, at: Expression['at']): Expression {
  const entries: ObjectExpression['entries'][number][] = [];
  let complete = true;
  for (const element of body.children) {
    const [key, value] = element.children;
    const name = key && read(key);
    if (!value || name?.kind !== 'literal') complete = false;
    else entries.push({ key: String(name.value), value: read(value), at: place(file, element) });
  }
  return { kind: 'object', entries, complete, at };
}
