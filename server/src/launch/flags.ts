// Options of a command line: `--port 8000`, `--port=8000`, `-p 8000`, `-p8000`. Words that are open may hide options.

import type { Value } from '../facts/value.ts';
import { wordFrom } from './words.ts';

export interface FlagsOptions {
  /** Options that take a value: all spellings of each, the first is its name in the answer. */
  readonly valued: readonly (readonly string[])[];
  /** Valued options that do not matter. */
  readonly ignored?: readonly string[];
  /** Stop at the first word that is no option: what follows belongs to another command. */
  readonly stopsAtPositional?: boolean;
}

export interface Flags {
  /** Every value of an option, in order. */
  all(name: string): readonly Value<string>[];
  /** The last value of an option. */
  last(name: string): Value<string> | undefined;
  /** Whether a word is there as it stands: `--reload`. */
  has(...spellings: readonly string[]): boolean;
  readonly positionals: readonly Value<string>[];
  /** The first word that is wholly open, so that it may be any option. */
  readonly open: Value<string> | undefined;
  /** What is left, with `stopsAtPositional`. */
  readonly rest: readonly Value<string>[];
}

/** Reads the words behind the command. */
export function parseFlags(words: readonly Value<string>[], options: FlagsOptions): Flags {
  const names = new Map<string, string>();
  for (const spellings of options.valued) {
    for (const spelling of spellings) names.set(spelling, spellings[0] ?? spelling);
  }
  for (const spelling of options.ignored ?? []) names.set(spelling, spelling);
  const values = new Map<string, Value<string>[]>();
  const positionals: Value<string>[] = [];
  const plain = new Set<string>();
  let open: Value<string> | undefined;
  let index = 0;
  const add = (name: string, value: Value<string>) => values.set(name, [...(values.get(name) ?? []), value]);
  for (; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const text = word.state === 'known' ? word.value : word.state === 'dynamic' ? word.text : '';
    if (word.state !== 'known' && !/^--?\w/.test(text)) open ??= word;
    const option = matchOption(word, text, names);
    if (option?.value !== undefined) {
      add(option.name, option.value);
    } else if (option !== undefined) {
      const next = words[++index];
      if (next !== undefined) add(option.name, next);
    } else if (text.startsWith('-') && text !== '-' && text !== '--') {
      plain.add(text);
    } else {
      if (options.stopsAtPositional) break;
      if (text !== '--') positionals.push(word);
    }
  }
  return {
    all: (name) => values.get(name) ?? [],
    last: (name) => values.get(name)?.at(-1),
    has: (...spellings) => spellings.some((spelling) => plain.has(spelling)),
    positionals,
    open,
    rest: words.slice(index),
  };
}

interface Option {
  readonly name: string;
  /** Absent where the next word is the value. */
  readonly value?: Value<string>;
}

function matchOption(word: Value<string>, text: string, names: ReadonlyMap<string, string>): Option | undefined {
  if (!text.startsWith('-')) return undefined;
  const whole = names.get(text);
  if (whole !== undefined) return { name: whole };
  const equals = text.indexOf('=');
  const long = equals > 0 ? names.get(text.slice(0, equals)) : undefined;
  if (long !== undefined) return { name: long, value: wordFrom(word, equals + 1) };
  if (text.startsWith('--')) return undefined;
  const short = names.get(text.slice(0, 2));
  return short === undefined ? undefined : { name: short, value: wordFrom(word, 2) };
}
