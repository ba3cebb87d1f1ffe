// Offsets to what people read: a path, a line and a column, each counted from one.

import { LineMap, type Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';

/** One-based; columns count UTF-16 units. */
export interface Point {
  readonly line: number;
  readonly column: number;
}

export interface Place {
  readonly file: string;
  readonly start: Point;
  /** Exclusive. */
  readonly end: Point;
}

export interface Places {
  of(at: Location): Place;
  pathOf(uri: Uri): string;
  /** Absent for a file that could not be read. */
  source(uri: Uri): { readonly text: string; readonly lines: LineMap } | undefined;
}

export function createPlaces(textOf: (uri: Uri) => string | undefined, pathOf: (uri: Uri) => string): Places {
  const sources = new Map<Uri, { readonly text: string; readonly lines: LineMap } | undefined>();
  const source = (uri: Uri): { readonly text: string; readonly lines: LineMap } | undefined => {
    if (!sources.has(uri)) {
      const text = textOf(uri);
      sources.set(uri, text === undefined ? undefined : { text, lines: new LineMap(text) });
    }
    return sources.get(uri);
  };
  const point = (lines: LineMap | undefined, offset: number): Point => {
    const position = lines?.positionAt(offset) ?? { line: 0, character: 0 };
    return { line: position.line + 1, column: position.character + 1 };
  };
  return {
    pathOf,
    source,
    of(at) {
      const lines = source(at.uri)?.lines;
      return { file: pathOf(at.uri), start: point(lines, at.span.start), end: point(lines, at.span.end) };
    },
  };
}

/** `ecs/task-definition.json:13:28`. */
export function placeInWords(place: Place): string {
  return `${place.file}:${place.start.line}:${place.start.column}`;
}
