// Where the characters of a string stand in the file, although the file spells some of them otherwise: escapes, doubled
// quotes, folded and indented lines.

import type { Span, TextRun } from '../base/text.ts';

/** How a string is written: with backslashes, with doubled single quotes, or neither. */
export type Quoting = 'double' | 'single' | 'none';

const escaped = /\\(?:u\{[\dA-Fa-f]{1,6}\}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|x[\dA-Fa-f]{2}|\r?\n[ \t]*|.)/suy;
const blank = /[ \t\r\n]+/y;

/** The runs of a string that stands at `inner`. Undefined where nothing is spelled otherwise, and where that cannot be told. */
export function spelledRuns(
  text: string,
  inner: Span,
  value: string,
  quoting: Quoting,
): readonly TextRun[] | undefined {
  const offset = inner.start;
  if (inner.end - offset === value.length) return undefined;
  const raw = text.slice(offset, inner.end);
  const runs: TextRun[] = [];
  let written = 0;
  let said = 0;
  while (said < value.length) {
    const start = said;
    while (said < value.length && isPlain(raw, written, quoting) && raw[written] === value[said]) {
      written += 1;
      said += 1;
    }
    if (said > start) runs.push({ start, end: said, at: offset + written - (said - start) });
    if (said === value.length) break;
    const step = otherwise(raw, written, value, said, quoting);
    if (!step) return undefined;
    written += step.written;
    said += step.said;
  }
  return runs;
}

function isPlain(raw: string, index: number, quoting: Quoting): boolean {
  return !(quoting === 'double' && raw[index] === '\\') && raw[index] !== '\n' && raw[index] !== '\r';
}

interface SpelledStep {
  readonly written: number;
  readonly said: number;
}

/** What stands here in the file that is not what it says. */
function otherwise(
  raw: string,
  written: number,
  value: string,
  said: number,
  quoting: Quoting,
): SpelledStep | undefined {
  if (quoting === 'double' && raw[written] === '\\') {
    const spelled = matchAt(escaped, raw, written);
    return spelled === '' ? undefined : { written: spelled.length, said: lengthSaid(spelled, value, said) };
  }
  // `''` says one quote, and the first of the two was taken for it.
  if (quoting === 'single' && raw[written] === "'" && raw[written - 1] === "'") return { written: 1, said: 0 };
  const indentation = matchAt(blank, raw, written);
  return indentation === '' ? undefined : { written: indentation.length, said: matchAt(blank, value, said).length };
}

function lengthSaid(spelled: string, value: string, said: number): number {
  if (/^\\\r?\n/.test(spelled)) return 0;
  // `\u` of four digits is one half of a pair.
  return /^\\(?:U|u\{)/.test(spelled) ? String.fromCodePoint(value.codePointAt(said) ?? 0).length : 1;
}

function matchAt(pattern: RegExp, text: string, index: number): string {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? '';
}
