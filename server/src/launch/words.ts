// Words of a command line whose text may come from several places: `0.0.0.0:${PORT}` is the script's text and a
// variable's value. A part of such a word still knows the place that decides it.

import type { Location } from '../base/text.ts';
import type { Known, Piece, Step, Value } from '../facts/value.ts';
import { dynamic, placeWithin } from '../facts/value.ts';

/** A known word; `pieces` are there where it was put together. */
export type Word = Known<string>;

/** Puts values together into one word; undefined where one of them is not known. */
export function joinWord(parts: readonly Known<string>[], whole: Location): Word {
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined) return only;
  const pieces: Piece[] = [];
  const trail: Step[] = [];
  let text = '';
  for (const value of parts) {
    pieces.push({ start: text.length, end: text.length + value.value.length, value });
    text += value.value;
    trail.push(...(value.trail ?? []));
  }
  return { state: 'known', value: text, at: whole, trail, pieces };
}

/** A part of a word, with the place and the trail of just that part. */
export function sliceWord(word: Word, start: number, end = word.value.length): Word {
  const value = word.value.slice(start, end);
  if (word.pieces === undefined) return { ...word, value, at: placeWithin(word, start, end) };
  const pieces: Piece[] = [];
  for (const piece of word.pieces) {
    const from = Math.max(start, piece.start);
    const to = Math.min(end, piece.end);
    if (from >= to) continue;
    const part = sliceWord(piece.value, from - piece.start, to - piece.start);
    pieces.push({ start: from - start, end: to - start, value: part });
  }
  const only = pieces.length === 1 ? pieces[0] : undefined;
  if (only !== undefined) return only.value;
  return { ...word, value, pieces };
}

/** The word from an offset on, also of one that is open. */
export function wordFrom(word: Value<string>, start: number): Value<string> {
  if (word.state === 'known') return sliceWord(word, start);
  return word.state === 'dynamic' ? dynamic(word.text.slice(start), word.at, word.reason) : word;
}
