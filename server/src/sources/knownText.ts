// A string of a file as a known value, with the places of its parts where the file spells it with escapes or over lines.

import { type Location, locationOf, type TextRun } from '../base/text.ts';
import { type Known, known } from '../facts/value.ts';

/** `runs` are the parts that stand in the file as they are; undefined where all of the text does. */
export function knownText(text: string, at: Location, runs: readonly TextRun[] | undefined): Known<string> {
  if (!runs) return known(text, at);
  const pieces = runs.map(({ start, end, at: offset }) => {
    return { start, end, value: known(text.slice(start, end), locationOf(at.uri, offset, offset + end - start)) };
  });
  return { ...known(text, at), pieces };
}
