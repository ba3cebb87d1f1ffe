// Where reading of shell text stands, and what lies between words: blanks, comments, line ends, here-documents. Reading
// goes from left to right and never back, so that time is linear. Words are `shellParts.ts`'s, commands `shellParser.ts`'s.

import type { Span } from '../base/text.ts';
import type { ShellProblem } from './shellTree.ts';

/** Nesting beyond this is not read: what a person writes has a handful of levels. */
export const MAXIMUM_DEPTH = 60;

export interface Heredoc {
  readonly delimiter: string;
  readonly tabs: boolean;
  readonly at: Span;
  /** Receives the place of the body once it has been read. */
  readonly finish: (body: Span) => void;
}

/** Where the reader stands. */
export interface ShellReader {
  readonly text: string;
  position: number;
  depth: number;
  /** Here-documents whose bodies start after the current line. */
  heredocs: Heredoc[];
  readonly problems: ShellProblem[];
}

export const WORD_ENDS = new Set([' ', '\t', '\n', '\r', ';', '&', '|', '<', '>', '(', ')']);

export function createReader(text: string): ShellReader {
  return { text, position: 0, depth: 0, heredocs: [], problems: [] };
}

export function addProblem(reader: ShellReader, message: string, start: number, end = reader.position): void {
  reader.problems.push({ message, span: { start, end } });
}

/** Skips blanks, comments and continued line ends; stops at a line end. */
export function skipBlanks(reader: ShellReader): void {
  const { text } = reader;
  for (;;) {
    const character = text[reader.position];
    const continued = continuationLength(text, reader.position);
    if (character === ' ' || character === '\t') reader.position++;
    else if (character === '\r' && (text[reader.position + 1] === '\n' || reader.position + 1 === text.length)) {
      reader.position++;
    } else if (continued > 0) reader.position += continued;
    else if (character === '#' && startsWord(text, reader.position)) skipLine(reader);
    else return;
  }
}

/** Skips one line end and the here-documents that it opens. */
export function takeNewline(reader: ShellReader): boolean {
  if (reader.text[reader.position] !== '\n') return false;
  reader.position++;
  for (const heredoc of reader.heredocs) skipHeredoc(reader, heredoc);
  reader.heredocs = [];
  return true;
}

/** Skips from an opening parenthesis (or brace) past the one that closes it; quotes hide parentheses. */
export function skipBalanced(reader: ShellReader, open: string, close: string): void {
  const start = reader.position;
  let level = 0;
  while (reader.position < reader.text.length) {
    const character = reader.text[reader.position];
    if (character === '\\') reader.position += 2;
    else if (character === "'") skipQuoted(reader, "'");
    else if (character === '"' || character === '`') skipQuoted(reader, character);
    else {
      reader.position++;
      if (character === open) level++;
      else if (character === close && --level === 0) return;
    }
  }
  reader.position = reader.text.length;
  addProblem(reader, `This \`${open}\` is never closed.`, start, start + 1);
}

/** The length of an escaped line end. */
export function continuationLength(text: string, position: number): number {
  if (text[position] !== '\\') return 0;
  if (text[position + 1] === '\n') return 2;
  return text[position + 1] === '\r' && text[position + 2] === '\n' ? 3 : 0;
}

export function skipQuoted(reader: ShellReader, quote: string, escapes = quote !== "'"): void {
  const start = reader.position++;
  while (reader.position < reader.text.length) {
    const character = reader.text[reader.position];
    reader.position += escapes && character === '\\' ? 2 : 1;
    if (character === quote) return;
  }
  reader.position = reader.text.length;
  addProblem(reader, 'This quoted string is never closed.', start, start + 1);
}

function skipLine(reader: ShellReader): void {
  const newline = reader.text.indexOf('\n', reader.position);
  reader.position = newline < 0 ? reader.text.length : newline;
}

function skipHeredoc(reader: ShellReader, heredoc: Heredoc): void {
  const first = reader.position;
  while (reader.position < reader.text.length) {
    const start = reader.position;
    skipLine(reader);
    let line = reader.text.slice(start, reader.position);
    if (reader.position < reader.text.length) reader.position++;
    if (line.endsWith('\r')) line = line.slice(0, -1);
    if ((heredoc.tabs ? line.replace(/^\t+/, '') : line) === heredoc.delimiter) {
      heredoc.finish({ start: first, end: start });
      return;
    }
  }
  addProblem(reader, 'This here-document is never closed.', heredoc.at.start, heredoc.at.end);
}

export function startsWord(text: string, position: number): boolean {
  const before = text[position - 1];
  return before === undefined || WORD_ENDS.has(before);
}

/** The redirection operator that stands here, with its file descriptor. */
export function redirectionAt(text: string, position: number): string | undefined {
  let end = position;
  while (end < position + 3 && /[0-9]/.test(text[end] ?? '')) end++;
  if (end > position && !startsWord(text, position)) return undefined;
  const operators = end === position ? ['&>>', '&>'] : [];
  operators.push('<<<', '<<-', '<<', '<&', '<>', '<', '>>', '>&', '>|', '>');
  const operator = operators.find((candidate) => text.startsWith(candidate, end));
  if (operator === undefined) return undefined;
  if (operator.length === 1 && text[end + 1] === '(') return undefined;
  return text.slice(position, end) + operator;
}

/** The reserved word, or `{`, `}`, `!`, `[[`, that stands here as a word of its own. */
export function reservedWord(reader: ShellReader): string | undefined {
  const { text, position } = reader;
  let end = position;
  while (end < position + 9 && /[a-z!{}[\]]/.test(text[end] ?? '')) end++;
  if (end === position || !/^[\s;&|()<>]?$/.test(text[end] ?? '')) return undefined;
  return text.slice(position, end);
}

export function caseEnd(reader: ShellReader): ';;' | ';&' | ';;&' | undefined {
  return ([';;&', ';;', ';&'] as const).find((end) => reader.text.startsWith(end, reader.position));
}

/** Skips blanks and line ends, but no semicolons. */
export function skipLines(reader: ShellReader): void {
  do skipBlanks(reader);
  while (takeNewline(reader));
}
