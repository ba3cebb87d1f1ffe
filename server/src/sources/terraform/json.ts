// JSON inside Terraform: what `jsonencode` writes into a text, and texts that are JSON read back into values whose places
// are those of the parts the text was made of.

import { type Location, locationOf, type Span, type TextRun } from '../../base/text.ts';
import { parseJson } from '../../syntax/json.ts';
import { spelledRuns } from '../../syntax/spelling.ts';
import { type TreeNode, tokenSpan } from '../../syntax/tree.ts';
import {
  joinParts,
  MAX_SIZE,
  type ObjectEntry,
  scalar,
  type TerraformValue,
  type TextPart,
  type TextPiece,
  textParts,
  unknown,
} from './values.ts';

// Writing

/** A value as the text of JSON. What is not known stays a part of its own. */
export function encodeJson(value: TerraformValue, at: Location): readonly TextPart[] {
  const output: TextPart[] = [];
  encodeInto(output, value, at, 0);
  return output;
}

function encodeInto(output: TextPart[], value: TerraformValue, at: Location, depth: number): void {
  const put = (text: string): void => void output.push({ kind: 'piece', text, at });
  if (output.length > MAX_SIZE || depth > 30) return;
  switch (value.kind) {
    case 'scalar':
      if (typeof value.value !== 'string') output.push(plainPiece(value));
      else encodeText(output, textParts(value) ?? [], at);
      return;
    case 'text':
      encodeText(output, value.parts, at);
      return;
    case 'list':
      put('[');
      for (const [index, item] of value.items.entries()) {
        if (index > 0) put(',');
        encodeInto(output, item, at, depth + 1);
      }
      if (!value.complete) output.push(unknown('…', at, 'more may be in it'));
      put(']');
      return;
    case 'object':
      put('{');
      for (const [index, entry] of value.entries.entries()) {
        put(`${index > 0 ? ',' : ''}${JSON.stringify(entry.key)}:`);
        encodeInto(output, entry.value, at, depth + 1);
      }
      if (value.unsaid !== undefined) output.push(unknown('…', at, value.unsaid));
      put('}');
      return;
    case 'unknown':
      output.push(value);
      return;
    default:
      output.push(unknown('…', value.at, 'it is not decided by the files'));
  }
}

function plainPiece(value: Extract<TerraformValue, { kind: 'scalar' }>): TextPiece {
  const { value: plain, kind: _, ...origin } = value;
  return { kind: 'piece', text: String(plain), ...origin, ...(plain === null ? {} : { plain }) };
}

function encodeText(output: TextPart[], parts: readonly TextPart[], at: Location): void {
  output.push({ kind: 'piece', text: '"', at });
  for (const part of parts) {
    output.push(part.kind === 'piece' ? { ...part, text: JSON.stringify(part.text).slice(1, -1) } : part);
  }
  output.push({ kind: 'piece', text: '"', at });
}

// Reading

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly part: TextPart;
}

/** A text of parts read as JSON; undefined where it is none. */
export function decodeJson(parts: readonly TextPart[], at: Location): TerraformValue | undefined {
  const reader = new TextReader(parts, at);
  const { root } = parseJson(reader.text);
  return root && reader.valueOf(root);
}

/** How a part that is not known stands in the text that is parsed: as a template, which JSON here may hold anywhere. */
function marker(index: number): string {
  return `\${u${index}}`;
}

class TextReader {
  readonly text: string;
  readonly #segments: readonly Segment[];
  readonly #at: Location;

  constructor(parts: readonly TextPart[], at: Location) {
    const segments: Segment[] = [];
    let text = '';
    for (const [index, part] of parts.entries()) {
      const start = text.length;
      text += part.kind === 'piece' ? part.text : marker(index);
      segments.push({ start, end: text.length, part });
    }
    this.text = text;
    this.#segments = segments;
    this.#at = at;
  }

  valueOf(node: TreeNode): TerraformValue {
    const at = this.#place(node.span);
    switch (node.kind) {
      case 'object': {
        const entries = node.entries.map(
          (entry): ObjectEntry => ({
            key: entry.key,
            keyAt: this.#place(entry.keySpan),
            value: this.valueOf(entry.value),
          }),
        );
        return {
          kind: 'object',
          entries,
          at,
          ...(node.complete ? {} : { unsaid: 'the text around it cannot be read whole' }),
        };
      }
      case 'array':
        return { kind: 'list', items: node.items.map((item) => this.valueOf(item)), complete: node.complete, at };
      case 'null':
        return scalar(null, at);
      case 'number':
        return this.#withOrigin(node.value, node.span);
      case 'boolean':
        return this.#withOrigin(node.value, node.span);
      case 'template':
        return this.#template(node.span, at, node.text);
      case 'string':
        return this.#string(node.value, tokenSpan(node));
    }
  }

