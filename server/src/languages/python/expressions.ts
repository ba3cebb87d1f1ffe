// Python's expressions in the vocabulary of facts. Calls that read argv are told apart in `options.ts`; what libraries
// and the program's own functions give back is left to whoever evaluates.

import type { Argument, Expression, ObjectExpression } from '../../facts/expression.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import {
  argvLengthTest,
  argvPositional,
  argvReaches,
  concat,
  conditional,
  isText,
  literal,
  memberExpression,
  nameExpression,
  parseNumber,
  place,
  textOf,
  unknownExpression,
} from '../expressions.ts';
import type { PythonFile } from './names.ts';
import { fullName, keywordArgument, positionalArguments } from './names.ts';
import { flagOf, parsedArguments, parsedKnownArguments } from './options.ts';
import { fillPattern, plainString, stringExpression } from './strings.ts';

export function readExpression(file: PythonFile, node: SyntaxNode | undefined): Expression | undefined {
  return node && pythonExpression(file, node);
}

export function pythonExpression(file: PythonFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const read = (child: SyntaxNode) => pythonExpression(file, child);
  switch (node.type) {
    case 'identifier':
      return nameExpression(textOf(file, node), at);
    case 'integer':
    case 'float': {
      const number = parseNumber(textOf(file, node));
      return number === undefined ? unknownExpression(file, node) : literal(number, at);
    }
    case 'true':
    case 'false':
      return literal(node.type === 'true', at);
    case 'none':
      return literal(null, at);
    case 'string':
      return stringExpression(file, node, read);
    case 'concatenated_string':
      return concat(node.children.map(read), at);
    case 'parenthesized_expression':
    case 'await':
      return node.children[0] ? read(node.children[0]) : unknownExpression(file, node);
    case 'named_expression':
      return readField(file, node, 'value');
    case 'attribute':
      return attributeExpression(file, node);
    case 'subscript':
      return subscriptExpression(file, node);
    case 'call':
      return callOf(file, node);
    case 'binary_operator':
      return binaryExpression(file, node);
    case 'boolean_operator':
      return booleanExpression(file, node);
    case 'not_operator':
      return { kind: 'comparison', operator: 'not', left: readField(file, node, 'argument'), at };
    case 'comparison_operator':
      return comparisonExpression(file, node);
    case 'conditional_expression':
      return conditionalExpression(file, node);
    case 'tuple':
    case 'list':
    case 'expression_list':
      return { kind: 'array', items: node.children.map(read), at };
    case 'dictionary':
      return dictionaryExpression(file, node);
    case 'lambda':
      return { kind: 'lambda', returns: [readField(file, node, 'body')], at };
    default:
      return unknownExpression(file, node);
  }
}

function readField(file: PythonFile, node: SyntaxNode, field: string): Expression {
  const child = childOf(node, field);
  return child ? pythonExpression(file, child) : unknownExpression(file, node);
}

function attributeExpression(file: PythonFile, node: SyntaxNode): Expression {
  const property = childOf(node, 'attribute');
  const object = childOf(node, 'object');
  if (!property || !object) return unknownExpression(file, node);
  const flag = flagOf(file, object, textOf(file, property), (child) => pythonExpression(file, child));
  if (flag) return flag;
  return memberExpression(pythonExpression(file, object), textOf(file, property), place(file, node));
}

function subscriptExpression(file: PythonFile, node: SyntaxNode): Expression {
  const object = childOf(node, 'value');
  const key = childOf(node, 'subscript');
  if (!object || !key) return unknownExpression(file, node);
  const at = place(file, node);
  const full = fullName(file, object);
  if (full === 'os.environ') return { kind: 'environment', name: pythonExpression(file, key), at };
  if (full === 'sys.argv') {
    const index = key.type === 'integer' ? parseNumber(textOf(file, key)) : undefined;
    return index !== undefined && index > 0 ? argvPositional(index, at) : unknownExpression(file, node);
  }
  if (key.type === 'slice') return unknownExpression(file, node);
  return { kind: 'member', object: pythonExpression(file, object), property: pythonExpression(file, key), at };
}

