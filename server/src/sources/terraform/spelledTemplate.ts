// A template in a JSON string that is spelled with escapes, `"${jsonencode([{\\"name\\" = …}])}"`: read as what the string
// says, and then put where it stands.

import type { Span, TextRun } from '../../base/text.ts';
import type { HclTemplate, HclTemplatePart } from '../../syntax/hcl/tree.ts';
import { parseHclTemplateIn } from '../../syntax/hcl.ts';

/** `runs` are the parts of the string that stand in the file as they are. */
export function spelledTemplate(value: string, runs: readonly TextRun[]): HclTemplate {
  const read = parseHclTemplateIn(value, { start: 0, end: value.length });
  const parts = read.parts.flatMap((part) => (part.kind === 'text' ? splitText(part, runs) : [part]));
  return placed({ ...read, parts }, (offset) => offsetIn(runs, offset));
}

/** A text in pieces that each stand in the file as they are, or are one escape. */
function splitText(
  part: Extract<HclTemplatePart, { kind: 'text' }>,
  runs: readonly TextRun[],
): readonly HclTemplatePart[] {
  const { span, value } = part;
  if (value.length !== span.end - span.start) return [part];
  const cuts = runs.flatMap(({ start, end }) => [start, end]).filter((cut) => span.start < cut && cut < span.end);
  const borders = [span.start, ...new Set(cuts), span.end];
  return borders.slice(1).map((end, index) => {
    const start = borders[index] ?? span.start;
    return { kind: 'text', value: value.slice(start - span.start, end - span.start), span: { start, end } };
  });
}

/** The offset in the file; of what is written as an escape, that of the escape. */
function offsetIn(runs: readonly TextRun[], offset: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const run = runs[low];
  return run ? run.at + Math.min(offset, run.end) - run.start : offset;
}

/** The same tree with its spans elsewhere. Trees are plain data in which nothing but spans has these two keys. */
function placed<T>(part: T, place: (offset: number) => number): T {
  if (Array.isArray(part)) return part.map((item: unknown) => placed(item, place)) as T;
  if (typeof part !== 'object' || part === null) return part;
  if (isSpan(part)) return { ...part, start: place(part.start), end: place(part.end) };
  return Object.fromEntries(Object.entries(part).map(([key, held]) => [key, placed(held, place)])) as T;
}

function isSpan(part: object): part is Span {
  return 'start' in part && 'end' in part && typeof part.start === 'number' && typeof part.end === 'number';
}
