// INI files as Python's configparser, uWSGI, supervisor and PHP agree to read them: sections, `key = value`, comments,
// continued lines. Quotes and interpolation are left to whoever knows the program.

import {
  dotted,
  type Line,
  linesOf,
  MAX_SETTINGS,
  MAX_SETTINGS_LENGTH,
  type SettingsEntry,
  type SettingsText,
  UNREAD_SETTINGS,
} from './settings.ts';

interface Open {
  readonly key: string;
  readonly indent: number;
  readonly start: number;
  end: number;
  text: string;
}

export function parseIni(text: string): SettingsText {
  if (text.length > MAX_SETTINGS_LENGTH) return UNREAD_SETTINGS;
  const entries: SettingsEntry[] = [];
  let section = '';
  let open: Open | undefined;
  let complete = true;
  const finish = () => {
    if (open) entries.push({ key: open.key, text: open.text, span: { start: open.start, end: open.end }, document: 0 });
    open = undefined;
  };
  for (const line of linesOf(text)) {
    const content = line.text.trim();
    if (content === '' || /^[;#!]/.test(content)) continue;
    const indent = line.text.length - line.text.trimStart().length;
    if (open && indent > open.indent) {
      const more = withoutComment(content);
      open.text += open.text === '' ? more : `\n${more}`;
      open.end = line.start + indent + more.length;
      continue;
    }
    finish();
    if (entries.length >= MAX_SETTINGS) return { entries, complete: false };
    const header = sectionName(content);
    if (header !== undefined) section = header;
    else if (content.startsWith('[')) complete = false;
    else open = entryOn(line, indent, section);
  }
  finish();
  return { entries, complete };
}

function sectionName(content: string): string | undefined {
  const close = content.startsWith('[') ? content.indexOf(']') : -1;
  return close < 0 ? undefined : content.slice(1, close).trim();
}

function entryOn(line: Line, indent: number, section: string): Open {
  const separator = line.text.search(/[=:]/);
  const name = withoutComment(separator < 0 ? line.text.slice(indent) : line.text.slice(indent, separator));
  const after = separator < 0 ? line.text.length : separator + 1;
  const rest = line.text.slice(after);
  const value = withoutComment(rest.trim());
  const start = line.start + after + (value === '' ? 0 : rest.length - rest.trimStart().length);
  return { key: dotted(section, name.trim()), indent, start, end: start + value.length, text: value };
}

/** `;` behind white space starts a comment. */
function withoutComment(value: string): string {
  const comment = value.startsWith(';') ? 0 : value.search(/[ \t];/);
  return comment < 0 ? value : value.slice(0, comment).trimEnd();
}
