// What INI, properties and TOML files are read into: dotted keys with the place of each value. The three readers share
// its words and bounds, and say nothing about what a key means.

import type { Span } from '../base/text.ts';

export interface SettingsText {
  readonly entries: readonly SettingsEntry[];
  /** False where something could not be read, so that more may be said than the entries. */
  readonly complete: boolean;
}

export interface SettingsEntry {
  readonly key: string;
  /** Escapes decoded, without quotes where the format has them. */
  readonly text: string;
  /** The inside of the quotes. */
  readonly span: Span;
  readonly document: number;
}

/** No honest settings file is longer or has more entries. */
export const MAX_SETTINGS_LENGTH = 1_000_000;
export const MAX_SETTINGS = 20_000;

export const UNREAD_SETTINGS: SettingsText = { entries: [], complete: false };

export interface Line {
  readonly text: string;
  readonly start: number;
}

/** The lines of a text without their ends. */
export function* linesOf(text: string): Generator<Line> {
  const pattern = /\r\n|\n|\r/g;
  let start = 0;
  for (let end = pattern.exec(text); end; end = pattern.exec(text)) {
    yield { text: text.slice(start, end.index), start };
    start = pattern.lastIndex;
  }
  if (start < text.length) yield { text: text.slice(start), start };
}

/** `section.key`, or the key alone. */
export function dotted(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`;
}
