// The `sed` commands that builds and entry scripts edit configuration with: substitutions and deletions of lines, with
// literal text or simple patterns. Anything else leaves the edited text open.

import type { Known, Step, Value } from '../facts/value.ts';
import { dynamic, known } from '../facts/value.ts';
import type { FileCommand } from './launcher.ts';
import { wordText } from './text.ts';
import { joinWord, sliceWord } from './words.ts';

/** A `sed` command line. */
export interface SedCommand {
  readonly scripts: readonly Value<string>[];
  readonly files: readonly Value<string>[];
  readonly inPlace: boolean;
  readonly extended: boolean;
  readonly step: Step;
}

/** Undefined for options that are not known. */
export function readSedCommand(command: FileCommand): SedCommand | undefined {
  const scripts: Value<string>[] = [];
  const files: Value<string>[] = [];
  let inPlace = false;
  let extended = false;
  const words = command.words.slice(1);
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const text = wordText(word);
    if (text === '-e' || text === '--expression') {
      const script = words[++index];
      if (script !== undefined) scripts.push(script);
    } else if (/^(?:-i|--in-place)/.test(text)) inPlace = true;
    else if (/^-[Eri]+$/.test(text) || text === '--regexp-extended') {
      extended = true;
      inPlace ||= text.includes('i');
    } else if (/^-[su]$/.test(text)) continue;
    else if (/^-./.test(text)) return undefined;
    else files.push(word);
  }
  if (scripts.length === 0) {
    const script = files.shift();
    if (script !== undefined) scripts.push(script);
  }
  return { scripts, files, inPlace, extended, step: command.step };
}

export function edited(text: Value<string>, sed: SedCommand): Value<string> {
  let result = text;
  for (const script of sed.scripts) {
    if (result.state !== 'known') return result;
    result = applyScript(result, script, sed);
  }
  return result;
}

export function rewritten(step: Step, reason = `\`${step.text}\` rewrites it`): Value<string> {
  return dynamic(step.text, step.at, reason);
}

interface Edit {
  readonly address: RegExp | undefined;
  /** Undefined deletes the line. */
  readonly pattern: RegExp | undefined;
  readonly replacement: Known<string>;
}

function applyScript(text: Known<string>, script: Value<string>, sed: SedCommand): Value<string> {
  const given = known(wordText(script), script.at, [
    ...(script.state === 'known' ? (script.trail ?? []) : []),
    sed.step,
  ]);
  const edits = readScript(script.state === 'known' ? { ...script, trail: given.trail ?? [] } : given, sed.extended);
  if (edits === undefined) return rewritten(sed.step);
  if (script.state !== 'known') {
    // What is open stands in the replacement: it matters where the pattern fits.
    const isTouched = edits.some(
      ({ pattern }) => pattern === undefined || lines(text.value).some((line) => fits(pattern, line)),
    );
    const reason = script.state === 'dynamic' ? script.reason : undefined;
    return isTouched || edits.some(({ pattern }) => /\$/.test(pattern?.source ?? '$'))
      ? rewritten(sed.step, reason)
      : text;
  }
  return edits.reduce((result, edit) => applyEdit(result, edit), text);
}

function lines(text: string): readonly string[] {
  return text.split('\n');
}

function fits(pattern: RegExp, line: string): boolean {
  pattern.lastIndex = 0;
  return line.length <= LONGEST_LINE && pattern.test(line);
}

const LONGEST_LINE = 400;

function applyEdit(text: Known<string>, { address, pattern, replacement }: Edit): Known<string> {
  const parts: Known<string>[] = [];
  let kept = 0;
  let start = 0;
  for (const line of lines(text.value)) {
    const end = start + line.length;
    if (address === undefined || fits(address, line)) {
      if (pattern === undefined) {
        if (start > kept) parts.push(sliceWord(text, kept, start));
        kept = Math.min(end + 1, text.value.length);
      } else if (fits(pattern, line)) {
        pattern.lastIndex = 0;
        for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
          if (start + match.index > kept) parts.push(sliceWord(text, kept, start + match.index));
          parts.push(...filled(replacement, match, text, start));
          kept = start + match.index + match[0].length;
          if (!pattern.global || match[0] === '') break;
        }
      }
    }
    start = end + 1;
  }
  if (kept === 0 && parts.length === 0) return text;
  if (kept < text.value.length) parts.push(sliceWord(text, kept));
  return parts.length === 0 ? known('', text.at) : joinWord(parts, text.at);
}

/** The replacement with `&`, `\1` and escapes. */
function filled(
  replacement: Known<string>,
  match: RegExpExecArray,
  text: Known<string>,
  line: number,
): readonly Known<string>[] {
  const parts: Known<string>[] = [];
  let offset = 0;
  const take = (end: number) => {
    if (end > offset) parts.push(sliceWord(replacement, offset, end));
  };
  for (const special of replacement.value.matchAll(/\\([\s\S])|&/g)) {
    take(special.index);
    offset = special.index + special[0].length;
    const escaped = special[1];
    const group = special[0] === '&' ? 0 : /\d/.test(escaped ?? '') ? Number(escaped) : undefined;
    if (group !== undefined) {
      const value = match[group] ?? '';
      const at = group === 0 ? match.index : match.index + Math.max(0, match[0].indexOf(value));
      if (value !== '') parts.push(sliceWord(text, line + at, line + at + value.length));
    } else if (escaped === 'n' || escaped === 't') parts.push(known(escaped === 'n' ? '\n' : '\t', replacement.at));
    else parts.push(sliceWord(replacement, offset - 1, offset));
  }
  take(replacement.value.length);
  return parts;
}

