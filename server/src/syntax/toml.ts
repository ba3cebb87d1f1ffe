// TOML files: tables, arrays of tables, dotted keys, strings of all four kinds, inline tables and arrays. A statement
// that cannot be read is skipped up to the next line, and the file is no longer complete. https://toml.io/en/v1.0.0

import type { Span } from '../base/text.ts';
import {
  dotted,
  MAX_SETTINGS,
  MAX_SETTINGS_LENGTH,
  type SettingsEntry,
  type SettingsText,
  UNREAD_SETTINGS,
} from './settings.ts';

const MAX_DEPTH = 50;

export function parseToml(text: string): SettingsText {
  return text.length > MAX_SETTINGS_LENGTH ? UNREAD_SETTINGS : new TomlReader(text).read();
}

class TomlReader {
  readonly #text: string;
  readonly #entries: SettingsEntry[] = [];
  /** How many tables each array of tables has so far. */
  readonly #tables = new Map<string, number>();
  #offset = 0;
  #complete = true;
  /** Quotes of long strings that are nowhere closed, so that the rest of the text is searched only once. */
  readonly #unclosed = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  read(): SettingsText {
    let table = '';
    for (this.#skipBlank(); this.#offset < this.#text.length; this.#skipBlank()) {
      if (this.#entries.length >= MAX_SETTINGS) return { entries: this.#entries, complete: false };
      const header = this.#text[this.#offset] === '[';
      const read = header ? this.#header() : this.#pair(table, 0);
      if (header && typeof read === 'string') table = read;
      if (read === undefined || !this.#atLineEnd()) this.#skipBroken();
    }
    return { entries: this.#entries, complete: this.#complete };
  }

  /** `[a.b]` and `[[a.b]]`: the prefix of the keys below. */
  #header(): string | undefined {
    const several = this.#text.startsWith('[[', this.#offset);
    this.#offset += several ? 2 : 1;
    const names = this.#key();
    if (!names || !this.#take(several ? ']]' : ']')) return undefined;
    let path = '';
    names.forEach((name, index) => {
      path = dotted(path, name);
      if (several && index === names.length - 1) this.#tables.set(path, (this.#tables.get(path) ?? 0) + 1);
      const count = this.#tables.get(path);
      if (count !== undefined) path += `[${count - 1}]`;
    });
    return path;
  }

  /** `a.b = value`; whether it could be read. */
  #pair(prefix: string, depth: number): true | undefined {
    const names = this.#key();
    if (!names || !this.#take('=')) return undefined;
    this.#skipSpace();
    return this.#value(names.reduce(dotted, prefix), depth);
  }

  #key(): readonly string[] | undefined {
    const names: string[] = [];
    do {
      this.#skipSpace();
      const quoted = this.#string();
      const name = quoted?.text ?? this.#match(/[A-Za-z0-9_-]+/y);
      if (name === undefined || names.length >= MAX_DEPTH) return undefined;
      names.push(name);
      this.#skipSpace();
    } while (this.#take('.'));
    return names;
  }

  #value(key: string, depth: number): true | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const char = this.#text[this.#offset];
    if (char === '[') return this.#items(']', (index) => this.#value(`${key}[${index}]`, depth + 1));
    if (char === '{') return this.#items('}', () => this.#pair(key, depth + 1));
    const start = this.#offset;
    const string = this.#string();
    if (string) return this.#add(key, string.text, string.inner);
    const bare = this.#match(/[^\s,#\]}[{="']+(?: \d\d:\d\d[^\s,#\]}]*)?/y);
    return bare === undefined ? undefined : this.#add(key, bare, { start, end: this.#offset });
  }

  #add(key: string, text: string, span: Span): true {
    if (this.#entries.length < MAX_SETTINGS) this.#entries.push({ key, text, span, document: 0 });
    else this.#complete = false;
    return true;
  }

  /** What stands between brackets or braces, with commas between. */
  #items(close: string, read: (index: number) => true | undefined): true | undefined {
    this.#offset++;
    for (let index = 0; ; index++) {
      this.#skipBlank();
      if (this.#take(close)) return true;
      if (!read(index)) return undefined;
      this.#skipBlank();
      if (this.#take(',')) continue;
      return this.#take(close) ? true : undefined;
    }
  }

  #string(): { text: string; inner: Span } | undefined {
    const quote = this.#text[this.#offset];
    if (quote !== '"' && quote !== "'") return undefined;
    const long = this.#text.startsWith(quote.repeat(3), this.#offset);
    const start = this.#offset + (long ? 3 : 1);
    const end = this.#closing(quote, long, start);
    if (end === undefined) return undefined;
    this.#offset = end + (long ? 3 : 1);
    const raw = long ? this.#text.slice(start, end).replace(/^\r?\n/, '') : this.#text.slice(start, end);
    return { text: quote === '"' ? decoded(raw) : raw, inner: { start, end } };
  }

  #closing(quote: string, long: boolean, start: number): number | undefined {
    if (long && this.#unclosed.has(quote)) return undefined;
    for (let i = start; i < this.#text.length; i++) {
      const char = this.#text[i];
      if (char === '\\' && quote === '"') i++;
      else if (char === '\n' && !long) return undefined;
      else if (
        char === quote &&
        (!long || (this.#text.startsWith(quote.repeat(3), i) && this.#text[i + 3] !== quote))
      ) {
        return i;
      }
    }
    this.#unclosed.add(quote);
    return undefined;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#offset = pattern.lastIndex;
    return found;
  }

  #take(word: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(word, this.#offset)) return false;
    this.#offset += word.length;
    return true;
  }

  #skipSpace(): void {
    this.#match(/[ \t]*/y);
  }

  /** Over spaces, line ends and comments. */
  #skipBlank(): void {
    this.#match(/(?:\s+|#[^\n]*)*/y);
  }

  #atLineEnd(): boolean {
    this.#match(/[ \t]*(?:#[^\n]*)?/y);
    return this.#offset >= this.#text.length || /[\r\n]/.test(this.#text[this.#offset] ?? '');
  }

  #skipBroken(): void {
    this.#complete = false;
    this.#match(/[^\n]*/y);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b' };

function decoded(raw: string): string {
  return raw.replace(
    /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^\S\n]*\n\s*)|([\s\S]))/g,
    (_, short?: string, long?: string, newline?: string, char?: string) => {
      if (newline !== undefined) return '';
      if (char !== undefined) return ESCAPES[char] ?? char;
      const code = Number.parseInt(short ?? long ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}
