// Configuration of one directive a line, words apart by blanks: Apache's httpd.conf, Caddyfile, haproxy.cfg. Comments,
// quotes and continued lines are read; blocks and what a line means are left to `launch/`.

import type { Span } from '../base/text.ts';

export interface ConfigLine {
  readonly words: readonly ConfigWord[];
  readonly span: Span;
  /** Whether it stands at the start of the line. */
  readonly indented: boolean;
}

/** A word without its quotes; `span` is the inside of them. */
export interface ConfigWord {
  readonly text: string;
  readonly span: Span;
}

const MAX_LINES = 20_000;

export function parseConfigLines(text: string): readonly ConfigLine[] {
  const lines: ConfigLine[] = [];
  let position = 0;
  while (position < text.length && lines.length < MAX_LINES) {
    const start = position;
    const words: ConfigWord[] = [];
    while (position < text.length && text[position] !== '\n') {
      const character = text[position] ?? '';
      if (character === '\\' && /^\r?\n/.test(text.slice(position + 1, position + 3))) {
        position = text.indexOf('\n', position) + 1;
      } else if (/\s/.test(character)) position++;
      else if (character === '#') {
        const newline = text.indexOf('\n', position);
        position = newline < 0 ? text.length : newline;
      } else {
        const word = readWord(text, position);
        words.push(word.word);
        position = word.end;
      }
    }
    position++;
    const [first] = words;
    const last = words.at(-1);
    if (first === undefined || last === undefined) continue;
    lines.push({ words, span: { start: first.span.start, end: last.span.end }, indented: first.span.start > start });
  }
  return lines;
}

function readWord(text: string, start: number): { readonly word: ConfigWord; readonly end: number } {
  const quote = text[start];
  if (quote === '"' || quote === '`' || quote === "'") {
    let end = start + 1;
    while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
    const inner = { start: start + 1, end: Math.min(end, text.length) };
    const after = text[end] === quote ? end + 1 : inner.end;
    return { word: { text: text.slice(inner.start, inner.end), span: inner }, end: after };
  }
  let end = start;
  while (end < text.length && !/\s/.test(text[end] ?? '')) end++;
  return { word: { text: text.slice(start, end), span: { start, end } }, end };
}