/** `s/a/b/g; /x/d`, one or more; undefined for any other command. */
function readScript(script: Known<string>, extended: boolean): readonly Edit[] | undefined {
  const text = script.value;
  const edits: Edit[] = [];
  let position = 0;
  while (position < text.length) {
    if (/[\s;]/.test(text[position] ?? '')) {
      position++;
      continue;
    }
    const address = readAddress(text, position, extended);
    if (address === undefined) return undefined;
    const command = text[address.end];
    if (command === 'd') {
      if (address.pattern === undefined) return undefined;
      edits.push({ address: address.pattern, pattern: undefined, replacement: script });
      position = address.end + 1;
      continue;
    }
    if (command !== 's') return undefined;
    const delimiter = text[address.end + 1] ?? '';
    const first = delimited(text, address.end + 2, delimiter);
    const second = first === undefined ? undefined : delimited(text, first + 1, delimiter);
    if (first === undefined || second === undefined) return undefined;
    const flags = /^[gIi]*/.exec(text.slice(second + 1))?.[0] ?? '';
    position = second + 1 + flags.length;
    if (!/^\s*(?:;|$)/.test(text.slice(position))) return undefined;
    const source = unescapedDelimiter(text.slice(address.end + 2, first), delimiter);
    const pattern = toRegExp(source, extended, `${flags.includes('g') ? 'g' : ''}${/i/i.test(flags) ? 'i' : ''}`);
    if (pattern === undefined) return undefined;
    edits.push({ address: address.pattern, pattern, replacement: sliceWord(script, first + 1, second) });
  }
  return edits.length === 0 ? undefined : edits;
}

/** `/pattern/` before a command, or nothing. */
function readAddress(text: string, start: number, extended: boolean) {
  if (text[start] !== '/') return { pattern: undefined, end: start };
  const end = delimited(text, start + 1, '/');
  const pattern =
    end === undefined ? undefined : toRegExp(unescapedDelimiter(text.slice(start + 1, end), '/'), extended, '');
  return end === undefined || pattern === undefined ? undefined : { pattern, end: end + 1 };
}

/** The next delimiter that is not escaped. */
function delimited(text: string, start: number, delimiter: string): number | undefined {
  for (let index = start; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === delimiter) return index;
  }
  return undefined;
}

function unescapedDelimiter(text: string, delimiter: string): string {
  return /[\w\s\\]/.test(delimiter)
    ? text
    : text.replaceAll(`\\${delimiter}`, /[.*^$[\]]/.test(delimiter) ? `\\${delimiter}` : delimiter);
}

/** At most so many repetitions: the time on one line stays small. */
const MOST_REPETITIONS = 2;

/** A basic or extended regular expression in JavaScript's spelling; undefined for what is not simple. */
function toRegExp(source: string, extended: boolean, flags: string): RegExp | undefined {
  let pattern = '';
  let repetitions = 0;
  for (let index = 0; index < source.length; index++) {
    const character = source[index] ?? '';
    if (character === '[') {
      const set = /^\[\^?\]?(?:\[:\w{1,10}:\]|[^\]\n]){0,80}\]/.exec(source.slice(index, index + 200))?.[0];
      const converted = set === undefined ? undefined : toSet(set);
      if (set === undefined || converted === undefined) return undefined;
      pattern += converted;
      index += set.length - 1;
    } else if (character === '\\') {
      const next = source[++index];
      if (next === undefined) return undefined;
      if ('(){}|+?'.includes(next)) {
        if ('{}|'.includes(next) && !extended) return undefined;
        if (!extended && '+?'.includes(next)) repetitions++;
        pattern += extended ? `\\${next}` : next;
      } else if (/[sSwWbn]/.test(next)) pattern += `\\${next}`;
      else if (/[A-Za-z0-9<>]/.test(next)) return undefined;
      else pattern += `\\${next}`;
    } else if ('(){}|+?'.includes(character)) {
      if (extended && '+?{'.includes(character)) repetitions++;
      pattern += extended ? character : `\\${character}`;
    } else if (character === '*') {
      repetitions++;
      pattern += index === 0 ? '\\*' : '*';
    } else if (character === '^') pattern += index === 0 || extended ? '^' : '\\^';
    else if (character === '$') pattern += index === source.length - 1 || extended ? '$' : '\\$';
    else if (character === '/') pattern += '\\/';
    else pattern += character;
  }
  // A repeated group may take exponential time.
  if (repetitions > MOST_REPETITIONS || /\)[*+{]/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

const classes: Readonly<Record<string, string>> = {
  space: '\\s',
  blank: ' \\t',
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: 'A-Za-z0-9',
};

/** `[[:space:]]`, `[^;]`. */
function toSet(set: string): string | undefined {
  const inner = set.slice(1, -1);
  const negated = inner.startsWith('^');
  let isKnown = true;
  const body = inner.slice(negated ? 1 : 0).replaceAll(/\[:(\w+):\]|[\\\]]/g, (whole, name?: string) => {
    if (name === undefined) return `\\${whole}`;
    isKnown &&= Object.hasOwn(classes, name);
    return classes[name] ?? '';
  });
  return isKnown && body !== '' ? `[${negated ? '^' : ''}${body}]` : undefined;
}
