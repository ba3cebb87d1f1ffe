// A few lines of a file with a place underlined, as compilers show them. Tabs, wide characters and very long lines come out
// aligned; nothing in the file can disturb the terminal.

import type { Span } from '../base/text.ts';
import type { Places } from './places.ts';
import type { Paint, Style } from './style.ts';
import { characterWidth, textWidth, visible } from './terminalText.ts';

export interface FrameOptions {
  readonly style: Style;
  readonly paint: Paint;
  /** Lines shown above and below. */
  readonly context: number;
  /** The sign under the place: `^` for the place itself, `-` for a related one. */
  readonly mark: '^' | '-';
  /** What stands behind the marks. */
  readonly label?: string;
  /** Cells of the line numbers' column. */
  readonly gutter: number;
}

const TAB = 4;
const MAXIMUM_WIDTH = 120;
const BEFORE_PLACE = 60;

export type Source = NonNullable<ReturnType<Places['source']>>;

/** Lines of a frame, without line ends. */
export function codeFrame(source: Source, span: Span, options: FrameOptions): readonly string[] {
  const { lines } = source;
  const start = lines.positionAt(span.start);
  const first = Math.max(0, start.line - options.context);
  const last = Math.min(lines.lineCount - 1, start.line + options.context);
  const result: string[] = [];
  const window = windowOf(source, span, start.line);
  for (let line = first; line <= last; line++) {
    const cut = cutLine(source, lines.lineSpan(line), window);
    const isPlace = line === start.line;
    if (!isPlace && line === last && cut.trim() === '') continue;
    result.push(`${gutter(options, String(line + 1))}${isPlace ? cut : options.style.dim(cut)}`.trimEnd());
    if (isPlace) result.push(gutter(options, '') + underline(source, span, window, options));
  }
  return result;
}

export function gutter({ style, gutter: width }: Pick<FrameOptions, 'style' | 'gutter'>, number: string): string {
  return `${style.blue(`${number.padStart(width)} │`)} `;
}

/** Cells needed for the line numbers around places. */
export function gutterWidth(lastLines: readonly number[]): number {
  return Math.max(2, ...lastLines.map((line) => String(line + 1).length));
}

/** How many units of each line are left out, so that a place far right in a long line is seen. */
function windowOf(source: Source, span: Span, line: number): number {
  const { start, end } = source.lines.lineSpan(line);
  if (end - start <= MAXIMUM_WIDTH || span.start - start <= BEFORE_PLACE) return 0;
  return span.start - start - BEFORE_PLACE;
}

function cutLine(source: Source, line: Span, skipped: number): string {
  const start = Math.min(line.start + skipped, line.end);
  const end = Math.min(line.end, start + MAXIMUM_WIDTH);
  const text = expand(source.text.slice(start, end));
  const before = skipped > 0 && line.end > line.start ? '…' : '';
  return `${before}${text}${end < line.end ? '…' : ''}`;
}

function underline(source: Source, span: Span, skipped: number, options: FrameOptions): string {
  const line = source.lines.lineSpan(source.lines.positionAt(span.start).line);
  const from = line.start + skipped;
  const end = Math.min(Math.max(span.end, span.start), line.end, from + MAXIMUM_WIDTH);
  const lead = expand(source.text.slice(from, Math.min(span.start, line.end)));
  const body = expand(source.text.slice(span.start, end), textWidth(lead));
  const indent = ' '.repeat(textWidth(lead) + (skipped > 0 ? 1 : 0));
  const marks = options.paint(options.mark.repeat(Math.max(1, textWidth(body))));
  // What already stands above the marks need not be said again.
  const isNews = options.label !== undefined && !source.text.slice(line.start, line.end).includes(options.label);
  const label = isNews ? ` ${options.paint(visible(options.label ?? ''))}` : '';
  return `${indent}${marks}${label}`;
}

/** Tabs become spaces up to the next stop, from a given cell on. */
function expand(text: string, from = 0): string {
  let result = '';
  let width = from;
  for (const character of text) {
    const shown = character === '\t' ? ' '.repeat(TAB - (width % TAB)) : visible(character);
    result += shown;
    width += character === '\t' ? shown.length : characterWidth(shown.codePointAt(0) ?? 0);
  }
  return result;
}
