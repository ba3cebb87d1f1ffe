// Expressions of C# as far as a port, a host or a URL can depend on them. Reads of ASP.NET's configuration become calls of
// `Configuration.GetValue`, which `launch/dotnetSettings.ts` answers.

import type { SourceFile } from '../../base/text.ts';
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
  unknownExpression,
} from '../expressions.ts';
import { interpolated, stringExpression } from './strings.ts';

const addresses: Readonly<Record<string, string>> = {
  'IPAddress.Any': '0.0.0.0',
  'IPAddress.IPv6Any': '::',
  'IPAddress.Loopback': '127.0.0.1',
  'IPAddress.IPv6Loopback': '::1',
};

export function csharpExpression(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  switch (node.type) {
    case 'parenthesized_expression':
    case 'await_expression':
    case 'checked_expression':
      return inner(file, node, node.children[0]);
    case 'cast_expression':
      return inner(file, node, childOf(node, 'value'));
    case 'postfix_unary_expression':
      return textOf(file, node).endsWith('!') ? inner(file, node, node.children[0]) : unknownExpression(file, node);
    case 'prefix_unary_expression':
      return negation(file, node);
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal':
      return stringExpression(file, node);
    case 'interpolated_string_expression':
      return interpolated(file, node, (child) => csharpExpression(file, child));
    case 'integer_literal':
      return numberLiteral(file, node);
    case 'boolean_literal':
      return literal(textOf(file, node) === 'true', at);
    case 'null_literal':
      return literal(null, at);
    case 'identifier':
    case 'predefined_type':
      return nameExpression(textOf(file, node), at);
    case 'member_access_expression':
      return memberAccess(file, node);
    case 'element_access_expression':
      return elementAccess(file, node);
    case 'invocation_expression':
      return invocation(file, node);
    case 'object_creation_expression':
      return creation(file, node);
    case 'binary_expression':
      return binary(file, node);
    case 'conditional_expression':
      return conditionalExpression(file, node);
    case 'assignment_expression':
      return inner(file, node, childOf(node, 'right'));
    case 'array_creation_expression':
    case 'implicit_array_creation_expression': {
      const items = node.children.find(({ type }) => type === 'initializer_expression');
      return items ? csharpExpression(file, items) : unknownExpression(file, node);
    }
    case 'initializer_expression':
    case 'collection_expression':
      return { kind: 'array', items: node.children.map((child) => csharpExpression(file, child)), at };
    default:
      return unknownExpression(file, node);
  }
}

function inner(file: SourceFile, whole: SyntaxNode, node: SyntaxNode | undefined): Expression {
  return node ? csharpExpression(file, node) : unknownExpression(file, whole);
}

function negation(file: SourceFile, node: SyntaxNode): Expression {
  const operand = node.children.at(-1);
  if (!textOf(file, node).startsWith('!') || !operand) return unknownExpression(file, node);
  return { ...negate(csharpExpression(file, operand)), at: place(file, node) };
}

function numberLiteral(file: SourceFile, node: SyntaxNode): Expression {
  const number = parseNumber(textOf(file, node).replace(/[uUlL]{1,2}$/, ''));
  return number === undefined ? unknownExpression(file, node) : literal(number, place(file, node));
}

/** `a.b.c` as written, generic arguments left out; undefined for anything but names. */
export function dottedText(file: SourceFile, node: SyntaxNode | undefined): string | undefined {
  switch (node?.type) {
    case 'identifier':
    case 'predefined_type':
      return textOf(file, node);
    case 'generic_name':
      return dottedText(file, node.children[0]);
    case 'qualified_name':
    case 'member_access_expression': {
      const [object, name] = partsOf(node);
      if (!name) return undefined;
      // `this` has no node of its own.
      const before = object ? dottedText(file, object) : 'this';
      const last = dottedText(file, name);
      return before === undefined || last === undefined ? undefined : `${before}.${last}`;
    }
    default:
      return undefined;
  }
}

function partsOf(node: SyntaxNode): readonly [SyntaxNode | undefined, SyntaxNode | undefined] {
  const object = childOf(node, 'expression') ?? childOf(node, 'qualifier');
  return [object, childOf(node, 'name')];
}

/** The last name of a callee: `UseUrls` of `builder.WebHost.UseUrls`. */
export function calledName(file: SourceFile, call: SyntaxNode): string {
  const callee = childOf(call, 'function');
  const name = callee?.type === 'member_access_expression' ? childOf(callee, 'name') : callee;
  return dottedText(file, name)?.split('.').at(-1) ?? '';
}

