// Reads Rust expressions into the vocabulary of `facts/expression.ts`. Addresses are texts: `([0, 0, 0, 0], 3000)` is
// `0.0.0.0:3000`.

import type { Argument, Expression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import {
  concat,
  conditional,
  literal,
  memberExpression,
  nameExpression,
  negate,
  place,
  textOf,
  unescapeText,
  unknownExpression,
} from '../expressions.ts';
import { readCall } from './calls.ts';
import { formatted } from './format.ts';
import type { RustFile } from './names.ts';
import type { Read } from './paths.ts';
import { ipAddress, joinAddress, pathExpression, tailOf, typeExpression } from './paths.ts';

const DEEPEST = 60;

export function rustExpression(file: RustFile, node: SyntaxNode, depth = 0): Expression {
  if (depth > DEEPEST) return unknownExpression(file, node);
  const read = (child: SyntaxNode, known?: RustFile['known']) =>
    rustExpression(known === undefined ? file : { ...file, known }, child, depth + 1);
  const at = place(file, node);
  switch (node.type) {
    case 'string_literal':
    case 'raw_string_literal':
      return stringExpression(file, node);
    case 'integer_literal': {
      const number = Number(
        textOf(file, node)
          .replace(/(?:[ui](?:8|16|32|64|128|size))$/, '')
          .replaceAll('_', ''),
      );
      return Number.isFinite(number) ? literal(number, at) : unknownExpression(file, node);
    }
    case 'boolean_literal':
      return literal(textOf(file, node) === 'true', at);
    case 'self':
      return nameExpression('self', at);
    case 'identifier': {
      const name = textOf(file, node);
      if (name === 'None') return literal(null, at);
      return file.known?.get(name) ?? nameExpression(name, at);
    }
    case 'scoped_identifier':
      return pathExpression(file, node) ?? unknownExpression(file, node);
    case 'field_expression': {
      const value = childOf(node, 'value');
      return value
        ? memberExpression(read(value), textOf(file, childOf(node, 'field')), at)
        : unknownExpression(file, node);
    }
    case 'try_expression':
    case 'await_expression':
    case 'parenthesized_expression':
    case 'reference_expression':
    case 'type_cast_expression':
    case 'expression_statement':
    case 'async_block':
    case 'unsafe_block':
    case 'else_clause': {
      const inner = childOf(node, 'value') ?? node.children.find(({ type }) => type !== 'mutable_specifier');
      return inner ? read(inner) : unknownExpression(file, node);
    }
    case 'block': {
      const last = tailOf(file, node);
      return last ? read(last) : unknownExpression(file, node);
    }
    case 'unary_expression': {
      const operand = node.children.at(-1);
      if (!operand) return unknownExpression(file, node);
      if (file.text[node.start] === '!') return negate(read(operand));
      return file.text[node.start] === '*' ? read(operand) : unknownExpression(file, node);
    }
    case 'binary_expression':
      return readBinary(file, node, read);
    case 'tuple_expression':
      return addressOfTuple(file, node, read) ?? unknownExpression(file, node);
    case 'array_expression':
      return (
        ipAddress(file, node.children, at) ?? { kind: 'array', items: node.children.map((child) => read(child)), at }
      );
    case 'struct_expression':
      return readStruct(file, node, read);
    case 'match_expression':
      return readMatch(file, node, read);
    case 'if_expression':
      return readIf(file, node, read);
    case 'macro_invocation':
      return formatted(file, node, read) ?? unknownExpression(file, node);
    case 'call_expression':
      return readCall(file, node, read);
    default:
      return unknownExpression(file, node);
  }
}

function stringExpression(file: RustFile, node: SyntaxNode): Expression {
  const open = /^b?r?#*"/.exec(file.text.slice(node.start, node.start + 12))?.[0];
  if (open === undefined || node.end - node.start < open.length * 2 - 1) return unknownExpression(file, node);
  const end = node.end - open.replace(/[br]/g, '').length;
  const span = { start: node.start + open.length, end };
  const text = file.text.slice(span.start, span.end);
  return literal(node.type === 'raw_string_literal' ? text : unescapeText(text), place(file, span));
}

function readBinary(file: RustFile, node: SyntaxNode, read: Read): Expression {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return unknownExpression(file, node);
  const at = place(file, node);
  switch (file.text.slice(left.end, right.start).trim()) {
    case '+':
      return concat([read(left), read(right)], at);
    case '==':
      return { kind: 'comparison', operator: '==', left: read(left), right: read(right), at };
    case '!=':
      return { kind: 'comparison', operator: '!=', left: read(left), right: read(right), at };
    case '&&':
      return { kind: 'comparison', operator: 'and', left: read(left), right: read(right), at };
    case '||':
      return { kind: 'fallback', skips: 'falsy', options: [read(left), read(right)], at };
    default:
      return unknownExpression(file, node);
  }
}

/** `("0.0.0.0", port)`, `([127, 0, 0, 1], 3000)`. */
function addressOfTuple(file: RustFile, node: SyntaxNode, read: Read): Expression | undefined {
  const [host, port, more] = node.children;
  if (!host || !port || more) return undefined;
  return joinAddress(read(host), read(port), place(file, node));
}

/** `Config { port, host: … }` is a call of the type with named arguments. */
function readStruct(file: RustFile, node: SyntaxNode, read: Read): Expression {
  const type = childOf(node, 'name');
  const callee = type && typeExpression(file, type);
  if (!callee) return unknownExpression(file, node);
  const values: Argument[] = [];
  for (const field of childOf(node, 'body')?.children ?? []) {
    if (field.type === 'shorthand_field_initializer') {
      const name = field.children[0];
      if (name) values.push({ name: textOf(file, name), value: read(name) });
    } else if (field.type === 'field_initializer') {
      const value = childOf(field, 'value');
      if (value) values.push({ name: textOf(file, childOf(field, 'field')), value: read(value) });
    }
  }
  return { kind: 'call', callee, arguments: values, at: place(file, node) };
}

interface Arm {
  /** `Ok`, `Some`, or another pattern as written. */
  readonly pattern: string;
  /** The name inside of `Ok(value)`. */
  readonly name: string | undefined;
  readonly value: SyntaxNode;
}

function armsOf(file: RustFile, node: SyntaxNode): readonly Arm[] {
  return (childOf(node, 'body')?.children ?? []).flatMap((arm) => {
    const value = childOf(arm, 'value');
    const text = textOf(file, childOf(arm, 'pattern')).slice(0, 120);
    const match = /^(\w+)\(\s*(?:ref\s+|mut\s+)*(\w+)\s*\)$/.exec(text);
    return value ? [{ pattern: match?.[1] ?? text, name: match?.[2], value }] : [];
  });
}

/** `match env::var("PORT") { Ok(value) => value, Err(_) => … }`, and matches of texts. */
function readMatch(file: RustFile, node: SyntaxNode, read: Read): Expression {
  const subject = childOf(node, 'value');
  const arms = armsOf(file, node);
  if (!subject) return unknownExpression(file, node);
  const at = place(file, node);
  const value = read(subject);
  const good = arms.find(({ pattern }) => pattern === 'Ok' || pattern === 'Some');
  const bad = arms.find(({ pattern }) => /^(?:Err|None|_)/.test(pattern));
  if (good && bad && arms.length === 2) return orElse(value, read, good, bad.value, file, at);
  let result: Expression | undefined;
  for (const arm of arms.toReversed()) {
    const choice = read(arm.value);
    if (arm.pattern === '_' || /^[a-z]\w*$/.test(arm.pattern)) result = choice;
    else {
      const texts = [...arm.pattern.matchAll(/"([^"\\]*)"|\b(\d+)\b/g)].map((match) => match[1] ?? Number(match[2]));
      const tests = texts.map(
        (text): Expression => ({ kind: 'comparison', operator: '==', left: value, right: literal(text, at), at }),
      );
      const [first] = tests;
      if (first === undefined || result === undefined) return unknownExpression(file, node);
      const test: Expression = tests.length === 1 ? first : { kind: 'fallback', skips: 'falsy', options: tests, at };
      result = conditional(test, [choice, result], at);
    }
  }
  return result ?? unknownExpression(file, node);
}

function orElse(
  value: Expression,
  read: Read,
  good: Arm,
  otherwise: SyntaxNode,
  file: RustFile,
  at: Expression['at'],
): Expression {
  const known = good.name === undefined ? file.known : new Map([...(file.known ?? []), [good.name, value]]);
  const then = read(good.value, known);
  const isFatal = /^(?:\{?\s*)?(?:panic!|return\b|Err\(|std::process::exit|process::exit|unreachable!)/.test(
    textOf(file, otherwise).slice(0, 60),
  );
  return isFatal ? then : { kind: 'fallback', skips: 'missing', options: [then, read(otherwise)], at };
}

/** `if let Ok(port) = env::var("PORT") { … } else { … }`, `if production { … } else { … }`. */
function readIf(file: RustFile, node: SyntaxNode, read: Read): Expression {
  const alternative = childOf(node, 'alternative');
  return alternative ? chosen(file, node, read, () => read(alternative)) : unknownExpression(file, node);
}

/** An `if` without `else` that leaves its function; `otherwise` is what the function comes to behind it. */
export function ifExpression(file: RustFile, node: SyntaxNode, otherwise: Expression): Expression {
  const read: Read = (child, known) => rustExpression(known === undefined ? file : { ...file, known }, child);
  return chosen(file, node, read, () => otherwise);
}

function chosen(file: RustFile, node: SyntaxNode, read: Read, otherwise: () => Expression): Expression {
  const condition = childOf(node, 'condition');
  const consequence = childOf(node, 'consequence');
  if (!condition || !consequence) return unknownExpression(file, node);
  const at = place(file, node);
  if (condition.type !== 'let_condition') return conditional(read(condition), [read(consequence), otherwise()], at);
  const match = /^(Ok|Some)\(\s*(\w+)\s*\)$/.exec(textOf(file, childOf(condition, 'pattern')).slice(0, 80));
  const value = childOf(condition, 'value');
  if (!match?.[2] || !value) return unknownExpression(file, node);
  const known = new Map([...(file.known ?? []), [match[2], read(value)] as const]);
  return { kind: 'fallback', skips: 'missing', options: [read(consequence, known), otherwise()], at };
}
