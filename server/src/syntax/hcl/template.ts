// Templates of HCL: quoted texts, heredocs and whole template files, into texts, interpolations and directives.
// https://developer.hashicorp.com/terraform/language/expressions/strings

import type { Span } from '../../base/text.ts';
import { type HclCursor, MAX_DEPTH } from './cursor.ts';
import type { HclExpression, HclString, HclTemplate, HclTemplatePart } from './tree.ts';

/** Reads an expression; newlines mean nothing inside an interpolation. */
export type ReadExpression = (cursor: HclCursor) => HclExpression;

/** Reads a quoted text, the cursor standing on its quote. */
export function readQuoted(cursor: HclCursor, read: ReadExpression): HclString | HclTemplate {
  const start = cursor.offset;
  const simple = simpleString(cursor);
  if (simple) return simple;
  cursor.offset = start + 1;
  const collector = new PartCollector(cursor, read, true);
  for (;;) {
    const code = cursor.char();
    if (code === 34 || cursor.atEnd || code === 10) break;
    collector.take();
  }
  const inner = { start: start + 1, end: cursor.offset };
  const parts = collector.parts();
  if (!cursor.take('"')) cursor.problem('The closing quote of this text is missing.', { start, end: cursor.offset });
  cursor.end = cursor.offset;
  return template(parts, { start, end: cursor.offset }, inner);
}

/** A text without escapes and interpolations, which most are. */
function simpleString(cursor: HclCursor): HclString | undefined {
  const { text, offset: start } = cursor;
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92 || code === 10) return undefined;
    if ((code === 36 || code === 37) && (text[i + 1] === '{' || text[i + 1] === text[i])) return undefined;
    if (code !== 34) continue;
    cursor.offset = i + 1;
    cursor.end = i + 1;
    return {
      kind: 'string',
      value: text.slice(start + 1, i),
      span: { start, end: i + 1 },
      inner: { start: start + 1, end: i },
    };
  }
  return undefined;
}

function template(parts: readonly HclTemplatePart[], span: Span, inner: Span): HclString | HclTemplate {
  const [only, second] = parts;
  if (only === undefined) return { kind: 'string', value: '', span, inner };
  // The parts of a text with escapes have places of their own.
  if (only.kind === 'text' && !second) return { kind: 'string', value: only.value, span, inner };
  return { kind: 'template', parts, span, inner };
}

const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;

/** Reads a heredoc, the cursor standing on `<<`; undefined where it is none. */
export function readHeredoc(cursor: HclCursor, read: ReadExpression): HclTemplate | undefined {
  HEREDOC.lastIndex = cursor.offset;
  const opening = HEREDOC.exec(cursor.text);
  if (!opening) return undefined;
  const [whole, dash = '', marker = ''] = opening;
  const start = cursor.offset;
  const bodyStart = start + whole.length;
  const close = heredocEnd(cursor.text, bodyStart, marker);
  cursor.offset = bodyStart;
  const collector = new PartCollector(cursor, read, false);
  while (cursor.offset < close.start && !cursor.atEnd) collector.take(close.start);
  const parts = collector.parts();
  if (close.end === close.start) cursor.problem(`The heredoc ${marker} has no end.`, { start, end: bodyStart });
  cursor.offset = Math.max(close.end, cursor.offset);
  cursor.end = cursor.offset;
  return {
    kind: 'template',
    parts: dash === '-' ? withoutIndentation(parts) : parts,
    span: { start, end: cursor.offset },
    inner: { start: bodyStart, end: Math.max(bodyStart, close.start) },
  };
}

/** The line that ends a heredoc: only blanks and the marker. */
function heredocEnd(text: string, from: number, marker: string): Span {
  for (let line = from; line < text.length; ) {
    const newline = text.indexOf('\n', line);
    const end = newline < 0 ? text.length : newline;
    let first = line;
    while (text[first] === ' ' || text[first] === '\t') first++;
    if (text.startsWith(marker, first) && text.slice(first + marker.length, end).trim() === '') {
      return { start: line, end: first + marker.length };
    }
    line = end + 1;
  }
  return { start: text.length, end: text.length };
}

