// Files that stand in the Dockerfile itself: `COPY <<EOF /etc/nginx/nginx.conf`. Variables of the build are filled in
// where the delimiter is not quoted. https://docs.docker.com/reference/dockerfile/#here-documents

import { type Location, locationOf, type Span } from '../base/text.ts';
import type { InlineFile } from '../facts/dockerfile.ts';
import { dynamic, type Known, known, type Piece, type Value } from '../facts/value.ts';
import { plainText } from '../syntax/dockerfileWords.ts';
import { type ReadFile, type Scope, variable } from './dockerfileVariables.ts';

/** `openings` are the words `<<EOF`; `body` is everything below the instruction's line. */
export function inlineFiles(
  file: ReadFile,
  openings: readonly Span[],
  body: Span,
  scope: Scope,
): readonly InlineFile[] {
  const files: InlineFile[] = [];
  let start = body.start;
  for (const opening of openings) {
    const match = /^<<(-?)\s*(["']?)([\w.-]+)\2$/.exec(plainText(file.tree, opening));
    if (match === null) return files;
    const [, tabs, quote, name = ''] = match;
    const end = closingLine(file.tree.text, start, body.end, name, tabs === '-');
    const at = locationOf(file.uri, start, end.start);
    const written = known(file.tree.text.slice(start, end.start), at);
    files.push({
      name,
      text: quote === '' ? filledIn(written, scope, tabs === '-') : withoutTabs(written, tabs === '-'),
    });
    start = end.next;
  }
  return files;
}

function closingLine(text: string, from: number, limit: number, name: string, tabs: boolean) {
  for (let start = from; start < limit; ) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 || newline >= limit ? limit : newline + 1;
    const line = text.slice(start, next).replace(/\r?\n$/, '');
    if ((tabs ? line.replace(/^\t+/, '') : line) === name) return { start, next };
    start = next;
  }
  return { start: limit, next: limit };
}

/** Servers do not care for white space in front of a line. */
function withoutTabs(text: Known<string>, tabs: boolean): Known<string> {
  return tabs ? { ...text, value: text.value.replace(/^\t+/gm, '') } : text;
}

function filledIn(text: Known<string>, scope: Scope, tabs: boolean): Value<string> {
  if (!/[$\\]/.test(text.value)) return withoutTabs(text, tabs);
  const pieces: Piece[] = [];
  let result = '';
  const add = (value: Known<string>) => {
    if (value.value === '') return;
    pieces.push({ start: result.length, end: result.length + value.value.length, value });
    result += value.value;
  };
  const slice = (start: number, end: number): Known<string> =>
    known(text.value.slice(start, end), within(text.at, start, end));
  let offset = 0;
  for (const match of text.value.matchAll(/\\([$\\])|\$(?:\{(\w+)(?::?-([^}\n]*))?[^}\n]*\}|([A-Za-z_]\w*))/g)) {
    const [whole, escaped, braced, otherwise, bare] = match;
    const end = match.index + whole.length;
    add(slice(offset, match.index));
    offset = end;
    if (escaped !== undefined) {
      add(slice(end - 1, end));
      continue;
    }
    const name = braced ?? bare ?? '';
    const found = variable(scope, name)?.value;
    if (found === undefined || found.state === 'absent') add(known(otherwise ?? '', within(text.at, match.index, end)));
    else if (found.state === 'known') add(found);
    else return dynamic(text.value.slice(0, 60), text.at, `${name} in it is not decided by the Dockerfile`);
  }
  add(slice(offset, text.value.length));
  return { ...text, value: result, pieces };
}

function within({ uri, span }: Location, start: number, end: number): Location {
  return locationOf(uri, span.start + start, span.start + end);
}
