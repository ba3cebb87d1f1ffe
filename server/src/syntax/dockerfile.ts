// Dockerfile text to instructions with offsets, as BuildKit divides it: escape directive, continued lines with comments
// between them, here-documents. What the instructions mean is `sources/dockerfile.ts`'s; their words are
// `dockerfileWords.ts`'s.

import { DockerfileParser } from 'dockerfile-ast';
import { LineMap, type Span } from '../base/text.ts';

/** Stands where a continued line joins two halves of one word. It is no character of that word. */
export const JOINT = '\0';

export interface DockerfileTree {
  /**
   * The file with continued line ends, and comments between continued lines, blanked out; as long as the file, so
   * offsets are the file's.
   */
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly instructions: readonly DockerfileInstruction[];
  readonly problems: readonly { readonly message: string; readonly span: Span }[];
}

export interface DockerfileInstruction {
  /** Upper case. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** From the keyword to the end of its last line, without here-documents. */
  readonly span: Span;
  /** Everything after the keyword without surrounding blanks. */
  readonly argument: Span;
  /** The lines of its here-documents, closing delimiters included. */
  readonly heredocs: Span | undefined;
}

/** Reads any text. */
export function parseDockerfile(text: string): DockerfileTree {
  const problems: { message: string; span: Span }[] = [];
  const escapeChar = escapeCharacter(text);
  const found = divide(text, escapeChar);
  if (found === undefined)
    problems.push({ message: 'This file cannot be read as a Dockerfile.', span: fileStart(text) });
  const pieces: string[] = [];
  const instructions: DockerfileInstruction[] = [];
  let done = 0;
  for (const range of found ?? []) {
    if (range.start < done) continue;
    const logical = joinLines(text, range.keywordEnd, range.end, escapeChar);
    pieces.push(text.slice(done, range.keywordEnd), logical.text);
    done = logical.end;
    instructions.push({
      keyword: range.keyword,
      keywordSpan: { start: range.start, end: range.keywordEnd },
      ...spans(logical.text, range.start, range.keywordEnd),
      heredocs: logical.next < range.end ? { start: logical.next, end: range.end } : undefined,
    });
  }
  pieces.push(text.slice(done));
  return { text: pieces.join(''), escape: escapeChar, instructions, problems };
}

interface InstructionRange {
  readonly keyword: string;
  readonly start: number;
  readonly keywordEnd: number;
  readonly end: number;
}

function divide(text: string, escapeChar: '\\' | '`'): readonly InstructionRange[] | undefined {
  // The parser takes the second of two escapes before a line end (`a \ \`) for an ordinary character.
  const blanked =
    escapeChar === '\\' ? text.replace(/\\(?=[ \t]+[^\s])/g, '_') : text.replace(/`(?=[ \t]+[^\s])/g, '_');
  const lines = new LineMap(text);
  try {
    return DockerfileParser.parse(blanked)
      .getInstructions()
      .map((instruction) => ({
        keyword: instruction.getKeyword(),
        start: lines.offsetAt(instruction.getRange().start),
        keywordEnd: lines.offsetAt(instruction.getInstructionRange().end),
        end: lines.offsetAt(instruction.getRange().end),
      }));
  } catch {
    return undefined;
  }
}

/** Directives stand in comments before everything else, blank lines included. */
function escapeCharacter(text: string): '\\' | '`' {
  for (const line of firstLines(text)) {
    const directive = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.*)$/.exec(line);
    if (!directive) return '\\';
    if (directive[1]?.toLowerCase() === 'escape') return directive[2]?.trim() === '`' ? '`' : '\\';
  }
  return '\\';
}

function firstLines(text: string): readonly string[] {
  return text.slice(0, 4000).split(/\r\n|\n|\r/, 20);
}

/**
 * The lines from `start` that one instruction is written on, continued line ends blanked. `end` is where they end,
 * `next` the offset after that line end.
 */
function joinLines(text: string, start: number, limit: number, escapeChar: string) {
  const pieces: string[] = [];
  let line = start;
  for (;;) {
    const end = lineEndFrom(text, line, limit);
    const next = Math.min(end + lineEndLength(text, end), limit);
    const content = text.slice(line, end);
    const trimmed = content.trimStart();
    const skipped = line > start && (trimmed === '' || trimmed.startsWith('#'));
    const escaped = skipped ? -1 : escapeOffset(content, escapeChar);
    if (!skipped && escaped < 0) {
      pieces.push(content);
      return { text: blankJoints(pieces.join('')), end, next };
    }
    const kept = skipped ? '' : content.slice(0, escaped);
    pieces.push(kept, JOINT.repeat(next - line - kept.length));
    if (next >= limit) return { text: blankJoints(pieces.join('')), end: limit, next: limit };
    line = next;
  }
}

/** Only between two halves of a word is a joint more than a blank. */
function blankJoints(text: string): string {
  return text.replace(/\0+/g, (joint, offset: number) => {
    const outside = isBlank(text[offset - 1] ?? ' ') || isBlank(text[offset + joint.length] ?? ' ');
    return outside ? ' '.repeat(joint.length) : joint;
  });
}

/** Where the escape that continues a line stands; blanks may follow it. */
function escapeOffset(line: string, escapeChar: string): number {
  const trimmed = line.trimEnd();
  return trimmed.endsWith(escapeChar) ? trimmed.length - 1 : -1;
}

function lineEndFrom(text: string, start: number, limit: number): number {
  let end = start;
  while (end < limit && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

function lineEndLength(text: string, offset: number): number {
  if (text[offset] === '\r') return text[offset + 1] === '\n' ? 2 : 1;
  return text[offset] === '\n' ? 1 : 0;
}

function spans(argument: string, start: number, keywordEnd: number): { span: Span; argument: Span } {
  let from = 0;
  let to = argument.length;
  while (from < to && isBlank(argument[from])) from++;
  while (to > from && isBlank(argument[to - 1])) to--;
  return {
    span: { start, end: keywordEnd + (to > from ? to : 0) },
    argument: { start: keywordEnd + from, end: keywordEnd + to },
  };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === JOINT || character === '\r' || character === '\n';
}

function fileStart(text: string): Span {
  return { start: 0, end: Math.min(1, text.length) };
}
