// HOCON, as far as settings of servers use it: nested keys, `key = value`, comments, `${?NAME}`. A key that is set twice
// has two entries; substitutions stay as they are written. https://github.com/lightbend/config/blob/main/HOCON.md

import {
  dotted,
  linesOf,
  MAX_SETTINGS,
  MAX_SETTINGS_LENGTH,
  type SettingsEntry,
  type SettingsText,
  UNREAD_SETTINGS,
} from './settings.ts';

const MAX_DEPTH = 30;

export function parseHocon(text: string): SettingsText {
  if (text.length > MAX_SETTINGS_LENGTH) return UNREAD_SETTINGS;
  const entries: SettingsEntry[] = [];
  const path: string[] = [];
  let complete = true;
  for (const line of linesOf(text)) {
    let rest = withoutComment(line.text);
    let offset = line.start;
    // One line may open, set and close.
    for (let part = 0; part < 50 && rest.trim() !== ''; part++) {
      const step = readPart(rest);
      if (step.kind === 'close') path.pop();
      else if (step.kind === 'open') {
        if (path.length >= MAX_DEPTH) return { entries, complete: false };
        path.push(step.key);
      } else if (step.kind === 'value' && entries.length < MAX_SETTINGS) {
        const start = offset + step.start;
        const key = [...path, step.key].filter(Boolean).reduce(dotted, '');
        entries.push({ key, text: step.text, span: { start, end: start + step.text.length }, document: 0 });
      } else complete = false;
      offset += step.length;
      rest = rest.slice(step.length);
    }
    if (/^\s*include\b/.test(line.text)) complete = false;
  }
  return { entries, complete };
}

type Part =
  | { readonly kind: 'open'; readonly key: string; readonly length: number }
  | { readonly kind: 'close'; readonly length: number }
  | {
      readonly kind: 'value';
      readonly key: string;
      readonly text: string;
      readonly start: number;
      readonly length: number;
    }
  | { readonly kind: 'other'; readonly length: number };

const SPACE = /^[\s,]*/;
const KEY = /^("[^"]*"|[\w.$-]+)[ \t]*([{:=])/;
const QUOTED = /^"([^"]*)"/;
/** Up to a comma, a closing brace or the end; the braces of a substitution belong to the value. */
const PLAIN = /^(?:\$\{[^}]*\}|[^,{}#])+/;

function readPart(rest: string): Part {
  const space = SPACE.exec(rest)?.[0].length ?? 0;
  const text = rest.slice(space);
  if (text.startsWith('}')) return { kind: 'close', length: space + 1 };
  if (text.startsWith('{')) return { kind: 'open', key: '', length: space + 1 };
  const found = KEY.exec(text);
  if (!found) return { kind: 'other', length: rest.length };
  const key = (found[1] ?? '').replace(/^"|"$/g, '');
  const after = space + found[0].length;
  if (found[2] === '{') return { kind: 'open', key, length: after };
  const value = rest.slice(after);
  const indent = value.length - value.trimStart().length;
  const start = after + indent;
  const body = value.slice(indent);
  if (body.startsWith('{')) return { kind: 'open', key, length: start + 1 };
  const quoted = QUOTED.exec(body);
  if (quoted?.[1] !== undefined) {
    return { kind: 'value', key, text: quoted[1], start: start + 1, length: start + quoted[0].length };
  }
  const plain = PLAIN.exec(body)?.[0].trimEnd() ?? '';
  return plain === ''
    ? { kind: 'other', length: rest.length }
    : { kind: 'value', key, text: plain, start, length: start + plain.length };
}

function withoutComment(line: string): string {
  const start = line.search(/#|(?<!:)\/\//);
  return start < 0 || line.slice(0, start).includes('"') ? line : line.slice(0, start);
}
