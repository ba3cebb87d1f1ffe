// The words of a Dockerfile instruction: blanks, quotes, escapes and variables as BuildKit's shell lexer reads them, and
// the JSON arrays of the exec form. Spans are the file's. What a variable holds is `sources/`'s.
// https://docs.docker.com/reference/dockerfile/#environment-replacement

import type { Span } from '../base/text.ts';
import { type DockerfileTree, JOINT } from './dockerfile.ts';

export interface DockerWord {
  readonly parts: readonly DockerWordPart[];
  /** Inside the quotes where the whole word is one quoted string. */
  readonly span: Span;
}

export type DockerWordPart =
  | { readonly kind: 'text'; readonly text: string }
  | DockerVariable
  /** A pattern expansion (`${X%…}`) or a template. */
  | { readonly kind: 'unknown'; readonly text: string };

export interface DockerVariable {
  readonly kind: 'variable';
  readonly name: string;
  readonly operator?: ':-' | '-' | ':+' | '+' | ':?' | '?';
  readonly argument?: readonly DockerWordPart[];
  readonly argumentSpan?: Span;
  readonly text: string;
}

export interface DockerString {
  readonly text: string;
  /** Inside the quotes. */
  readonly span: Span;
}

type Text = Pick<DockerfileTree, 'text' | 'escape'>;

