// Converts between the editor's world and the engine's: percent-encoded addresses and lines with columns there, plain
// addresses and offsets here.

import type { DefinitionLink, Position, Range, Location as RangeLocation } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { LineMap, type Location, type Span } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';

/** The engine's form of an editor's address; undefined where no file of a workspace can be meant. */
export function fromEditorUri(editorUri: string): Uri | undefined {
  let parsed: URI;
  try {
    parsed = URI.parse(editorUri, true);
  } catch {
    return undefined;
  }
  const { scheme, authority, path, query } = parsed;
  if (!path.startsWith('/') || query !== '' || parsed.fragment !== '') return undefined;
  const lowerDrive = /^\/[A-Z]:/.test(path) ? `/${path.charAt(1).toLowerCase()}${path.slice(2)}` : path;
  const trimmed = lowerDrive.endsWith('/') ? lowerDrive.slice(0, -1) : lowerDrive;
  return `${scheme}://${authority}${trimmed}`;
}

/** The usual spelling of an address: that of VS Code. */
export function toEditorUri(uri: Uri): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(.*)$/is.exec(uri);
  if (!parts) return uri;
  const [, scheme = '', authority = '', path = ''] = parts;
  return URI.from({ scheme, authority, path: path === '' ? '/' : path }).toString();
}

/** What `Places` must know about the files. */
export interface TextSource {
  /** The text the engine knows. */
  text(uri: Uri): string | undefined;
  /** The spelling of a document's address by the editor that opened it. */
  editorUri(uri: Uri): string | undefined;
  /** Whether the editor counts a byte-order mark at the start of the document, which the engine does not. */
  startsWithMark(uri: Uri): boolean;
}

export interface Places {
  editorUri(uri: Uri): string;
  range(uri: Uri, span: Span): Range;
  location(at: Location): RangeLocation;
  link(from: Location, to: Location): DefinitionLink;
  offset(uri: Uri, position: Position): number | undefined;
}

const MAXIMUM_LINE_MAPS = 256;

export function createPlaces(source: TextSource): Places {
  const lineMaps = new Map<Uri, { readonly text: string; readonly lines: LineMap }>();

  function linesOf(uri: Uri): LineMap | undefined {
    const text = source.text(uri);
    if (text === undefined) return undefined;
    const cached = lineMaps.get(uri);
    if (cached?.text === text) return cached.lines;
    if (lineMaps.size >= MAXIMUM_LINE_MAPS) lineMaps.clear();
    const lines = new LineMap(text);
    lineMaps.set(uri, { text, lines });
    return lines;
  }

  const markShift = (uri: Uri, line: number): number => (line === 0 && source.startsWithMark(uri) ? 1 : 0);

  function position(uri: Uri, lines: LineMap | undefined, offset: number): Position {
    if (!lines) return { line: 0, character: 0 };
    const { line, character } = lines.positionAt(offset);
    return { line, character: character + markShift(uri, line) };
  }

  const editorUri = (uri: Uri): string => source.editorUri(uri) ?? toEditorUri(uri);

  function range(uri: Uri, span: Span): Range {
    const lines = linesOf(uri);
    return { start: position(uri, lines, span.start), end: position(uri, lines, span.end) };
  }

  return {
    editorUri,
    range,
    location: ({ uri, span }) => ({ uri: editorUri(uri), range: range(uri, span) }),
    link(from, to) {
      const target = range(to.uri, to.span);
      return {
        originSelectionRange: range(from.uri, from.span),
        targetUri: editorUri(to.uri),
        targetRange: target,
        targetSelectionRange: target,
      };
    },
    offset(uri, { line, character }) {
      return linesOf(uri)?.offsetAt({ line, character: Math.max(0, character - markShift(uri, line)) });
    },
  };
}