const environmentReads = new Set(['os.getenv', 'os.environ.get', 'os.environ.pop', 'os.environ.setdefault']);

function callOf(file: PythonFile, node: SyntaxNode): Expression {
  const callee = childOf(node, 'function');
  const list = childOf(node, 'arguments');
  if (!callee || !list) return unknownExpression(file, node);
  const at = place(file, node);
  const full = fullName(file, callee);
  if (full !== undefined && environmentReads.has(full)) return environmentRead(file, node, list);
  if (callee.type === 'attribute') {
    const method = textOf(file, childOf(callee, 'attribute'));
    const read = (child: SyntaxNode) => pythonExpression(file, child);
    if (method === 'parse_args') return parsedArguments(file, node, read);
    if (method === 'parse_known_args') return parsedKnownArguments(file, node, read);
    const pattern = childOf(callee, 'object');
    if (method === 'format' && pattern?.type === 'string') {
      const values = positionalArguments(list).map(read);
      return fillPattern(file, pattern, values, 'format', node) ?? unknownExpression(file, node);
    }
  }
  const first = positionalArguments(list)[0];
  if (full === 'vars' && first) return pythonExpression(file, first);
  if (full === 'dict') return keywordObject(file, node, list);
  return { kind: 'call', callee: pythonExpression(file, callee), arguments: readArguments(file, list), at };
}

function environmentRead(file: PythonFile, node: SyntaxNode, list: SyntaxNode): Expression {
  const [first, second] = positionalArguments(list);
  const name = first ?? keywordArgument(file, list, 'key');
  const fallback = second ?? keywordArgument(file, list, 'default');
  if (!name) return unknownExpression(file, node);
  const read = { kind: 'environment', name: pythonExpression(file, name), at: place(file, node) } as const;
  return fallback ? { ...read, default: pythonExpression(file, fallback) } : read;
}

export function readArguments(file: PythonFile, list: SyntaxNode): readonly Argument[] {
  return list.children.map((child) => {
    const value = child.type === 'keyword_argument' ? childOf(child, 'value') : undefined;
    if (!value) return { value: pythonExpression(file, child) };
    const name = childOf(child, 'name') ?? child;
    return { name: textOf(file, name), nameAt: place(file, name), value: pythonExpression(file, value) };
  });
}

/** `dict(port=80)`; `dict(other, port=80)` hides entries. */
function keywordObject(file: PythonFile, node: SyntaxNode, list: SyntaxNode): ObjectExpression {
  const entries = list.children.flatMap((child) => {
    const value = child.type === 'keyword_argument' ? childOf(child, 'value') : undefined;
    if (!value) return [];
    const key = textOf(file, childOf(child, 'name'));
    return [{ key, value: pythonExpression(file, value), at: place(file, child) }];
  });
  return { kind: 'object', entries, complete: entries.length === list.children.length, at: place(file, node) };
}

function dictionaryExpression(file: PythonFile, node: SyntaxNode): ObjectExpression {
  let complete = true;
  let hidden = false;
  const spreads: { value: Expression; before: number }[] = [];
  const entries = node.children.flatMap((child, index) => {
    const spread = child.type === 'dictionary_splat' ? child.children.at(-1) : undefined;
    if (spread) {
      complete = false;
      spreads.push({ value: pythonExpression(file, spread), before: index - spreads.length });
      return [];
    }
    const key = plainString(file, childOf(child, 'key'));
    const value = childOf(child, 'value');
    if (child.type !== 'pair' || key === undefined || !value) {
      complete = false;
      hidden = true;
      return [];
    }
    return [{ key, value: pythonExpression(file, value), at: place(file, child) }];
  });
  const shown = spreads.length > 0 && !hidden ? { spreads } : {};
  return { kind: 'object', entries, complete, ...shown, at: place(file, node) };
}