const TEMPLATE = /\{\{|<%|\{%/;
const OPERATORS = [':-', ':+', ':?', '-', '+', '?'] as const;
const MAXIMUM_DEPTH = 20;

/** The spans of the words, divided at blanks outside quotes and templates. */
export function splitDockerWords(file: Text, within: Span): readonly Span[] {
  const words: Span[] = [];
  let position = within.start;
  while (position < within.end) {
    if (isBlank(file.text[position])) {
      position++;
      continue;
    }
    const start = position;
    while (position < within.end && !isBlank(file.text[position])) position = skipUnit(file, position, within.end);
    words.push({ start, end: position });
  }
  return words;
}

/** Options such as `--from=builder` before the words, and what is left. */
export function takeFlags(
  file: Text,
  within: Span,
): { readonly flags: readonly { readonly name: string; readonly value: string }[]; readonly rest: Span } {
  const flags: { name: string; value: string }[] = [];
  let rest = within;
  for (;;) {
    let start = rest.start;
    while (start < rest.end && isBlank(file.text[start])) start++;
    rest = { start, end: rest.end };
    if (!file.text.startsWith('--', start)) return { flags, rest };
    let end = start;
    while (end < rest.end && !isBlank(file.text[end])) end++;
    const [name = '', ...value] = plainText(file, { start: start + 2, end }).split('=');
    flags.push({ name, value: value.join('=').replace(/^"(.*)"$/, '$1') });
    rest = { start: end, end: rest.end };
  }
}

/** The text of a span, its lines joined. */
export function plainText(file: Text, span: Span): string {
  return file.text.slice(span.start, span.end).replaceAll(JOINT, '');
}

/** The word that fills a span; blanks in it belong to it. */
export function readDockerWord(file: Text, span: Span): DockerWord {
  const text = file.text.slice(span.start, span.end);
  if (TEMPLATE.test(text)) return { parts: [{ kind: 'unknown', text }], span };
  const reader: Reader = { file, end: span.end, position: span.start, depth: 0 };
  return { parts: readParts(reader, ''), span: withoutQuotes(file, span) };
}

/** The strings of a JSON array that fills a span; undefined where it is anything else, which Docker takes for shell form. */
export function readJsonStrings(file: Text, span: Span): readonly DockerString[] | undefined {
  const { text } = file;
  let position = skipBlanks(text, span.start, span.end);
  if (text[position] !== '[' || position >= span.end) return undefined;
  const strings: DockerString[] = [];
  position = skipBlanks(text, position + 1, span.end);
  while (text[position] !== ']' || strings.length > 0) {
    const end = jsonStringEnd(text, position, span.end);
    const value = end === undefined ? undefined : parseJsonString(text.slice(position, end).replaceAll(JOINT, ''));
    if (end === undefined || value === undefined) return undefined;
    strings.push({ text: value, span: { start: position + 1, end: end - 1 } });
    position = skipBlanks(text, end, span.end);
    if (text[position] === ']') break;
    if (text[position] !== ',') return undefined;
    position = skipBlanks(text, position + 1, span.end);
  }
  return position < span.end && skipBlanks(text, position + 1, span.end) >= span.end ? strings : undefined;
}

/** Whether a quote opened in a span is never closed. */
export function hasOpenQuote(file: Text, span: Span): boolean {
  let position = span.start;
  while (position < span.end) {
    const character = file.text[position];
    if ((character === '"' || character === "'") && closingQuote(file, position, span.end) === undefined) return true;
    position = skipUnit(file, position, span.end);
  }
  return false;
}

interface Reader {
  readonly file: Text;
  readonly end: number;
  position: number;
  depth: number;
}

/** Reads to the end, or to the character `until`, which is taken too. */
function readParts(reader: Reader, until: string): readonly DockerWordPart[] {
  const { file } = reader;
  const parts: DockerWordPart[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
  };
  while (reader.position < reader.end) {
    const character = file.text[reader.position] ?? '';
    if (character === until && until !== '') {
      reader.position++;
      break;
    }
    if (character === '$') {
      flush();
      parts.push(readDollar(reader));
    } else if (until !== '"' && character === "'") {
      const close = file.text.indexOf("'", reader.position + 1);
      const end = close < 0 || close > reader.end ? reader.end : close;
      text += plainText(file, { start: reader.position + 1, end });
      reader.position = end + 1;
    } else if (until !== '"' && character === '"') {
      reader.position++;
      flush();
      parts.push(...readNested(reader, '"'));
    } else if (character === file.escape && reader.position + 1 < reader.end) {
      const next = file.text[reader.position + 1] ?? '';
      text += until === '"' && !`"$${file.escape}`.includes(next) ? character + next : next;
      reader.position += 2;
    } else {
      if (character !== JOINT) text += character;
      reader.position++;
    }
  }
  flush();
  return parts;
}

function readNested(reader: Reader, until: string): readonly DockerWordPart[] {
  if (reader.depth >= MAXIMUM_DEPTH) {
    const text = reader.file.text.slice(reader.position, reader.end);
    reader.position = reader.end;
    return [{ kind: 'unknown', text }];
  }
  reader.depth++;
  const parts = readParts(reader, until);
  reader.depth--;
  return parts;
}

function readDollar(reader: Reader): DockerWordPart {
  const { text } = reader.file;
  const start = reader.position;
  const braces = text[start + 1] === '{';
  const nameStart = start + (braces ? 2 : 1);
  const nameEnd = nameEndFrom(text, nameStart, reader.end);
  const name = text.slice(nameStart, nameEnd);
  reader.position = Math.min(Math.max(nameEnd, nameStart), reader.end);
  if (!braces) {
    if (name === '') return { kind: 'text', text: '$' };
    return { kind: 'variable', name, text: text.slice(start, reader.position) };
  }
  const operator = OPERATORS.find((candidate) => text.startsWith(candidate, nameEnd));
  const argumentStart = nameEnd + (operator?.length ?? 0);
  reader.position = Math.min(argumentStart, reader.end);
  const argument = readNested(reader, '}');
  const whole = text.slice(start, reader.position);
  const argumentSpan = { start: argumentStart, end: Math.max(argumentStart, reader.position - 1) };
  if (name === '' || (operator === undefined && argument.length > 0)) return { kind: 'unknown', text: whole };
  if (operator === undefined) return { kind: 'variable', name, text: whole };
  return { kind: 'variable', name, operator, argument, argumentSpan, text: whole };
}

function nameEndFrom(text: string, start: number, limit: number): number {
  let end = start;
  while (end < limit && /[A-Za-z0-9_]/.test(text[end] ?? '')) end++;
  return end;
}

/** One character, escape pair, quoted string or template. */
function skipUnit(file: Text, position: number, end: number): number {
  const character = file.text[position];
  if (character === file.escape) return Math.min(position + 2, end);
  if (character === '"' || character === "'") return closingQuote(file, position, end) ?? end;
  if (character === '{' && file.text[position + 1] === '{') return closingTemplate(file, position, '}}', end);
  if (character === '<' && file.text[position + 1] === '%') return closingTemplate(file, position, '%>', end);
  return position + 1;
}

/** The offset after the quote that closes the one at `position`. */
function closingQuote(file: Text, position: number, end: number): number | undefined {
  const quote = file.text[position];
  for (let i = position + 1; i < end; i++) {
    if (file.text[i] === quote) return i + 1;
    if (quote === '"' && file.text[i] === file.escape) i++;
  }
  return undefined;
}

function closingTemplate(file: Text, position: number, close: string, end: number): number {
  for (let i = position + 2; i < end; i++) {
    if (file.text.startsWith(close, i)) return Math.min(i + 2, end);
  }
  return end;
}

function withoutQuotes(file: Text, span: Span): Span {
  const quote = file.text[span.start];
  if (quote !== '"' && quote !== "'") return span;
  if (closingQuote(file, span.start, span.end) !== span.end) return span;
  return { start: span.start + 1, end: span.end - 1 };
}

function jsonStringEnd(text: string, start: number, limit: number): number | undefined {
  if (text[start] !== '"') return undefined;
  for (let i = start + 1; i < limit; i++) {
    if (text[i] === '"') return i + 1;
    if (text[i] === '\\') i++;
  }
  return undefined;
}

function parseJsonString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function skipBlanks(text: string, start: number, end: number): number {
  let position = start;
  while (position < end && (isBlank(text[position]) || text[position] === JOINT)) position++;
  return position;
}

/** A joint is none: it stands within a word. */
function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