/** What a method is called on; undefined for a plain function and for `this`. */
export function receiverOf(call: SyntaxNode): SyntaxNode | undefined {
  const callee = childOf(call, 'function');
  return callee?.type === 'member_access_expression' ? childOf(callee, 'expression') : undefined;
}

/** The values of a call's arguments, `out` and `ref` ones too. */
export function argumentNodes(list: SyntaxNode | undefined): readonly SyntaxNode[] {
  return (list?.children ?? []).flatMap((argument) =>
    argument.type === 'argument' ? (argumentValue(argument) ?? []) : [],
  );
}

function argumentValue(argument: SyntaxNode): SyntaxNode | undefined {
  return argument.children.findLast(({ field }) => field !== 'name');
}

export function readArguments(file: SourceFile, list: SyntaxNode | undefined): readonly Argument[] {
  return (list?.children ?? []).flatMap((argument): readonly Argument[] => {
    const value = argument.type === 'argument' ? argumentValue(argument) : undefined;
    if (!value) return [];
    const name = childOf(argument, 'name');
    const expression = csharpExpression(file, value);
    return [name ? { name: textOf(file, name), value: expression } : { value: expression }];
  });
}

function memberAccess(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const address = addresses[dottedText(file, node) ?? ''];
  if (address !== undefined) return literal(address, at);
  const [object, name] = partsOf(node);
  if (!name) return unknownExpression(file, node);
  const property = textOf(file, name);
  if (property === 'Value' && object) {
    const key = configurationKey(file, object);
    if (key !== undefined && key.length > 0) return setting(key, undefined, node, file);
  }
  const receiver = object ? csharpExpression(file, object) : nameExpression('this', at);
  return memberExpression(receiver, property, at);
}

function elementAccess(file: SourceFile, node: SyntaxNode): Expression {
  const key = configurationKey(file, node);
  if (key !== undefined) return setting(key, undefined, node, file);
  const object = childOf(node, 'expression');
  const [index] = argumentNodes(childOf(node, 'subscript'));
  if (!object || !index) return unknownExpression(file, node);
  const property = csharpExpression(file, index);
  return { kind: 'member', object: csharpExpression(file, object), property, at: place(file, node) };
}

/** `builder.Configuration`, `_config`, `context.Configuration`. */
function isConfiguration(file: SourceFile, node: SyntaxNode): boolean {
  const name = dottedText(file, node)?.split('.').at(-1) ?? '';
  return /^_?config(?:uration)?(?:Root)?$/i.test(name);
}

/** The parts of a key: `["Server", "Port"]` of `config.GetSection("Server")["Port"]`. */
function configurationKey(file: SourceFile, node: SyntaxNode): readonly Expression[] | undefined {
  const isCall = node.type === 'invocation_expression';
  if (!isCall && node.type !== 'element_access_expression') return isConfiguration(file, node) ? [] : undefined;
  if (isCall && !/^Get(?:Required)?Section$/.test(calledName(file, node))) return undefined;
  const object = isCall ? receiverOf(node) : childOf(node, 'expression');
  const [name] = argumentNodes(childOf(node, isCall ? 'arguments' : 'subscript'));
  const before = object && configurationKey(file, object);
  return before && name ? [...before, csharpExpression(file, name)] : undefined;
}

function setting(
  key: readonly Expression[],
  fallback: Expression | undefined,
  node: SyntaxNode,
  file: SourceFile,
): Expression {
  const at = place(file, node);
  const parts = key.flatMap((part, index) => (index === 0 ? [part] : [literal(':', at), part]));
  const [only] = parts;
  const name = parts.length === 1 && only ? only : concat(parts, at);
  return callExpression(
    'Configuration.GetValue',
    fallback ? [{ value: name }, { value: fallback }] : [{ value: name }],
    at,
  );
}

const numberParsers = /^(?:(?:int|ushort|uint|long|short|Int32|UInt16|Int64)\.Parse|Convert\.To(?:U?Int(?:16|32|64)))$/;

function invocation(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const dotted = dottedText(file, childOf(node, 'function')) ?? '';
  const list = childOf(node, 'arguments');
  const [first, second] = argumentNodes(list);
  if (/(?:^|\.)Environment\.GetEnvironmentVariable$/.test(dotted) && first) {
    return { kind: 'environment', name: csharpExpression(file, first), at };
  }
  if (numberParsers.test(dotted) && first) return callExpression('int', [{ value: csharpExpression(file, first) }], at);
  if (/^(?:string|String)\.IsNullOr(?:Empty|WhiteSpace)$/.test(dotted) && first) {
    return { ...negate(csharpExpression(file, first)), at };
  }
  if (/\.TryParse$/.test(dotted) && first) {
    return { kind: 'comparison', operator: '!=', left: csharpExpression(file, first), right: literal(null, at), at };
  }
  if (/^(?:string|String)\.(?:Format|Concat)$/.test(dotted)) return formatted(file, node, dotted.endsWith('Format'));
  if (/(?:^|\.)IPAddress\.Parse$/.test(dotted) && first) return csharpExpression(file, first);
  return methodCall(file, node, first, second);
}

