// Text of Elixir in small pieces: comments masked, brackets matched, and the few expressions that a port is written with.

import { locationOf, type SourceFile } from '../base/text.ts';
import type { Expression } from '../facts/expression.ts';

/** Comments and texts of several lines become blanks, so that places stay. Strings keep their `#`. */
export function withoutComments(text: string): string {
  let result = '';
  for (let index = 0; index < text.length; ) {
    const end = endOfToken(text, index);
    const token = text.slice(index, end);
    const isBlank = token.startsWith('#') || token.startsWith('"""');
    result += isBlank ? token.replace(/[^\n]/g, ' ') : token;
    index = end;
  }
  return result;
}

/** The end of the comment or text that starts here, else of what stands before the next. */
function endOfToken(text: string, start: number): number {
  if (text[start] === '#') return indexOrEnd(text, '\n', start);
  if (text.startsWith('"""', start)) return Math.min(text.length, indexOrEnd(text, '"""', start + 3) + 3);
  if (text[start] === '"') return Math.min(text.length, endOfString(text, start, text.length) + 1);
  const next = text.slice(start, start + LONGEST_PIECE).search(/["#]/);
  return next < 0 ? Math.min(text.length, start + LONGEST_PIECE) : start + next;
}

const LONGEST_PIECE = 10_000;

function indexOrEnd(text: string, searched: string, from: number): number {
  const index = text.indexOf(searched, from);
  return index < 0 ? text.length : index;
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Where the first `stop` outside of brackets and strings stands. Without `stop`, the end itself where every bracket is
 * closed. Undefined where there is none.
 */
export function closingBracket(text: string, start: number, end: number, stop?: string): number | undefined {
  const open: string[] = [];
  for (let index = start; index < end; index++) {
    const character = text[index] ?? '';
    if (open.length === 0 && character === stop) return index;
    if (character === '"') {
      index = endOfString(text, index, end);
    } else if (Object.hasOwn(closers, character)) {
      open.push(closers[character] ?? '');
    } else if (/[)\]}]/.test(character) && open.pop() !== character) {
      return undefined;
    }
  }
  return stop === undefined && open.length === 0 ? end : undefined;
}

function endOfString(text: string, start: number, end: number): number {
  for (let index = start + 1; index < end; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '"' || text[index] === '\n') return index;
  }
  return end;
}

const DEEPEST = 20;
const LONGEST = 1_000;

/** The expression between two offsets. */
export function elixirExpression(file: SourceFile, from: number, to: number, depth = 0): Expression {
  const raw = file.text.slice(from, to);
  const text = raw.trim();
  const start = from + raw.length - raw.trimStart().length;
  const end = start + text.length;
  const at = locationOf(file.uri, start, end);
  const unknown: Expression = { kind: 'unknown', text: text.slice(0, 80), at };
  if (depth > DEEPEST || text === '' || text.length > LONGEST) return unknown;
  if (text.startsWith('(') && closingBracket(file.text, start + 1, end, ')') === end - 1) {
    return elixirExpression(file, start + 1, end - 1, depth + 1);
  }
  const split = splitAt(file.text, start, end);
  if (split) return operation(file, split, { start, end }, depth) ?? unknown;
  if (/^\d[\d_]*$/.test(text)) return { kind: 'literal', value: Number(text.replaceAll('_', '')), at };
  if (/^"[^"#\\]*"$/.test(text)) {
    return { kind: 'literal', value: text.slice(1, -1), at: locationOf(file.uri, start + 1, end - 1) };
  }
  if (/^:\w+$/.test(text)) return { kind: 'literal', value: text.slice(1), at: locationOf(file.uri, start + 1, end) };
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', at };
  if (text === 'nil') return { kind: 'literal', value: null, at };
  if (/^[a-z_]\w*$/.test(text)) return { kind: 'name', name: text, at };
  return call(file, start, end, depth) ?? unknown;
}

interface Split {
  readonly operator: string;
  readonly index: number;
}

/** The operator that binds loosest, outside of brackets. */
function splitAt(text: string, start: number, end: number): Split | undefined {
  const inside = text.slice(start, end);
  for (const operator of ['|>', '||', '&&', '==', '!=']) {
    for (let index = inside.indexOf(operator); index >= 0; index = inside.indexOf(operator, index + 1)) {
      if (closingBracket(inside, 0, index) !== undefined) return { operator, index: start + index };
    }
  }
  return undefined;
}

function operation(
  file: SourceFile,
  { operator, index }: Split,
  { start, end }: { readonly start: number; readonly end: number },
  depth: number,
): Expression | undefined {
  const at = locationOf(file.uri, start, end);
  const left = elixirExpression(file, start, index, depth + 1);
  if (operator === '|>') {
    const target = file.text.slice(index + 2, end).trim();
    // Only a chain that ends in the conversion is read.
    return /^String\.to_integer(?:\(\))?$/.test(target) ? conversion(left, at) : undefined;
  }
  const right = elixirExpression(file, index + 2, end, depth + 1);
  if (operator === '||') return { kind: 'fallback', skips: 'falsy', options: [left, right], at };
  if (operator === '&&') return { kind: 'comparison', operator: 'and', left, right, at };
  return { kind: 'comparison', operator: operator === '==' ? '==' : '!=', left, right, at };
}

function conversion(value: Expression, at: Expression['at']): Expression {
  return { kind: 'call', callee: { kind: 'name', name: 'int', at }, arguments: [{ value }], at };
}

const CALL = /^([A-Z]\w*(?:\.[a-z]\w*[!?]?)|[a-z]\w*[!?]?)\s*\(/;

function call(file: SourceFile, start: number, end: number, depth: number): Expression | undefined {
  const { text } = file;
  const found = CALL.exec(text.slice(start, Math.min(end, start + 100)));
  if (!found || text[end - 1] !== ')') return undefined;
  const [whole, name = ''] = found;
  const open = start + whole.length;
  if (closingBracket(text, open, end, ')') !== end - 1) return undefined;
  const comma = closingBracket(text, open, end - 1, ',');
  const first = elixirExpression(file, open, comma ?? end - 1, depth + 1);
  const second = comma === undefined ? undefined : elixirExpression(file, comma + 1, end - 1, depth + 1);
  const at = locationOf(file.uri, start, end);
  switch (name) {
    case 'String.to_integer':
      return conversion(first, at);
    case 'System.get_env':
    case 'System.fetch_env!':
      return { kind: 'environment', name: first, ...(second && { default: second }), at };
    case 'config_env':
      return {
        kind: 'environment',
        name: { kind: 'literal', value: 'MIX_ENV', at },
        default: { kind: 'literal', value: 'prod', at },
        at,
      };
    default:
      return undefined;
  }
}