  #template(span: Span, at: Location, text: string): TerraformValue {
    const [only, second] = this.#within(span);
    if (only?.part.kind === 'unknown' && !second && only.start === span.start && only.end === span.end)
      return only.part;
    return unknown(text, at, 'a template decides it');
  }

  #string(value: string, span: Span): TerraformValue {
    const segments = this.#within(span);
    const raw = this.text.slice(span.start, span.end);
    const [only, second] = segments;
    const isKnown = segments.every(({ part }) => part.kind === 'piece');
    const runs = isKnown ? spelledRuns(this.text, span, value, 'double') : undefined;
    if (runs) return joinParts(this.#spelled(value, span, runs), this.#place(span));
    if (!second && only?.part.kind !== 'unknown') return this.#withOrigin(value, span);
    if (segments.some(({ part }) => part.kind === 'unknown') || raw === value) {
      return joinParts(
        segments.map((segment) => cut(segment, span)),
        this.#place(span),
      );
    }
    return scalar(value, this.#place(span));
  }

  /** A string with escapes: what stands between them in pieces that have places of their own. */
  #spelled(value: string, span: Span, runs: readonly TextRun[]): readonly TextPart[] {
    const parts: TextPart[] = [];
    let written = span.start;
    let said = 0;
    for (const { start, end, at } of [...runs, { start: value.length, end: value.length, at: span.end }]) {
      if (said < start) {
        parts.push({ kind: 'piece', text: value.slice(said, start), at: this.#place({ start: written, end: at }) });
      }
      const run = { start: at, end: at + end - start };
      if (start < end) parts.push(...this.#within(run).map((segment) => cut(segment, run)));
      written = run.end;
      said = end;
    }
    return parts;
  }

  /** A value that one part alone decides comes from where that part comes from. */
  #withOrigin(value: string | number | boolean, span: Span): TerraformValue {
    const [only] = this.#within(span);
    const at = this.#place(span);
    if (only?.part.kind !== 'piece' || only.start !== span.start || only.end !== span.end) return scalar(value, at);
    const { trail, reference } = only.part;
    return {
      kind: 'scalar',
      value,
      at,
      ...(trail ? { trail } : {}),
      ...(reference === undefined ? {} : { reference }),
    };
  }

  /** The parts that a span touches. */
  #within(span: Span): readonly Segment[] {
    const segments = this.#segments;
    let low = 0;
    let high = segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((segments[middle]?.end ?? 0) <= span.start) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < segments.length && (segments[end]?.start ?? 0) < span.end) end++;
    return segments.slice(low, end);
  }

  #place(span: Span): Location {
    const segments = this.#within(span);
    const first = segments[0];
    const last = segments.at(-1);
    if (!first || !last) return this.#at;
    if (first === last) return placeInSegment(first, span);
    const start = written(first, { start: span.start, end: first.end });
    const end = written(last, { start: last.start, end: span.end });
    if (start.uri !== end.uri || start.span.start > end.span.end) return this.#at;
    return locationOf(start.uri, start.span.start, end.span.end);
  }
}

/** The place of a part of a segment, at its origin. */
function placeInSegment({ start, part }: Segment, span: Span): Location {
  const { uri, span: place } = part.at;
  if (part.kind !== 'piece' || place.end - place.start !== part.text.length) return part.at;
  return locationOf(uri, place.start + span.start - start, place.start + span.end - start);
}

/** The place of a part of a segment in the text that is read. */
function written(segment: Segment, span: Span): Location {
  return segment.part.written ?? placeInSegment(segment, span);
}

function cut(segment: Segment, span: Span): TextPart {
  const { part } = segment;
  if (part.kind !== 'piece') return part;
  const start = Math.max(segment.start, span.start);
  const end = Math.min(segment.end, span.end);
  const text = part.text.slice(start - segment.start, end - segment.start);
  return { ...part, text, at: placeInSegment(segment, { start, end }) };
}
