// A place in an HCL text that moves on: blanks, comments, names and numbers. Collects the syntax problems.

import type { Span } from '../../base/text.ts';
import type { SyntaxProblem } from '../tree.ts';

const MAX_PROBLEMS = 20;

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export const MAX_DEPTH = 100;

export class HclCursor {
  readonly text: string;
  offset = 0;
  depth = 0;
  /** Behind the last thing that was read, before the blanks that follow it. */
  end = 0;
  /** The first of them. */
  readonly problems: SyntaxProblem[] = [];
  problemCount = 0;

  constructor(text: string, offset = 0) {
    this.text = text;
    this.offset = offset;
  }

  get atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  char(): number {
    return this.text.charCodeAt(this.offset);
  }

  /** Skips blanks and comments; newlines only where they mean nothing. */
  skip(newlines: boolean): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.offset);
      if (code === 32 || code === 9 || code === 13 || (code === 10 && newlines)) this.offset++;
      else if (code === 35 || (code === 47 && text.charCodeAt(this.offset + 1) === 47)) this.#skipLine();
      else if (code === 47 && text.charCodeAt(this.offset + 1) === 42) {
        const close = text.indexOf('*/', this.offset + 2);
        this.offset = close < 0 ? text.length : close + 2;
      } else if (code === 0xfeff) this.offset++;
      else return;
    }
  }

  #skipLine(): void {
    const newline = this.text.indexOf('\n', this.offset);
    this.offset = newline < 0 ? this.text.length : newline;
  }

  /** Whether the text goes on with this; then moves behind it. */
  take(word: string): boolean {
    if (!this.text.startsWith(word, this.offset)) return false;
    this.offset += word.length;
    this.end = this.offset;
    return true;
  }

  /** Whether a block that stands at the top of files only begins here: what is around it was not closed. */
  get atTopLevelBlock(): boolean {
    const { text, offset } = this;
    return (offset === 0 || text[offset - 1] === '\n') && startsTopLevelBlock(text, offset);
  }

  peekIdentifier(): string | undefined {
    IDENTIFIER.lastIndex = this.offset;
    return IDENTIFIER.exec(this.text)?.[0];
  }

  identifier(): string | undefined {
    const name = this.peekIdentifier();
    if (name !== undefined) this.take(name);
    return name;
  }

  number(): number | undefined {
    NUMBER.lastIndex = this.offset;
    const digits = NUMBER.exec(this.text)?.[0];
    if (digits === undefined) return undefined;
    this.take(digits);
    return Number(digits);
  }

  /** Moves to the end of the line, over what is bracketed. */
  skipToLineEnd(): void {
    let depth = 0;
    for (; !this.atEnd; this.offset++) {
      const char = this.text[this.offset];
      if (char === '\n' && depth === 0) break;
      if (char === '\n' && startsTopLevelBlock(this.text, this.offset + 1)) break;
      if (char === '{' || char === '[' || char === '(') depth++;
      else if (char === '}' || char === ']' || char === ')') {
        if (depth === 0) break;
        depth--;
      }
    }
    this.end = this.offset;
  }

  problem(
    message: string,
    span: Span = { start: this.offset, end: Math.min(this.offset + 1, this.text.length) },
  ): void {
    this.problemCount++;
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ span, message });
  }

  /** The text nests too deep to be read: nothing after this is. */
  giveUp(): void {
    this.problem('The file nests too deep to be read.');
    this.offset = this.text.length;
    this.end = this.offset;
  }
}

const TOP_LEVEL = /(?:resource|data|module|variable|output|provider)[ \t]+"|(?:locals|terraform)[ \t]*\{/y;

/** Whether a line begins, without indentation, a block that stands at the top of a file only. */
function startsTopLevelBlock(text: string, offset: number): boolean {
  TOP_LEVEL.lastIndex = offset;
  return TOP_LEVEL.test(text);
}
