// Commands and compound commands of shell text: the middle of `shellWords.ts`. Every step takes at least one character
// or leaves a closing word to a caller that takes it, so reading always ends.

import type { Span } from '../base/text.ts';
import { readRedirections, readWord } from './shellParts.ts';
import {
  addProblem,
  caseEnd,
  MAXIMUM_DEPTH,
  redirectionAt,
  reservedWord,
  type ShellReader,
  skipBalanced,
  skipBlanks,
  skipLines,
  takeNewline,
} from './shellReader.ts';
import {
  literalText,
  type ShellAssignment,
  type ShellCase,
  type ShellChain,
  type ShellIf,
  type ShellNode,
  type ShellRedirection,
  type ShellUnknown,
  type ShellWord,
} from './shellTree.ts';

const CLOSING = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}']);

/** Commands up to one of `until`, a closing parenthesis, `;;` or the end. */
export function parseList(reader: ShellReader, until: readonly string[]): readonly ShellNode[] {
  const nodes: ShellNode[] = [];
  for (;;) {
    skipSeparators(reader);
    const character = reader.text[reader.position];
    if (character === undefined || character === ')' || caseEnd(reader) !== undefined) return nodes;
    const reserved = reservedWord(reader);
    if (reserved !== undefined && (until.includes(reserved) || CLOSING.has(reserved))) return nodes;
    nodes.push(parseStatement(reader));
  }
}

function skipSeparators(reader: ShellReader): void {
  for (;;) {
    skipBlanks(reader);
    if (takeNewline(reader)) continue;
    if (reader.text[reader.position] !== ';' || caseEnd(reader) !== undefined) return;
    reader.position++;
  }
}

function parseStatement(reader: ShellReader): ShellNode {
  const start = reader.position;
  const first = parsePipeline(reader);
  const rest: ShellChain['rest'][number][] = [];
  for (;;) {
    skipBlanks(reader);
    const operator = reader.text.startsWith('&&', reader.position) ? '&&' : '||';
    if (!reader.text.startsWith(operator, reader.position)) break;
    reader.position += 2;
    skipLines(reader);
    rest.push({ operator, node: parsePipeline(reader) });
  }
  const node: ShellNode =
    rest.length === 0
      ? first
      : { kind: 'chain', first, rest, span: spanFrom(start, rest.at(-1)?.node.span.end ?? start) };
  if (reader.text[reader.position] !== '&' || redirectionAt(reader.text, reader.position)) return node;
  reader.position++;
  return { kind: 'background', node, span: spanFrom(start, reader.position) };
}

function parsePipeline(reader: ShellReader): ShellNode {
  const start = reader.position;
  let negated = false;
  while (reservedWord(reader) === '!' || reservedWord(reader) === 'time') {
    if (reader.text[reader.position] === '!') negated = !negated;
    reader.position += reader.text[reader.position] === '!' ? 1 : 4;
    skipBlanks(reader);
  }
  const commands = [parseCommand(reader)];
  for (;;) {
    skipBlanks(reader);
    if (reader.text[reader.position] !== '|' || reader.text[reader.position + 1] === '|') break;
    reader.position += reader.text[reader.position + 1] === '&' ? 2 : 1;
    skipLines(reader);
    commands.push(parseCommand(reader));
  }
  const only = commands[0];
  if (commands.length === 1 && only && !negated) return only;
  return { kind: 'pipeline', negated, commands, span: spanFrom(start, commands.at(-1)?.span.end ?? start) };
}

function parseCommand(reader: ShellReader): ShellNode {
  skipBlanks(reader);
  if (reader.depth >= MAXIMUM_DEPTH) return restUnknown(reader);
  reader.depth++;
  const compound = parseCompound(reader, reservedWord(reader));
  const node = compound ?? parseSimple(reader);
  reader.depth--;
  if (compound) readRedirections(reader, []);
  return node;
}

function parseCompound(reader: ShellReader, reserved: string | undefined): ShellNode | undefined {
  switch (reserved) {
    case 'if':
      return parseIf(reader);
    case 'case':
      return parseCase(reader);
    case 'while':
    case 'until':
      return parseLoop(reader, reserved);
    case 'for':
    case 'select':
      return parseFor(reader, reserved);
    case 'function':
      return parseNamedFunction(reader);
    case '{':
      return parseGroup(reader, '}');
    case '[[':
      return parseTest(reader);
    default:
      if (reader.text[reader.position] !== '(') return undefined;
      return reader.text[reader.position + 1] === '(' ? parseArithmetic(reader) : parseGroup(reader, ')');
  }
}

