// The words of Jsonnet. https://jsonnet.org/ref/spec.html#lexing

import type { Span } from '../base/text.ts';

export interface JsonnetToken extends Span {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'end';
  readonly text: string;
  /** Of a string: what it says, and the inside of its quotes. */
  readonly value?: string;
  readonly inner?: Span;
}

const BLANK = /(?:\s+|\/\/[^\n]*|#[^\n]*)+/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /-?(?:0|[1-9]\d{0,30})(?:\.\d{1,30})?(?:[eE][-+]?\d{1,3})?/y;
const OPERATOR = /:::|::|[-+*/%&|^=<>!~$]|[{}[\](),.;:]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

export function jsonnetTokens(text: string): readonly JsonnetToken[] {
  const tokens: JsonnetToken[] = [];
  let offset = 0;
  while (offset < text.length) {
    const blank = matchedEnd(BLANK, text, offset);
    if (blank > offset) offset = blank;
    else if (text.startsWith('/*', offset)) offset = endOf(text, '*/', offset + 2);
    else {
      const token = tokenAt(text, offset, tokens.at(-1));
      if (token) tokens.push(token);
      offset = token?.end ?? offset + 1;
    }
  }
  return tokens;
}

function matchedEnd(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}

function endOf(text: string, closer: string, from: number): number {
  const found = text.indexOf(closer, from);
  return found < 0 ? text.length : found + closer.length;
}

function tokenAt(text: string, start: number, before: JsonnetToken | undefined): JsonnetToken | undefined {
  if (text.startsWith('|||', start)) return blockAt(text, start);
  const char = text[start];
  if (char === '"' || char === "'") return quotedAt(text, start, start, char);
  const next = text[start + 1];
  if (char === '@' && (next === '"' || next === "'")) return verbatimAt(text, start, next);
  // `a -1` is a difference, `[-1]` a number.
  const isOperand = before?.kind === 'name' || before?.kind === 'number' || /^[)\]}]$/.test(before?.text ?? '');
  for (const [kind, pattern] of [
    ['name', NAME],
    ['number', NUMBER],
    ['operator', OPERATOR],
  ] as const) {
    if (kind === 'number' && char === '-' && isOperand) continue;
    const end = matchedEnd(pattern, text, start);
    if (end > start) return { kind, text: text.slice(start, end), start, end };
  }
  return undefined;
}

function stringToken(text: string, start: number, end: number, inner: Span, value: string): JsonnetToken {
  return { kind: 'string', text: text.slice(start, end), start, end, value, inner };
}

function quotedAt(text: string, start: number, quoteAt: number, quote: string): JsonnetToken {
  let value = '';
  let end = quoteAt + 1;
  for (; end < text.length && text[end] !== quote; end++) {
    if (text[end] !== '\\') {
      value += text[end];
      continue;
    }
    end++;
    const code = text[end] === 'u' ? /^[\da-fA-F]{4}/.exec(text.slice(end + 1, end + 5))?.[0] : undefined;
    if (code !== undefined) {
      value += String.fromCharCode(Number.parseInt(code, 16));
      end += 4;
    } else value += ESCAPES[text[end] ?? ''] ?? text[end] ?? '';
  }
  const inner = { start: quoteAt + 1, end: Math.min(end, text.length) };
  return stringToken(text, start, Math.min(end + 1, text.length), inner, value);
}

/** `@'…'`: a quote is written twice. */
function verbatimAt(text: string, start: number, quote: string): JsonnetToken {
  let end = start + 2;
  while (end < text.length && (text[end] !== quote || text[end + 1] === quote)) end += text[end] === quote ? 2 : 1;
  const inner = { start: start + 2, end: Math.min(end, text.length) };
  const value = text.slice(inner.start, inner.end).replaceAll(quote + quote, quote);
  return stringToken(text, start, Math.min(end + 1, text.length), inner, value);
}

/** `|||`, indented lines, `|||`. */
function blockAt(text: string, start: number): JsonnetToken {
  const first = text.indexOf('\n', start) + 1;
  const from = first === 0 ? text.length : first;
  const indent = /^[ \t]*/.exec(text.slice(from, from + 200))?.[0] ?? '';
  const end = endOf(text, '|||', from);
  const inner = { start: from, end: Math.max(from, end - 3) };
  const lines = text.slice(inner.start, inner.end).split('\n');
  const value = lines
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n');
  return stringToken(text, start, end, inner, value);
}
