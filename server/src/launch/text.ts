// Small text helpers of the explanations this room gives.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import { basename, relativePath } from '../base/uri.ts';
import type { Step, Value } from '../facts/value.ts';

const LONGEST = 80;

/** One line, at most 80 units. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

export function step(at: Location, text: string): Step {
  return { at, text: shortened(text) };
}

/** A file as messages name it: its path below the build's folder where it lies there. */
export function shownPath(uri: Uri, folder: Uri | undefined): string {
  return (folder === undefined ? undefined : relativePath(folder, uri)) ?? basename(uri);
}

/** A word as it stands: its value, or the text that could not be decided. */
export function wordText(word: Value<string>): string {
  if (word.state === 'known') return word.value;
  return word.state === 'dynamic' ? word.text : '';
}

/** The last folder or file name of a container path. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