function parseIf(reader: ShellReader): ShellNode {
  const start = reader.position;
  const branches: ShellIf['branches'][number][] = [];
  let otherwise: readonly ShellNode[] = [];
  let word: string | undefined = 'if';
  while (word === 'if' || word === 'elif') {
    reader.position += word.length;
    const condition = parseList(reader, ['then']);
    expect(reader, 'then', start);
    branches.push({ condition, body: parseList(reader, ['elif', 'else', 'fi']) });
    word = reservedWord(reader);
    if (word === 'if') break;
  }
  if (word === 'else') {
    reader.position += 4;
    otherwise = parseList(reader, ['fi']);
  }
  expect(reader, 'fi', start);
  return { kind: 'if', branches, otherwise, span: spanFrom(start, reader.position) };
}

function parseCase(reader: ShellReader): ShellNode {
  const start = reader.position;
  reader.position += 4;
  skipBlanks(reader);
  const subject = readWord(reader, 'command');
  skipLines(reader);
  expect(reader, 'in', start);
  const clauses: ShellCase['clauses'][number][] = [];
  for (;;) {
    skipLines(reader);
    if (reader.position >= reader.text.length || reservedWord(reader) === 'esac') break;
    const before = reader.position;
    const patterns = parsePatterns(reader);
    const body = parseList(reader, ['esac']);
    const end = caseEnd(reader);
    reader.position += end?.length ?? 0;
    clauses.push({ patterns, body, end: end ?? ';;' });
    if (reader.position === before) break;
  }
  expect(reader, 'esac', start);
  return { kind: 'case', subject, clauses, span: spanFrom(start, reader.position) };
}

/** `a|b)` or `(a|b)`. */
function parsePatterns(reader: ShellReader): readonly ShellWord[] {
  const patterns: ShellWord[] = [];
  if (reader.text[reader.position] === '(') reader.position++;
  for (;;) {
    skipBlanks(reader);
    const word = readWord(reader, 'command');
    if (word.parts.length > 0) patterns.push(word);
    skipBlanks(reader);
    const next = reader.text[reader.position];
    if (next === '|') reader.position++;
    else {
      if (next === ')') reader.position++;
      return patterns;
    }
  }
}

function parseLoop(reader: ShellReader, word: 'while' | 'until'): ShellNode {
  const start = reader.position;
  reader.position += word.length;
  const condition = parseList(reader, ['do']);
  const body = parseDo(reader, start);
  return { kind: 'loop', until: word === 'until', condition, body, span: spanFrom(start, reader.position) };
}

function parseFor(reader: ShellReader, word: string): ShellNode {
  const start = reader.position;
  reader.position += word.length;
  skipBlanks(reader);
  if (reader.text.startsWith('((', reader.position)) {
    const condition = [parseArithmetic(reader)];
    skipSeparators(reader);
    const body = parseDo(reader, start);
    return { kind: 'loop', until: false, condition, body, span: spanFrom(start, reader.position) };
  }
  const name = literalText(readWord(reader, 'command')) ?? '';
  skipLines(reader);
  let words: ShellWord[] | undefined;
  if (reservedWord(reader) === 'in') {
    reader.position += 2;
    words = readWords(reader);
  }
  skipSeparators(reader);
  const body = parseDo(reader, start);
  const span = spanFrom(start, reader.position);
  return words === undefined ? { kind: 'for', name, body, span } : { kind: 'for', name, words, body, span };
}

function readWords(reader: ShellReader): ShellWord[] {
  const words: ShellWord[] = [];
  for (;;) {
    skipBlanks(reader);
    const word = readWord(reader, 'command');
    if (word.span.end === word.span.start) return words;
    words.push(word);
  }
}

function parseDo(reader: ShellReader, start: number): readonly ShellNode[] {
  // A brace group may stand in place of `do … done`.
  if (reservedWord(reader) === '{') {
    const group = parseGroup(reader, '}');
    return group.kind === 'group' ? group.body : [group];
  }
  expect(reader, 'do', start);
  const body = parseList(reader, ['done']);
  expect(reader, 'done', start);
  return body;
}

function parseGroup(reader: ShellReader, close: '}' | ')'): ShellNode {
  const start = reader.position++;
  const body = parseList(reader, close === '}' ? ['}'] : []);
  if (reader.text[reader.position] === close) reader.position++;
  else addProblem(reader, `This \`${close === '}' ? '{' : '('}\` is never closed.`, start, start + 1);
  return { kind: 'group', subshell: close === ')', body, span: spanFrom(start, reader.position) };
}

function parseNamedFunction(reader: ShellReader): ShellNode {
  const start = reader.position;
  reader.position += 'function'.length;
  skipBlanks(reader);
  const name = literalText(readWord(reader, 'command')) ?? '';
  skipBlanks(reader);
  skipEmptyParentheses(reader);
  return parseFunctionBody(reader, name, start);
}

function parseFunctionBody(reader: ShellReader, name: string, start: number): ShellNode {
  skipLines(reader);
  const body = parseCommand(reader);
  const nodes = body.kind === 'group' && !body.subshell ? body.body : [body];
  return { kind: 'function', name, body: nodes, span: spanFrom(start, reader.position) };
}