function methodCall(
  file: SourceFile,
  node: SyntaxNode,
  first: SyntaxNode | undefined,
  second: SyntaxNode | undefined,
): Expression {
  const at = place(file, node);
  const receiver = receiverOf(node);
  const name = calledName(file, node);
  if (receiver) {
    if (name === 'GetValue' && first) {
      const key = configurationKey(file, receiver);
      if (key) {
        const fallback = second && csharpExpression(file, second);
        return setting([...key, csharpExpression(file, first)], fallback, node, file);
      }
    }
    if (/^Is(?:Development|Production|Staging)$/.test(name)) return environmentIs(name.slice(2), node, file);
    if (name === 'ToString') return callExpression('str', [{ value: csharpExpression(file, receiver) }], at);
    if (name === 'Trim') {
      return {
        kind: 'call',
        callee: memberExpression(csharpExpression(file, receiver), 'trim', at),
        arguments: [],
        at,
      };
    }
  }
  const callee = childOf(node, 'function');
  if (!callee) return unknownExpression(file, node);
  const target = receiver
    ? memberExpression(csharpExpression(file, receiver), name, place(file, callee))
    : csharpExpression(file, callee.type === 'generic_name' ? (callee.children[0] ?? callee) : callee);
  return { kind: 'call', callee: target, arguments: readArguments(file, childOf(node, 'arguments')), at };
}

/** https://learn.microsoft.com/aspnet/core/fundamentals/environments: Production where nothing is set. */
function environmentIs(name: string, node: SyntaxNode, file: SourceFile): Expression {
  const at = place(file, node);
  const left: Expression = {
    kind: 'environment',
    name: literal('ASPNETCORE_ENVIRONMENT', at),
    default: { kind: 'environment', name: literal('DOTNET_ENVIRONMENT', at), default: literal('Production', at), at },
    at,
  };
  return { kind: 'comparison', operator: '==', left, right: literal(name, at), at };
}

/** `string.Format("http://*:{0}", port)`. */
function formatted(file: SourceFile, node: SyntaxNode, hasFormat: boolean): Expression {
  const at = place(file, node);
  const [first, ...rest] = readArguments(file, childOf(node, 'arguments')).map(({ value }) => value);
  if (!first) return unknownExpression(file, node);
  if (!hasFormat) return concat([first, ...rest], at);
  if (first.kind !== 'literal' || typeof first.value !== 'string') return unknownExpression(file, node);
  const parts: Expression[] = [];
  for (const [index, text] of first.value.split(/\{(\d)\}/).entries()) {
    if (index % 2 === 0) {
      if (text !== '') parts.push(literal(text, first.at));
      continue;
    }
    const value = rest[Number(text)];
    if (!value) return unknownExpression(file, node);
    parts.push(value);
  }
  return concat(parts, at);
}

function creation(file: SourceFile, node: SyntaxNode): Expression {
  const name = dottedText(file, childOf(node, 'type'));
  if (name === undefined) return unknownExpression(file, node);
  const values = readArguments(file, childOf(node, 'arguments'));
  const [first] = values;
  if (/(?:^|\.)Uri$/.test(name) && first) return first.value;
  return callExpression(name, values, place(file, node));
}

function binary(file: SourceFile, node: SyntaxNode): Expression {
  const at = place(file, node);
  const left = inner(file, node, childOf(node, 'left'));
  const right = inner(file, node, childOf(node, 'right'));
  const operator = node.children.find(({ field }) => field === 'operator')?.type ?? node.children[1]?.type;
  switch (operator) {
    case '??':
      return { kind: 'fallback', skips: 'missing', options: [left, right], at };
    case '||':
      return { kind: 'fallback', skips: 'falsy', options: [left, right], at };
    case '+':
      return isText(left) || isText(right) ? concat([left, right], at) : unknownExpression(file, node);
    case '==':
    case '!=':
      return { kind: 'comparison', operator, left, right, at };
    case '&&':
      return { kind: 'comparison', operator: 'and', left, right, at };
    default:
      return unknownExpression(file, node);
  }
}

function conditionalExpression(file: SourceFile, node: SyntaxNode): Expression {
  const part = (field: string) => inner(file, node, childOf(node, field));
  return conditional(part('condition'), [part('consequence'), part('alternative')], place(file, node));
}