/** `<<-` takes from each line as many blanks as the least indented one has. */
function withoutIndentation(parts: readonly HclTemplatePart[]): readonly HclTemplatePart[] {
  const lines = parts.flatMap((part) => (part.kind === 'text' ? splitLines(part) : [part]));
  const starts = lines.map((part, index) => part.kind === 'text' && startsLine(lines[index - 1]));
  const indents = lines.flatMap((part, index) =>
    part.kind === 'text' && starts[index] && !/^\s*\n$/.test(part.value) ? [indentation(part.value)] : [],
  );
  const common = indents.reduce((least, indent) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  if (common === 0) return parts;
  return lines.map((part, index) => {
    if (part.kind !== 'text' || !starts[index]) return part;
    const cut = Math.min(common, indentation(part.value));
    return { ...part, value: part.value.slice(cut), span: { start: part.span.start + cut, end: part.span.end } };
  });
}

/** Where a directive has stripped the line break, the next text starts no line. */
function startsLine(before: HclTemplatePart | undefined): boolean {
  return before === undefined || (before.kind === 'text' && before.value.endsWith('\n'));
}

function indentation(line: string): number {
  let count = 0;
  while (line[count] === ' ' || line[count] === '\t') count++;
  return count;
}

function splitLines(part: Extract<HclTemplatePart, { kind: 'text' }>): readonly HclTemplatePart[] {
  if (part.value.length !== part.span.end - part.span.start) return [part];
  const lines: HclTemplatePart[] = [];
  for (let start = 0; start < part.value.length; ) {
    const newline = part.value.indexOf('\n', start);
    const end = newline < 0 ? part.value.length : newline + 1;
    const span = { start: part.span.start + start, end: part.span.start + end };
    lines.push({ kind: 'text', value: part.value.slice(start, end), span });
    start = end;
  }
  return lines;
}

/** Reads a text that is a template as a whole, as `templatefile` does. */
export function readTemplate(cursor: HclCursor, read: ReadExpression): HclTemplate {
  const collector = new PartCollector(cursor, read, false);
  while (!cursor.atEnd) collector.take();
  const span = { start: 0, end: cursor.text.length };
  return { kind: 'template', parts: collector.parts(), span, inner: span };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Collects the parts of one template. */
class PartCollector {
  readonly #cursor: HclCursor;
  readonly #read: ReadExpression;
  readonly #escapes: boolean;
  readonly #parts: HclTemplatePart[] = [];
  #textStart: number;
  /** The next text loses its leading blanks: `~}`. */
  #strips = false;

  constructor(cursor: HclCursor, read: ReadExpression, escapes: boolean) {
    this.#cursor = cursor;
    this.#read = read;
    this.#escapes = escapes;
    this.#textStart = cursor.offset;
  }

  parts(): readonly HclTemplatePart[] {
    this.#flush();
    return this.#parts;
  }

  /** Takes one unit, escape, interpolation or directive; plain text up to `limit` is taken in one go. */
  take(limit = this.#cursor.text.length): void {
    const cursor = this.#cursor;
    const { text, offset } = cursor;
    const char = text[offset];
    if (this.#escapes && char === '\\') this.#escape();
    else if ((char === '$' || char === '%') && text[offset + 1] === char && text[offset + 2] === '{') {
      this.#put(`${char}{`, 3);
    } else if ((char === '$' || char === '%') && text[offset + 1] === '{') this.#sequence(char);
    else {
      cursor.offset++;
      while (cursor.offset < limit && !isSpecial(text.charCodeAt(cursor.offset))) cursor.offset++;
    }
  }

  #escape(): void {
    const { text, offset } = this.#cursor;
    const next = text[offset + 1] ?? '';
    const digits = next === 'u' ? 4 : next === 'U' ? 8 : 0;
    const hex = text.slice(offset + 2, offset + 2 + digits);
    if (digits > 0 && hex.length === digits && /^[0-9a-fA-F]+$/.test(hex)) {
      const point = Number.parseInt(hex, 16);
      this.#put(point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD', 2 + digits);
      return;
    }
    const value = ESCAPES[next];
    if (value !== undefined) {
      this.#put(value, 2);
      return;
    }
    this.#cursor.problem('This escape is not known.', { start: offset, end: offset + 2 });
    this.#cursor.offset += next === '\n' || next === '' ? 1 : 2;
  }

  #put(value: string, length: number): void {
    this.#flush();
    const start = this.#cursor.offset;
    this.#parts.push({ kind: 'text', value, span: { start, end: start + length } });
    this.#cursor.offset += length;
    this.#textStart = this.#cursor.offset;
    this.#strips = false;
  }

  #flush(): void {
    const end = this.#cursor.offset;
    let start = this.#textStart;
    const { text } = this.#cursor;
    if (this.#strips) start = strippedStart(text, start, end);
    if (start < end) this.#parts.push({ kind: 'text', value: text.slice(start, end), span: { start, end } });
    this.#textStart = end;
  }

  #sequence(mark: string): void {
    const cursor = this.#cursor;
    this.#flush();
    const start = cursor.offset;
    cursor.offset += 2;
    if (cursor.char() === 126) {
      cursor.offset++;
      this.#stripBefore();
    }
    if (cursor.depth >= MAX_DEPTH) {
      cursor.giveUp();
      return;
    }
    cursor.depth++;
    cursor.skip(true);
    const part = mark === '$' ? interpolation(cursor, this.#read) : directive(cursor, this.#read);
    cursor.skip(true);
    cursor.depth--;
    this.#strips = cursor.take('~');
    if (!cursor.take('}')) this.#unclosed(start);
    this.#parts.push({ ...part, span: { start, end: cursor.offset } });
    this.#textStart = cursor.offset;
  }

  #unclosed(start: number): void {
    const cursor = this.#cursor;
    cursor.problem('This interpolation is not closed.', { start, end: start + 2 });
    const stop = /[}"\n]/g;
    stop.lastIndex = Math.max(cursor.offset, start + 2);
    const found = stop.exec(cursor.text);
    cursor.offset = found ? found.index + (found[0] === '}' ? 1 : 0) : cursor.text.length;
  }

  #stripBefore(): void {
    const last = this.#parts.at(-1);
    if (last?.kind !== 'text' || last.value.length !== last.span.end - last.span.start) return;
    // Texts are taken line by line: of what stands in lines above nothing is stripped.
    const line = last.value.lastIndexOf('\n', last.value.length - 2) + 1;
    const value = last.value.slice(0, line) + last.value.slice(line).trimEnd();
    this.#parts.pop();
    if (value === '') return;
    this.#parts.push({ ...last, value, span: { start: last.span.start, end: last.span.start + value.length } });
  }
}

