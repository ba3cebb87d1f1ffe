// Java properties files: `key=value`, `key: value` and `key value`, escapes, continued lines, and Spring's `#---` that
// starts another document. Placeholders such as `${PORT:8080}` are text here.

import type { Span } from '../base/text.ts';
import {
  linesOf,
  MAX_SETTINGS,
  MAX_SETTINGS_LENGTH,
  type SettingsEntry,
  type SettingsText,
  UNREAD_SETTINGS,
} from './settings.ts';

/** A line with those that continue it; `places` has the offset of each of its characters. */
interface LogicalLine {
  text: string;
  places: number[];
}

export function parseProperties(text: string): SettingsText {
  if (text.length > MAX_SETTINGS_LENGTH) return UNREAD_SETTINGS;
  const entries: SettingsEntry[] = [];
  let document = 0;
  let open: LogicalLine | undefined;
  const finish = () => {
    if (open) entries.push(entryOf(open, document));
    open = undefined;
  };
  for (const line of linesOf(text)) {
    const content = line.text.replace(/^[ \t\f]+/, '');
    const start = line.start + line.text.length - content.length;
    // https://docs.spring.io/spring-boot/reference/features/external-config.html
    if (!open && /^[#!]---[ \t]*$/.test(line.text)) document++;
    if (!open && (content === '' || /^[#!]/.test(content))) continue;
    open ??= { text: '', places: [] };
    const continued = isContinued(content);
    append(open, continued ? content.slice(0, -1) : content, start);
    if (continued) continue;
    finish();
    if (entries.length >= MAX_SETTINGS) return { entries, complete: false };
  }
  finish();
  return { entries, complete: true };
}

/** Whether an odd number of backslashes ends the line. */
function isContinued(line: string): boolean {
  let end = line.length;
  while (line[end - 1] === '\\') end--;
  return (line.length - end) % 2 === 1;
}

function append(line: LogicalLine, text: string, start: number): void {
  line.text += text;
  for (let i = 0; i < text.length; i++) line.places.push(start + i);
}

/** A key up to the first separator that no backslash escapes, the separator with the space around it, the value. */
function entryOf({ text, places }: LogicalLine, document: number): SettingsEntry {
  const keyEnd = keyEndOf(text);
  const separator = /^[ \t\f]*[=:]?[ \t\f]*/.exec(text.slice(keyEnd))?.[0].length ?? 0;
  const start = keyEnd + separator;
  return {
    key: decoded(text.slice(0, keyEnd)),
    text: decoded(text.slice(start)),
    span: spanOf(places, start, text.length),
    document,
  };
}

function keyEndOf(text: string): number {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (/[ \t\f=:]/.test(text[i] ?? '')) return i;
  }
  return text.length;
}

function spanOf(places: readonly number[], from: number, to: number): Span {
  const last = places.at(-1) ?? 0;
  const start = places[from] ?? last + 1;
  const end = places[to - 1];
  return { start, end: from < to && end !== undefined ? end + 1 : start };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function decoded(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|([\s\S]))/g, (_, code?: string, char?: string) =>
    code === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
