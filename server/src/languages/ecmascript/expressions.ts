// Expressions of JavaScript and TypeScript in the vocabulary of facts. What libraries and the program's own functions give
// back is left to whoever evaluates.

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
  stringLiteral,
  textOf,
  unescapeText,
  unknownExpression,
} from '../expressions.ts';
import type { ScriptFile } from './names.ts';
import { argumentsOf, fullName, isFunction, plainDotted, requiredModule, stringText, unwrap } from './names.ts';
import { objectExpression } from './objects.ts';
import { optionOf } from './options.ts';

const LONGEST_LAMBDA = 3000;

export function scriptExpression(file: ScriptFile, whole: SyntaxNode): Expression {
  const node = unwrap(whole);
  if (!node) return unknownExpression(file, whole);
  const at = place(file, node);
  const read = (child: SyntaxNode) => scriptExpression(file, child);
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier':
      return nameOrHidden(file, node);
    case 'this':
    case 'super':
      return nameExpression(node.type, at);
    case 'number': {
      const number = parseNumber(textOf(file, node));
      return number === undefined ? unknownExpression(file, node) : literal(number, at);
    }
    case 'true':
    case 'false':
      return literal(node.type === 'true', at);
    case 'null':
    case 'undefined':
      return literal(null, at);
    case 'string': {
      const text = stringText(file, node);
      return text === undefined ? unknownExpression(file, node) : stringLiteral(file, text, inside(file, node));
    }
    case 'template_string':
      return templateExpression(file, node);
    case 'member_expression':
      return memberOf(file, node);
    case 'subscript_expression':
      return subscriptOf(file, node);
    case 'call_expression':
    case 'new_expression':
      return callOf(file, node);
    case 'binary_expression':
      return binaryExpression(file, node);
    case 'unary_expression':
      return unaryExpression(file, node);
    case 'ternary_expression':
      return ternaryExpression(file, node);
    case 'assignment_expression':
      return readField(file, node, 'right');
    case 'array':
      return { kind: 'array', items: node.children.map(read), at };
    case 'object':
      return objectExpression(file, node, read);
    case 'arrow_function':
    case 'function_expression':
      // Settings are short; handlers of requests, which may be long, are not needed.
      if (node.end - node.start > LONGEST_LAMBDA) return unknownExpression(file, node);
      return { kind: 'lambda', returns: functionReturns(file, node), at };
    default:
      return unknownExpression(file, node);
  }
}

/** What a function gives back: the body of an arrow, or its `return` statements without those of functions inside. */
export function functionReturns(file: ScriptFile, node: SyntaxNode): readonly Expression[] {
  const body = childOf(node, 'body');
  if (!body) return [];
  if (body.type !== 'statement_block') return [scriptExpression(file, body)];
  const returns: Expression[] = [];
  const collect = (inner: SyntaxNode): void => {
    if (isFunction(inner) || /^(?:function_declaration|class_declaration|class)$/.test(inner.type)) return;
    if (inner.type === 'return_statement') {
      const [value] = inner.children;
      if (value) returns.push(scriptExpression(file, value));
      return;
    }
    for (const child of inner.children) collect(child);
  };
  for (const statement of body.children) collect(statement);
  return returns;
}

function inside(file: ScriptFile, node: SyntaxNode) {
  return place(file, { start: node.start + 1, end: node.end - 1 });
}

function readField(file: ScriptFile, node: SyntaxNode, field: string): Expression {
  const child = childOf(node, field);
  return child ? scriptExpression(file, child) : unknownExpression(file, node);
}

function nameOrHidden(file: ScriptFile, node: SyntaxNode): Expression {
  const name = textOf(file, node);
  return file.hidden.has(name) ? unknownExpression(file, node) : nameExpression(name, place(file, node));
}

function templateExpression(file: ScriptFile, node: SyntaxNode): Expression {
  const end = node.end - 1;
  const parts: Expression[] = [];
  let offset = node.start + 1;
  const addText = (until: number): void => {
    if (until <= offset) return;
    parts.push(literal(unescapeText(file.text.slice(offset, until)), place(file, { start: offset, end: until })));
  };
  for (const child of node.children) {
    if (child.type !== 'template_substitution') continue;
    addText(child.start);
    const [value] = child.children;
    parts.push(value ? scriptExpression(file, value) : unknownExpression(file, child));
    offset = child.end;
  }
  addText(end);
  const [only] = parts;
  if (parts.length === 0) return literal('', inside(file, node));
  return parts.length === 1 && only?.kind === 'literal' ? only : concat(parts, inside(file, node));
}

function memberOf(file: ScriptFile, node: SyntaxNode): Expression {
  const object = childOf(node, 'object');
  const property = childOf(node, 'property');
  if (!object || !property) return unknownExpression(file, node);
  const at = place(file, node);
  const name = textOf(file, property);
  const full = fullName(file, object);
  if (full === 'process.env' || full === 'Bun.env') {
    return { kind: 'environment', name: literal(name, place(file, property)), at };
  }
  const option =
    full === undefined ? undefined : optionOf(file, full, name, node, (child) => scriptExpression(file, child));
  return option ?? memberExpression(scriptExpression(file, object), name, at);
}