function skipEmptyParentheses(reader: ShellReader): boolean {
  const { text, position } = reader;
  let close = position + 1;
  while (text[position] === '(' && text[close] === ' ' && close < position + 8) close++;
  if (text[position] !== '(' || text[close] !== ')') return false;
  reader.position = close + 1;
  return true;
}

function parseTest(reader: ShellReader): ShellNode {
  const start = reader.position;
  reader.position += 2;
  const words: ShellWord[] = [];
  for (;;) {
    skipLines(reader);
    const word = readWord(reader, 'test');
    if (word.span.end === word.span.start) {
      addProblem(reader, 'This `[[` is never closed.', start, start + 2);
      break;
    }
    const text = reader.text.slice(word.span.start, word.span.end);
    // `]];` ends the test too: the rest of that word is read again as text outside it.
    if (text.startsWith(']]')) {
      reader.position = word.span.start + 2;
      break;
    }
    words.push(word);
  }
  return { kind: 'test', words, span: spanFrom(start, reader.position) };
}

function parseArithmetic(reader: ShellReader): ShellNode {
  const start = reader.position;
  skipBalanced(reader, '(', ')');
  return unknownNode(reader, start);
}

function parseSimple(reader: ShellReader): ShellNode {
  const start = reader.position;
  const assignments: ShellAssignment[] = [];
  const words: ShellWord[] = [];
  const redirections: ShellRedirection[] = [];
  let end = start;
  for (;;) {
    if (readRedirections(reader, redirections)) end = reader.position;
    const word = readWord(reader, 'command');
    if (word.span.end === word.span.start) break;
    const assignment = words.length === 0 ? assignmentOf(reader, word) : undefined;
    if (assignment) assignments.push(assignment);
    else words.push(word);
    end = reader.position;
    if (words.length === 1 && !assignment) {
      skipBlanks(reader);
      const name = literalText(word);
      if (name !== undefined && skipEmptyParentheses(reader)) return parseFunctionBody(reader, name, start);
    }
  }
  if (end === start) return missingCommand(reader);
  const span = spanFrom(start, end);
  const name = words[0] && literalText(words[0]);
  if (assignments.length === 0 && (name === '[' || name === 'test')) {
    const last = words.at(-1);
    const closed = name === '[' && last && literalText(last) === ']';
    return { kind: 'test', words: words.slice(1, closed ? -1 : undefined), span };
  }
  // Bodies of here-documents come later, so the list is handed on as it is.
  return { kind: 'command', assignments, words, ...(redirections.length > 0 ? { redirections } : {}), span };
}

function assignmentOf(reader: ShellReader, word: ShellWord): ShellAssignment | undefined {
  const first = word.parts[0];
  if (first?.kind !== 'literal' || first.quoted) return undefined;
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=/.exec(first.text);
  if (!match || !reader.text.startsWith(match[0], word.span.start)) return undefined;
  const start = word.span.start + match[0].length;
  const text = first.text.slice(match[0].length);
  const parts = [...word.parts.slice(1)];
  if (text !== '') parts.unshift({ ...first, text, span: { start, end: first.span.end } });
  if (parts.length === 0 && reader.text[reader.position] === '(') {
    skipBalanced(reader, '(', ')');
    const span = { start, end: reader.position };
    parts.push({ kind: 'unknown', text: reader.text.slice(start, span.end), quoted: false, span });
  }
  const value: ShellWord = { parts, span: { start, end: reader.position } };
  return { name: match[1] ?? '', append: match[2] === '+', value, span: spanFrom(word.span.start, reader.position) };
}

function expect(reader: ShellReader, word: string, start: number): void {
  skipSeparators(reader);
  if (reservedWord(reader) === word) reader.position += word.length;
  else addProblem(reader, `\`${word}\` is missing here.`, start, Math.max(start, reader.position));
}

/** Takes one token that fits nowhere. */
export function unexpected(reader: ShellReader): ShellUnknown {
  const start = reader.position;
  const length = caseEnd(reader)?.length ?? reservedWord(reader)?.length ?? 1;
  reader.position = Math.min(start + length, reader.text.length);
  addProblem(reader, 'A command is expected here.', start);
  return unknownNode(reader, start);
}

/** Where no command stands: what closes or separates commands is left to whoever waits for it. */
function missingCommand(reader: ShellReader): ShellUnknown {
  const start = reader.position;
  const reserved = reservedWord(reader);
  const character = reader.text[start] ?? '\n';
  if (!')\n;'.includes(character) && !(reserved !== undefined && CLOSING.has(reserved))) return unexpected(reader);
  addProblem(reader, 'A command is expected here.', start);
  return unknownNode(reader, start);
}

function restUnknown(reader: ShellReader): ShellUnknown {
  const start = reader.position;
  reader.position = reader.text.length;
  return unknownNode(reader, start);
}

function unknownNode(reader: ShellReader, start: number): ShellUnknown {
  return { kind: 'unknown', text: reader.text.slice(start, reader.position), span: spanFrom(start, reader.position) };
}

function spanFrom(start: number, end: number): Span {
  return { start, end };
}