function binaryExpression(file: PythonFile, node: SyntaxNode): Expression {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  const operator = childOf(node, 'operator')?.type;
  if (!left || !right) return unknownExpression(file, node);
  if (operator === '%' && left.type === 'string') {
    const values = right.type === 'tuple' ? right.children : [right];
    const read = values.map((value) => pythonExpression(file, value));
    return fillPattern(file, left, read, 'percent', node) ?? unknownExpression(file, node);
  }
  // pathlib: `Path(__file__).parent / "config.json"`.
  if (operator === '/' && isText(pythonExpression(file, right))) {
    const callee = memberExpression(pythonExpression(file, left), 'joinpath', place(file, node));
    return { kind: 'call', callee, arguments: [{ value: pythonExpression(file, right) }], at: place(file, node) };
  }
  if (operator !== '+') return unknownExpression(file, node);
  const parts = [pythonExpression(file, left), pythonExpression(file, right)];
  return parts.some(isText) ? concat(parts, place(file, node)) : unknownExpression(file, node);
}

function booleanExpression(file: PythonFile, node: SyntaxNode): Expression {
  const left = readField(file, node, 'left');
  const right = readField(file, node, 'right');
  const at = place(file, node);
  if (childOf(node, 'operator')?.type === 'and') return { kind: 'comparison', operator: 'and', left, right, at };
  const options = [left, right].flatMap((option) =>
    option.kind === 'fallback' && option.skips === 'falsy' ? option.options : [option],
  );
  return { kind: 'fallback', skips: 'falsy', options, at };
}

const equalities: Readonly<Record<string, '==' | '!='>> = { '==': '==', '!=': '!=', is: '==', 'is not': '!=' };

function comparisonExpression(file: PythonFile, node: SyntaxNode): Expression {
  const [left, sign, right] = node.children;
  if (!left || !sign || !right || node.children.length > 3) return unknownExpression(file, node);
  const at = place(file, node);
  const length = right.type === 'integer' && isLengthOfArgv(file, left) ? parseNumber(textOf(file, right)) : undefined;
  if (length !== undefined) {
    // argv[0] is the script.
    return argvLengthTest(sign.type, length, 1, at) ?? unknownExpression(file, node);
  }
  if ((sign.type === 'in' || sign.type === 'not in') && fullName(file, right) === 'os.environ') {
    const read = { kind: 'environment', name: pythonExpression(file, left), at } as const;
    return { kind: 'comparison', operator: sign.type === 'in' ? '!=' : '==', left: read, right: literal(null, at), at };
  }
  const operator = Object.hasOwn(equalities, sign.type) ? equalities[sign.type] : undefined;
  if (!operator) return unknownExpression(file, node);
  return { kind: 'comparison', operator, left: pythonExpression(file, left), right: pythonExpression(file, right), at };
}

function isLengthOfArgv(file: PythonFile, node: SyntaxNode): boolean {
  if (node.type !== 'call' || textOf(file, childOf(node, 'function')) !== 'len') return false;
  return fullName(file, positionalArguments(childOf(node, 'arguments'))[0]) === 'sys.argv';
}

function conditionalExpression(file: PythonFile, node: SyntaxNode): Expression {
  const [then, test, otherwise] = node.children;
  if (!then || !test || !otherwise) return unknownExpression(file, node);
  const branches = [pythonExpression(file, then), pythonExpression(file, otherwise)] as const;
  return conditional(testExpression(file, test), branches, place(file, node));
}

/** The test of an `if`: also `sys.argv[1:]`, which is true where there are arguments. */
export function testExpression(file: PythonFile, node: SyntaxNode): Expression {
  const isRest = node.type === 'subscript' && fullName(file, childOf(node, 'value')) === 'sys.argv';
  if (isRest && /\[\s*1\s*:\s*\]$/.test(textOf(file, node))) return argvReaches(1, place(file, node));
  return pythonExpression(file, node);
}
