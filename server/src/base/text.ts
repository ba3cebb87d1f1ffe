// Text and places in it. Offsets count UTF-16 units; lines and columns exist only in the adapters, which use `LineMap`.

import type { Uri } from './uri.ts';

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span of a file. */
export interface Location {
  readonly uri: Uri;
  readonly span: Span;
}

/** A file's text without its byte-order mark. */
export interface SourceFile {
  readonly uri: Uri;
  readonly text: string;
}

/** Of a string of which the file spells a part otherwise: `slice(start, end)` stands there as it is, from offset `at`. */
export interface TextRun {
  readonly start: number;
  readonly end: number;
  readonly at: number;
}

/** Replaces a span by new text. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** A text edit of a named file. */
export interface FileEdit extends TextEdit {
  readonly uri: Uri;
}

export function locationOf(uri: Uri, start: number, end: number): Location {
  return { uri, span: { start, end } };
}

export function sameLocation(a: Location, b: Location): boolean {
  return a.uri === b.uri && a.span.start === b.span.start && a.span.end === b.span.end;
}

/** Whether a place is a part of another, or is it. */
export function liesWithin(inner: Location, outer: Location): boolean {
  return inner.uri === outer.uri && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

export function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/**
 * Applies edits in one go. Edits that overlap an earlier one are dropped; equal edits count once.
 * Insertions at one offset keep their order.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let offset = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.span.start < offset) continue;
    result += text.slice(offset, edit.span.start) + edit.newText;
    offset = edit.span.end;
  }
  return result + text.slice(offset);
}

/** Edits by start, equal ones once. */
export function sortEdits<E extends TextEdit>(edits: readonly E[]): readonly E[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return sorted.filter((edit, index) => {
    const previous = sorted[index - 1];
    return !(
      previous &&
      previous.span.start === edit.span.start &&
      previous.span.end === edit.span.end &&
      previous.newText === edit.newText
    );
  });
}

/** How many units two texts have in common at their starts, and behind these at their ends. */
export function commonEnds(a: string, b: string): { readonly prefix: number; readonly suffix: number } {
  const shorter = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix + CHUNK <= shorter && a.slice(prefix, prefix + CHUNK) === b.slice(prefix, prefix + CHUNK))
    prefix += CHUNK;
  while (prefix < shorter && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  const rest = shorter - prefix;
  let suffix = 0;
  const tail = (text: string): string => text.slice(text.length - suffix - CHUNK, text.length - suffix);
  while (suffix + CHUNK <= rest && tail(a) === tail(b)) suffix += CHUNK;
  while (suffix < rest && a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix)) suffix++;
  return { prefix, suffix };
}

/** Whole pieces are compared faster than units. */
const CHUNK = 1024;

/** The line ending a text uses most visibly: that of its first line. */
export function lineEnding(text: string): '\r\n' | '\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** Zero-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and positions of one text. Lines end with LF, CRLF or CR. */
export class LineMap {
  readonly #starts: readonly number[];
  readonly #text: string;

  constructor(text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
    this.#text = text;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - (this.#starts[low] ?? 0) };
  }

  offsetAt(position: Position): number {
    const start = this.#starts[position.line];
    if (start === undefined) return position.line < 0 ? 0 : this.#text.length;
    const next = this.#starts[position.line + 1] ?? this.#text.length + 1;
    return Math.max(start, Math.min(start + position.character, next - 1, this.#text.length));
  }

  /** The span of a line without its line ending. */
  lineSpan(line: number): Span {
    const start = this.#starts[line] ?? this.#text.length;
    let end = this.#starts[line + 1] ?? this.#text.length;
    while (end > start && (this.#text[end - 1] === '\n' || this.#text[end - 1] === '\r')) end--;
    return { start, end };
  }
}
