// What a file says about one thing, and how surely. Unknown is a value: rules judge `known` and `absent` only.

import type { Location } from '../base/text.ts';

/** One place a value was decided by, as a person would explain it: `CMD ["python", "app.py"]`. */
export interface Step {
  readonly at: Location;
  readonly text: string;
}

/** `at` is the smallest token a reader would change to change the value: `5201`, the inside of the quotes of a string. */
export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  readonly at: Location;
  readonly trail?: readonly Step[];
  /** Of a text that was put together: its parts in order. */
  readonly pieces?: readonly Piece[];
}

/** What a text says from `start` to `end`. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly value: Known<string>;
}

/** Depends on a condition the files do not decide. `when` names the branch in words. */
export interface Choice<T> {
  readonly state: 'choice';
  readonly branches: readonly { readonly when: string; readonly value: Value<T> }[];
  readonly at: Location;
}

/** Said, but not decidable from the files. `text` is what stands there; `reason`, a clause, says why it stays open. */
export interface Dynamic {
  readonly state: 'dynamic';
  readonly text: string;
  readonly at: Location;
  readonly reason?: string;
  /** Of a text that was put together: its known parts in order. */
  readonly pieces?: readonly Piece[];
}

/** Not said by an owner that was read whole; `at` is that owner (its smallest naming token). */
export interface Absent {
  readonly state: 'absent';
  readonly at: Location;
}

export type Value<T> = Known<T> | Choice<T> | Dynamic | Absent;

/** A list of which every entry that can be seen is here. `complete` is false where a template or a merge may add more. */
export interface List<T> {
  readonly state: 'present' | 'absent';
  readonly items: readonly T[];
  readonly complete: boolean;
  /** The list's own place; the owner's naming token where it is absent. */
  readonly at: Location;
}

export function known<T>(value: T, at: Location, trail?: readonly Step[]): Known<T> {
  return trail && trail.length > 0 ? { state: 'known', value, at, trail } : { state: 'known', value, at };
}

export function dynamic(text: string, at: Location, reason?: string): Dynamic {
  return reason === undefined ? { state: 'dynamic', text, at } : { state: 'dynamic', text, at, reason };
}

export function absent(at: Location): Absent {
  return { state: 'absent', at };
}

export function absentList<T>(at: Location): List<T> {
  return { state: 'absent', items: [], complete: true, at };
}

/** A list that is there, or may be, and of which nothing can be seen. */
export function unseenList<T>(at: Location): List<T> {
  return { state: 'present', items: [], complete: false, at };
}

/** The value where it is known, else undefined. */
export function knownValue<T>(value: Value<T> | undefined): T | undefined {
  return value?.state === 'known' ? value.value : undefined;
}

/** The value, or what it means that nothing is written; undefined where the files do not decide it. */
export function orDefault<T>(value: Value<T>, fallback: T): T | undefined {
  return value.state === 'absent' ? fallback : knownValue(value);
}

export function isKnown<T>(value: Value<T> | undefined): value is Known<T> {
  return value?.state === 'known';
}

/** The same value reached by one more step. */
export function withStep<T>(value: Value<T>, step: Step): Value<T> {
  return value.state === 'known' ? { ...value, trail: [step, ...(value.trail ?? [])] } : value;
}

/** Maps a known value, and the branches of a choice; the place and the trail stay. */
export function mapValue<T, U>(value: Value<T>, map: (known: T) => U | undefined): Value<U> {
  switch (value.state) {
    case 'known': {
      const mapped = map(value.value);
      return mapped === undefined ? dynamic(String(value.value), value.at) : { ...value, value: mapped };
    }
    case 'choice':
      return {
        ...value,
        branches: value.branches.map((branch) => ({ when: branch.when, value: mapValue(branch.value, map) })),
      };
    default:
      return value;
  }
}

/**
 * The place of `text.slice(start, end)` of a known string. Where the file spells the string with escapes, so that its
 * place and its text differ in length, the place of the whole string. Of a text that was put together, the place in the
 * part that holds all of it.
 */
export function placeWithin(value: Known<string>, start: number, end: number): Location {
  const piece = value.pieces?.find((one) => one.start <= start && end <= one.end);
  if (piece) return placeWithin(piece.value, start - piece.start, end - piece.start);
  if (value.pieces) return value.at;
  const { uri, span } = value.at;
  if (span.end - span.start !== value.value.length) return value.at;
  return { uri, span: { start: span.start + start, end: span.start + end } };
}