function subscriptOf(file: ScriptFile, node: SyntaxNode): Expression {
  const object = childOf(node, 'object');
  const index = childOf(node, 'index');
  if (!object || !index) return unknownExpression(file, node);
  const at = place(file, node);
  const full = fullName(file, object);
  if (full === 'process.env' || full === 'Bun.env')
    return { kind: 'environment', name: scriptExpression(file, index), at };
  const number = index.type === 'number' ? parseNumber(textOf(file, index)) : undefined;
  const position = number === undefined || full === undefined ? undefined : argvPosition(full, number);
  if (position !== undefined) return position > 0 ? argvPositional(position, at) : unknownExpression(file, node);
  return { kind: 'member', object: scriptExpression(file, object), property: scriptExpression(file, index), at };
}

/** `process.argv` holds node and the script first; `process.argv.slice(2)` does not. */
function argvPosition(full: string, index: number): number | undefined {
  if (full === 'process.argv') return index - 1;
  return full === 'process.argv.slice()' || full === 'Deno.args' ? index + 1 : undefined;
}

function callOf(file: ScriptFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const isNew = node.type === 'new_expression';
  const callee = childOf(node, isNew ? 'constructor' : 'function');
  if (!callee) return unknownExpression(file, node);
  const required = requiredModule(file, node);
  if (required) return requireExpression(required.module, at);
  const values = argumentsOf(node);
  const [first] = values;
  const full = fullName(file, callee);
  if (full === 'Deno.env.get' && first) return { kind: 'environment', name: scriptExpression(file, first), at };
  const setting = appSetting(file, callee, first);
  if (setting) return scriptExpression(file, setting);
  return { kind: 'call', callee: scriptExpression(file, callee), arguments: readArguments(file, values), at };
}

export function requireExpression(module: string, at: Expression['at']): Expression {
  return callExpression('require', [{ value: literal(module, at) }], at);
}

/** `app.get('port')` where the file says `app.set('port', …)` once. */
function appSetting(file: ScriptFile, callee: SyntaxNode, key: SyntaxNode | undefined): SyntaxNode | undefined {
  const method = unwrap(callee);
  if (method?.type !== 'member_expression' || textOf(file, childOf(method, 'property')) !== 'get') return undefined;
  const object = childOf(method, 'object');
  const receiver = object && plainDotted(file, object);
  const name = stringText(file, key);
  const values = receiver === undefined || name === undefined ? undefined : file.sets.get(`${receiver}.${name}`);
  const [only] = values ?? [];
  // `app.set('port', app.get('port'))` would have no end.
  return values?.length === 1 && only && !/\.get\(/.test(textOf(file, only)) ? only : undefined;
}

export function readArguments(file: ScriptFile, values: readonly SyntaxNode[]): readonly Argument[] {
  return values.map((value) => ({ value: scriptExpression(file, value) }));
}

const equalities: Readonly<Record<string, '==' | '!='>> = { '==': '==', '===': '==', '!=': '!=', '!==': '!=' };

function binaryExpression(file: ScriptFile, node: SyntaxNode): Expression {
  const left = readField(file, node, 'left');
  const right = readField(file, node, 'right');
  const at = place(file, node);
  const sign = childOf(node, 'operator')?.type ?? '';
  const leftNode = unwrap(childOf(node, 'left'));
  if (leftNode && textOf(file, leftNode) === 'process.argv.length' && right.kind === 'literal') {
    return argvLengthTest(sign, Number(right.value), 2, at) ?? unknownExpression(file, node);
  }
  switch (sign) {
    case '||':
      return fallback('falsy', [left, right], at);
    case '??':
      return fallback('missing', [left, right], at);
    case '&&':
      return { kind: 'comparison', operator: 'and', left, right, at };
    case '+':
      return isText(left) || isText(right) ? concat([left, right], at) : unknownExpression(file, node);
    default: {
      const operator = Object.hasOwn(equalities, sign) ? equalities[sign] : undefined;
      return operator ? { kind: 'comparison', operator, left, right, at } : unknownExpression(file, node);
    }
  }
}

function fallback(skips: 'falsy' | 'missing', values: readonly Expression[], at: Expression['at']): Expression {
  const options = values.flatMap((value) =>
    value.kind === 'fallback' && value.skips === skips ? value.options : [value],
  );
  return { kind: 'fallback', skips, options, at };
}

function unaryExpression(file: ScriptFile, node: SyntaxNode): Expression {
  const value = readField(file, node, 'argument');
  const sign = childOf(node, 'operator')?.type;
  if (sign === '!') return negate(value);
  if (sign === '+') return callExpression('Number', [{ value }], place(file, node));
  return unknownExpression(file, node);
}

function ternaryExpression(file: ScriptFile, node: SyntaxNode): Expression {
  const branches = [readField(file, node, 'consequence'), readField(file, node, 'alternative')] as const;
  return conditional(readField(file, node, 'condition'), branches, place(file, node));
}
