// Reads the words of shell text and their parts: quotes, variables, substitutions, globs; and the redirections between
// words. Which words make which command is `shellParser.ts`'s.

import type { Span } from '../base/text.ts';
import {
  addProblem,
  continuationLength,
  MAXIMUM_DEPTH,
  redirectionAt,
  type ShellReader,
  skipBalanced,
  skipBlanks,
  skipQuoted,
  startsWord,
  WORD_ENDS,
} from './shellReader.ts';
import type { ShellRedirection, ShellVariable, ShellWord, WordPart } from './shellTree.ts';

/** `test`: inside `[[ … ]]`, where only blanks end a word. */
export type WordMode = 'command' | 'test';

/** What ends a run of parts: the end of a word, the closing `"`, the closing `}` of a parameter expansion, or the end. */
type End = WordMode | 'double' | 'brace' | 'braceInDouble' | 'heredoc';

const BLANKS = new Set([' ', '\t', '\n', '\r']);
const OPERATORS = [':-', ':=', ':+', ':?', '-', '=', '+', '?'] as const;

/** Reads redirections that stand here, with their targets, into `found`; whether there were any. */
export function readRedirections(reader: ShellReader, found: ShellRedirection[]): boolean {
  const before = found.length;
  for (;;) {
    skipBlanks(reader);
    const operator = redirectionAt(reader.text, reader.position);
    if (operator === undefined) return found.length > before;
    const start = reader.position;
    reader.position += operator.length;
    skipBlanks(reader);
    const target = readWord(reader, 'command');
    const index = found.push({ operator, target }) - 1;
    if (!/(?:^|[^<])<<-?$/.test(operator)) continue;
    const delimiter = target.parts.map((part) => ('text' in part ? part.text : `$${part.name}`)).join('');
    const at = { start, end: reader.position };
    if (delimiter === '') addProblem(reader, 'This here-document names no delimiter.', start);
    else {
      const isLiteral = /['"\\]/.test(reader.text.slice(target.span.start, target.span.end));
      const finish = (span: Span) => {
        found[index] = { operator, target, body: heredocBody(reader, span, isLiteral) };
      };
      reader.heredocs.push({ delimiter, tabs: operator.endsWith('-'), at, finish });
    }
  }
}

/** The lines of a here-document: like text in double quotes, or literal where its delimiter is quoted. */
function heredocBody(reader: ShellReader, span: Span, isLiteral: boolean): ShellWord {
  const text = reader.text.slice(span.start, span.end);
  if (span.start === span.end) return { parts: [], span };
  if (isLiteral || !/[$`\\]/.test(text)) return { parts: [{ kind: 'literal', text, quoted: true, span }], span };
  const inner: ShellReader = { ...reader, text: reader.text.slice(0, span.end), position: span.start, problems: [] };
  return { parts: readParts(inner, 'heredoc'), span };
}

/** Reads the word that stands here; without parts where none does. */
export function readWord(reader: ShellReader, mode: WordMode): ShellWord {
  const start = reader.position;
  const parts = readParts(reader, mode);
  return { parts, span: { start, end: reader.position } };
}

function readParts(reader: ShellReader, end: End): readonly WordPart[] {
  const parts: WordPart[] = [];
  const literal = new LiteralRun(parts, isQuoted(end));
  while (reader.position < reader.text.length && !endsHere(reader, end)) {
    const character = reader.text[reader.position] ?? '';
    const continued = continuationLength(reader.text, reader.position);
    if (continued > 0) reader.position += continued;
    else if (character === '\\') readEscape(reader, end, literal);
    else if (opensPart(reader, end, character)) {
      literal.flush();
      parts.push(...readPart(reader, end, character));
    } else {
      literal.add(character, reader.position, reader.position + 1);
      reader.position++;
    }
  }
  literal.flush();
  return parts;
}

function isQuoted(end: End): boolean {
  return end === 'double' || end === 'braceInDouble' || end === 'heredoc';
}

function endsHere(reader: ShellReader, end: End): boolean {
  if (end === 'heredoc') return false;
  const character = reader.text[reader.position] ?? '';
  if (end === 'double') return character === '"';
  if (end === 'brace' || end === 'braceInDouble') return character === '}';
  if (end === 'test') return BLANKS.has(character);
  if ((character === '<' || character === '>') && reader.text[reader.position + 1] === '(') return false;
  // A carriage return ends a word only as part of a line end.
  if (character === '\r') {
    return reader.text[reader.position + 1] === '\n' || reader.position + 1 === reader.text.length;
  }
  return WORD_ENDS.has(character);
}

function opensPart(reader: ShellReader, end: End, character: string): boolean {
  const { text, position } = reader;
  if (character === '$' || character === '`') return true;
  if (end === 'double' || end === 'heredoc') return false;
  if (character === '"') return true;
  if (end === 'braceInDouble') return false;
  if (character === "'") return true;
  if (end === 'brace') return false;
  if (character === '*' || character === '?') return true;
  if (character === '[') return /\[[^\s\]]{1,64}\]/y.test(text.slice(position, position + 70));
  if (character === '{')
    return /^\{[^\s{}'"$]{0,200}(?:,|\.\.)[^\s{}'"$]{0,200}\}/.test(text.slice(position, position + 410));
  if (character === '~') return startsWord(text, position) || (end === 'command' && text[position - 1] === '=');
  return (character === '<' || character === '>') && text[position + 1] === '(' && end === 'command';
}

function readPart(reader: ShellReader, end: End, character: string): readonly WordPart[] {
  const quoted = isQuoted(end);
  const start = reader.position;
  switch (character) {
    case '$':
      return readDollar(reader, quoted);
    case '"':
      return readDoubleQuoted(reader);
    case "'":
      return [readSingleQuoted(reader)];
    case '`':
      skipQuoted(reader, '`');
      return [unknownPart(reader, start, quoted)];
    case '<':
    case '>':
      reader.position++;
      skipBalanced(reader, '(', ')');
      return [unknownPart(reader, start, quoted)];
    case '~':
      reader.position++;
      return [unknownPart(reader, start, quoted)];
    default:
      return [readGlob(reader, character)];
  }
}

function readGlob(reader: ShellReader, character: string): WordPart {
  const start = reader.position;
  const close = character === '[' ? ']' : character === '{' ? '}' : undefined;
  reader.position = close === undefined ? start + 1 : reader.text.indexOf(close, start) + 1;
  return { kind: 'glob', text: reader.text.slice(start, reader.position), span: { start, end: reader.position } };
}

function readDoubleQuoted(reader: ShellReader): readonly WordPart[] {
  const start = reader.position++;
  const parts = enter(reader, start, () => readParts(reader, 'double'));
  if (reader.text[reader.position] === '"') {
    const end = reader.position++;
    if (parts.length > 0) return parts;
    return [{ kind: 'literal', text: '', quoted: true, span: { start: start + 1, end } }];
  }
  addProblem(reader, 'This quoted string is never closed.', start, start + 1);
  return parts;
}

function readSingleQuoted(reader: ShellReader): WordPart {
  const start = reader.position;
  const close = reader.text.indexOf("'", start + 1);
  const end = close < 0 ? reader.text.length : close;
  reader.position = close < 0 ? end : end + 1;
  if (close < 0) addProblem(reader, 'This quoted string is never closed.', start, start + 1);
  return { kind: 'literal', text: reader.text.slice(start + 1, end), quoted: true, span: { start: start + 1, end } };
}

function readEscape(reader: ShellReader, end: End, literal: LiteralRun): void {
  const start = reader.position;
  const next = reader.text[start + 1];
  reader.position = Math.min(start + 2, reader.text.length);
  if (next === undefined) {
    literal.add('\\', start, start + 1);
    return;
  }
  // Inside double quotes a backslash escapes only these.
  const keeps = isQuoted(end) && !(end === 'heredoc' ? '$`\\' : '$`"\\}').includes(next);
  literal.add(keeps ? `\\${next}` : next, start, reader.position);
}

function readDollar(reader: ShellReader, quoted: boolean): readonly WordPart[] {
  const start = reader.position;
  const next = reader.text[start + 1] ?? '';
  if (next === '{') return [readBraces(reader, quoted)];
  if (next === '(') {
    reader.position++;
    skipBalanced(reader, '(', ')');
    return [unknownPart(reader, start, quoted)];
  }
  if (next === "'" && !quoted) {
    reader.position++;
    skipQuoted(reader, "'", true);
    return [unknownPart(reader, start, quoted)];
  }
  const name = readName(reader.text, start + 1);
  reader.position = start + 1 + name.length;
  const span = { start, end: reader.position };
  if (name !== '') return [{ kind: 'variable', name, quoted, span }];
  // `$"…"` is a translated string: the dollar goes.
  if (next === '"' && !quoted) return [];
  return [{ kind: 'literal', text: '$', quoted, span }];
}

function readBraces(reader: ShellReader, quoted: boolean): WordPart {
  const start = reader.position;
  const name = readName(reader.text, start + 2, true);
  const after = start + 2 + name.length;
  const operator = OPERATORS.find((candidate) => reader.text.startsWith(candidate, after));
  if (name === '' || (reader.text[after] !== '}' && operator === undefined)) {
    reader.position = start + 1;
    skipBalanced(reader, '{', '}');
    return unknownPart(reader, start, quoted);
  }
  reader.position = after + (operator?.length ?? 0);
  const end = quoted ? 'braceInDouble' : 'brace';
  const argument = operator === undefined ? undefined : enter(reader, start, () => readParts(reader, end));
  if (reader.text[reader.position] === '}') reader.position++;
  else addProblem(reader, 'This `${` is never closed.', start, Math.min(start + 2, reader.text.length));
  const variable: ShellVariable = { kind: 'variable', name, quoted, span: { start, end: reader.position } };
  return operator === undefined || argument === undefined ? variable : { ...variable, operator, argument };
}

function readName(text: string, position: number, braces = false): string {
  const first = text[position] ?? '';
  if ('@*#?$!-'.includes(first)) return first;
  if (first >= '0' && first <= '9' && !braces) return first;
  let end = position;
  while (end < text.length && isNameCharacter(text.charCodeAt(end))) end++;
  return text.slice(position, end);
}

function isNameCharacter(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}

/** Reads one level deeper; too deep, the rest of the text stays unread. */
function enter(reader: ShellReader, start: number, read: () => readonly WordPart[]): readonly WordPart[] {
  if (reader.depth >= MAXIMUM_DEPTH) {
    reader.position = reader.text.length;
    return [unknownPart(reader, start, true)];
  }
  reader.depth++;
  const parts = read();
  reader.depth--;
  return parts;
}

function unknownPart(reader: ShellReader, start: number, quoted: boolean): WordPart {
  const end = reader.position;
  return { kind: 'unknown', text: reader.text.slice(start, end), quoted, span: { start, end } };
}

/** Collects neighboring characters of one literal part. */
class LiteralRun {
  readonly #parts: WordPart[];
  readonly #quoted: boolean;
  #text = '';
  #start = -1;
  #end = -1;

  constructor(parts: WordPart[], quoted: boolean) {
    this.#parts = parts;
    this.#quoted = quoted;
  }

  add(text: string, start: number, end: number): void {
    if (this.#start < 0) this.#start = start;
    this.#text += text;
    this.#end = end;
  }

  flush(): void {
    if (this.#start < 0) return;
    const span = { start: this.#start, end: this.#end };
    this.#parts.push({ kind: 'literal', text: this.#text, quoted: this.#quoted, span });
    this.#text = '';
    this.#start = -1;
  }
}