/** Behind `~}` the blanks go, up to the end of the line. */
function strippedStart(text: string, start: number, end: number): number {
  for (let offset = start; offset < end; offset++) {
    if (text[offset] === '\n') return offset + 1;
    if (!/\s/.test(text[offset] ?? '')) return offset;
  }
  return end;
}

function isSpecial(code: number): boolean {
  return code === 34 || code === 36 || code === 37 || code === 92 || code === 10;
}

type Unplaced<T> = T extends unknown ? Omit<T, 'span'> : never;

function interpolation(cursor: HclCursor, read: ReadExpression): Unplaced<HclTemplatePart> {
  return { kind: 'interpolation', expression: read(cursor) };
}

function directive(cursor: HclCursor, read: ReadExpression): Unplaced<HclTemplatePart> {
  const word = cursor.identifier();
  cursor.skip(true);
  switch (word) {
    case 'else':
    case 'endif':
    case 'endfor':
      return { kind: word };
    case 'for': {
      const names = forNames(cursor);
      return { kind: 'for', names, expression: read(cursor) };
    }
    case 'if':
      return { kind: 'if', expression: read(cursor) };
    default:
      cursor.problem('This directive is not known.');
      return {
        kind: 'interpolation',
        expression: { kind: 'unreadable', span: { start: cursor.offset, end: cursor.offset } },
      };
  }
}

/** `k, v in`, the cursor standing behind `for`. */
export function forNames(cursor: HclCursor): readonly string[] {
  const names: string[] = [];
  cursor.skip(true);
  for (let name = cursor.identifier(); name !== undefined && names.length < 2; name = cursor.identifier()) {
    names.push(name);
    cursor.skip(true);
    if (!cursor.take(',')) break;
    cursor.skip(true);
  }
  if (cursor.peekIdentifier() === 'in') cursor.identifier();
  else cursor.problem('The word "in" is missing here.');
  cursor.skip(true);
  return names;
}
