// Short ways to write expressions, for every language.

import type { Location, SourceFile } from '../base/text.ts';
import { locationOf } from '../base/text.ts';
import type {
  Argument,
  CallExpression,
  Expression,
  LiteralExpression,
  MemberExpression,
  NameExpression,
  UnknownExpression,
} from '../facts/expression.ts';
import { spelledRuns } from '../syntax/spelling.ts';
import type { SyntaxNode } from '../syntax/treeSitter.ts';

const LONGEST_UNKNOWN = 80;

export function place(file: SourceFile, node: { readonly start: number; readonly end: number }): Location {
  return locationOf(file.uri, node.start, node.end);
}

export function textOf(file: SourceFile, node: SyntaxNode | undefined): string {
  return node === undefined ? '' : file.text.slice(node.start, node.end);
}

export function literal(value: LiteralExpression['value'], at: Location): LiteralExpression {
  return { kind: 'literal', value, at };
}

/** A string literal whose escapes are resolved. */
export function stringLiteral({ text }: SourceFile, value: string, at: Location): LiteralExpression {
  const runs = spelledRuns(text, at.span, value, 'double');
  return { ...literal(value, at), ...(runs && { runs }) };
}

export function nameExpression(name: string, at: Location): NameExpression {
  return { kind: 'name', name, at };
}

export function memberExpression(object: Expression, property: string | number, at: Location): MemberExpression {
  return { kind: 'member', object, property: literal(property, at), at };
}

export function callExpression(callee: string, values: readonly Argument[], at: Location): CallExpression {
  return { kind: 'call', callee: nameExpression(callee, at), arguments: values, at };
}

export function unknownExpression(file: SourceFile, node: SyntaxNode): UnknownExpression {
  const text = file.text.slice(node.start, Math.min(node.end, node.start + LONGEST_UNKNOWN));
  return { kind: 'unknown', text, at: place(file, node) };
}

/** An option that the program reads from its argv; `names` with their dashes. See `CallExpression`. */
export function argvOption(names: readonly string[], fallback: Expression | undefined, at: Location): CallExpression {
  const values: Argument[] = names.map((name) => ({ value: literal(name, at) }));
  if (fallback !== undefined) values.push({ name: 'default', value: fallback });
  return callExpression('argv.option', values, at);
}

/** The argument of argv at `index`; 1 is the first behind the script. */
export function argvPositional(index: number, at: Location, fallback?: Expression): CallExpression {
  const values: Argument[] = [{ value: literal(index, at) }];
  if (fallback !== undefined) values.push({ name: 'default', value: fallback });
  return callExpression('argv.positional', values, at);
}

/** Whether argv reaches as far as `index`. */
export function argvReaches(index: number, at: Location): Expression {
  return { kind: 'comparison', operator: '!=', left: argvPositional(index, at), right: literal(null, at), at };
}

export function negate(expression: Expression): Expression {
  return { kind: 'comparison', operator: 'not', left: expression, at: expression.at };
}

/** A test of argv's length, as the argument that it asks for. `before` counts the entries before the first argument. */
export function argvLengthTest(operator: string, length: number, before: number, at: Location): Expression | undefined {
  const first = length - before;
  switch (operator) {
    case '>':
      return argvReaches(Math.max(first + 1, 0), at);
    case '>=':
      return argvReaches(Math.max(first, 0), at);
    case '<':
      return negate(argvReaches(Math.max(first, 0), at));
    case '<=':
      return negate(argvReaches(Math.max(first + 1, 0), at));
    case '==':
    case '===':
      return {
        kind: 'comparison',
        operator: 'and',
        left: argvReaches(Math.max(first, 0), at),
        right: negate(argvReaches(first + 1, at)),
        at,
      };
    default:
      return undefined;
  }
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

/** The inside of a quoted string with its escapes resolved; those of JavaScript and Python that a port or path may hold. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(\r\n|[\s\S]))/g,
    (whole, hex, unit, point, character) => {
      const code = hex ?? unit ?? point;
      if (code !== undefined)
        return Number.parseInt(code, 16) > 0x10ffff ? whole : String.fromCodePoint(Number.parseInt(code, 16));
      if (character === '\n' || character === '\r\n') return '';
      return Object.hasOwn(simpleEscapes, character) ? (simpleEscapes[character] ?? '') : character;
    },
  );
}

/** `5201`, `0x1451`, `5_000`, `0o17`, `1e3`; also JavaScript's `5n`. Undefined for what is no number. */
export function parseNumber(text: string): number | undefined {
  const plain = text.replaceAll('_', '').replace(/[nlLjJ]$/, '');
  const number = plain === '' ? Number.NaN : Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

/** Concatenations flattened: `"a" + (b + "c")`. */
export function concat(parts: readonly Expression[], at: Location): Expression {
  const flat = parts.flatMap((part) => (part.kind === 'concat' ? part.parts : [part]));
  return { kind: 'concat', parts: flat, at };
}

/** Whether an expression is text for sure, so that `+` with it joins and does not add. */
export function isText(expression: Expression): boolean {
  if (expression.kind === 'literal') return typeof expression.value === 'string';
  if (expression.kind === 'concat') return true;
  if (expression.kind !== 'call') return false;
  const { callee } = expression;
  if (callee.kind === 'name') return callee.name === 'str' || callee.name === 'String';
  return callee.kind === 'member' && callee.property.kind === 'literal' && givesText.has(String(callee.property.value));
}

/** Methods that give a text, whatever they are called on. */
const givesText = new Set(
  'toString charAt toUpperCase toLowerCase trim padStart replaceAll upper lower strip'.split(' '),
);

export function conditional(
  test: Expression,
  [then, otherwise]: readonly [Expression, Expression],
  at: Location,
): Expression {
  return { kind: 'conditional', test, then, otherwise, at };
}
