// `.env` files as dotenv reads them: quotes, `export`, comments, `${X}` of what stands above. Whether a program loads
// the file is for `launch/` to say.

import { type Location, locationOf, type SourceFile, type TextEdit } from '../base/text.ts';
import { basename, type Uri } from '../base/uri.ts';
import type { EnvironmentFile } from '../facts/configFile.ts';
import type { EditIntent } from '../facts/edit.ts';
import { dynamic, known, type Value } from '../facts/value.ts';
import { hasTemplate } from '../syntax/template.ts';
import type { Source } from './source.ts';

type Quote = '"' | "'" | '`' | '';

interface RawEntry {
  readonly name: string;
  readonly text: string;
  readonly quote: Quote;
  readonly at: Location;
}

export const environmentFile: Source = {
  id: 'environmentFile',
  discovery: 'onDemand',
  comment: '#',

  claims(uri) {
    return /^\.(?:flask)?env(?:\..+)?$|\.env$/.test(basename(uri)) ? 'yes' : 'no';
  },

  extract(file) {
    const fact: EnvironmentFile = {
      kind: 'environmentFile',
      at: locationOf(file.uri, 0, file.text.length),
      entries: expandAll(rawEntries(file)),
    };
    return { uri: file.uri, source: 'environmentFile', facts: [fact], problems: [] };
  },

  edit: editEnvironmentFile,
};

const ASSIGNMENT = /[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:[ \t])[ \t]*/y;

function rawEntries(file: SourceFile): readonly RawEntry[] {
  const { text, uri } = file;
  const entries: RawEntry[] = [];
  for (let line = 0; line < text.length; ) {
    ASSIGNMENT.lastIndex = line;
    const name = ASSIGNMENT.exec(text)?.[1];
    let end = line;
    if (name !== undefined) {
      const entry = rawValue(uri, text, name, ASSIGNMENT.lastIndex);
      entries.push(entry);
      end = entry.at.span.end;
    }
    const newline = text.indexOf('\n', end);
    line = newline < 0 ? text.length : newline + 1;
  }
  return entries;
}

function rawValue(uri: Uri, text: string, name: string, start: number): RawEntry {
  const quote = quoteAt(text, start);
  const close = quote === '' ? -1 : closingQuote(text, start + 1, quote);
  if (close > 0) {
    return { name, text: text.slice(start + 1, close), quote, at: locationOf(uri, start + 1, close) };
  }
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline < 0 ? text.length : newline);
  const value = (/^#|[ \t]#/.test(line) ? line.slice(0, line.search(/^#|[ \t]#/)) : line).trimEnd();
  return { name, text: value, quote: '', at: locationOf(uri, start, start + value.length) };
}

function quoteAt(text: string, offset: number): Quote {
  const char = text[offset];
  return char === '"' || char === "'" || char === '`' ? char : '';
}

/** The closing quote, on this line or, as dotenv allows, a few further down; -1 where there is none. */
function closingQuote(text: string, from: number, quote: Quote): number {
  const limit = Math.min(text.length, from + 10_000);
  for (let i = from; i < limit; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) return i;
  }
  return -1;
}

function expandAll(entries: readonly RawEntry[]): EnvironmentFile['entries'] {
  const values = new Map<string, Value<string>>();
  return entries.map((entry) => {
    const value = expand(entry, values);
    values.set(entry.name, value);
    return { name: entry.name, value };
  });
}

const VARIABLE = /\\[$nrt"\\]|\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function expand(entry: RawEntry, above: ReadonlyMap<string, Value<string>>): Value<string> {
  const { text, quote, at } = entry;
  if (quote === "'" || quote === '`') return known(text, at);
  let open = false;
  const expanded = text.replace(VARIABLE, (match, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    if (name === undefined) return quote === '"' ? (ESCAPES[match[1] ?? ''] ?? match.slice(1)) : match;
    const value = above.get(name);
    if (value?.state === 'known') return value.value;
    open = true;
    return match;
  });
  if (open) return dynamic(text, at, 'it depends on a variable that this file does not set');
  if (hasTemplate(text.replace(VARIABLE, '').replace(/"/g, "'"))) return dynamic(text, at, 'a template decides it');
  return known(expanded, at);
}

function editEnvironmentFile(file: SourceFile, intent: EditIntent): readonly TextEdit[] {
  if (intent.kind !== 'replace') return [];
  const { start, end } = intent.at.span;
  const entry = rawEntries(file).find(({ at }) => at.span.start <= start && end <= at.span.end);
  if (!entry) return [];
  return [{ span: intent.at.span, newText: quoted(String(intent.value), entry.quote) }];
}

function quoted(value: string, quote: Quote): string {
  if (quote === '"') return value.replace(/["\\$]/g, '\\$&').replace(/\n/g, '\\n');
  if (quote !== '') return value.replaceAll(quote, '');
  return /[\s#"'`$]/.test(value) ? `"${quoted(value, '"')}"` : value;
}
