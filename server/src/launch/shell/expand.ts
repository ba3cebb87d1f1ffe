// Words as the shell expands them: variables, defaults, `"$@"`, field splitting. What cannot be known stays open.

import type { Location } from '../../base/text.ts';
import type { Known, Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import type { ShellVariable, ShellWord, WordPart } from '../../syntax/shellWords.ts';
import { literalText, textSpan } from '../../syntax/shellWords.ts';
import { explained } from '../environment.ts';
import type { Word } from '../words.ts';
import { joinWord, sliceWord } from '../words.ts';
import type { ShellState, ShellText } from './state.ts';
import { variable } from './state.ts';

/** All words of a command. A variable that is surely not set and stands alone gives no word. */
export function expandWords(
  words: readonly ShellWord[],
  state: ShellState,
  source: ShellText,
): readonly Value<string>[] {
  const expanded: Value<string>[] = [];
  words.forEach((word, index) => {
    const fields = expandWord(word, state, source);
    const isValue = index > 0 && (literalText(words[index - 1] ?? word) ?? '').startsWith('-');
    if (fields.length === 0 && isValue) expanded.push(unsetWord(word, source));
    else expanded.push(...fields);
  });
  return expanded;
}

function unsetWord(word: ShellWord, source: ShellText): Value<string> {
  const text = source.text.slice(word.span.start, word.span.end);
  const name = /\w+/.exec(text)?.[0] ?? text;
  return dynamic(text, source.locate(word.span), `${name} is empty, and nothing in view sets it`);
}

function expandWord(word: ShellWord, state: ShellState, source: ShellText): readonly Value<string>[] {
  const only = word.parts.length === 1 ? word.parts[0] : undefined;
  if (only?.kind === 'variable' && (only.name === '@' || (only.name === '*' && !only.quoted))) {
    return state.positional.slice(1);
  }
  const value = expandText(word, state, source);
  if (only?.kind !== 'variable' || only.quoted) return [value];
  if (value.state !== 'known') return [value];
  return splitFields(value);
}

function splitFields(word: Word): readonly Value<string>[] {
  const fields: Value<string>[] = [];
  for (const match of word.value.matchAll(/\S+/g)) {
    fields.push(sliceWord(word, match.index, match.index + match[0].length));
  }
  return fields;
}

/** One word as one text, without splitting. */
export function expandText(word: ShellWord, state: ShellState, source: ShellText): Value<string> {
  const at = source.locate(textSpan(word));
  if (word.parts.length === 0) return known('', source.locate(word.span));
  return expandParts(word.parts, state, source, at, source.text.slice(word.span.start, word.span.end));
}

function expandParts(
  parts: readonly WordPart[],
  state: ShellState,
  source: ShellText,
  at: Location,
  text: string,
): Value<string> {
  const values: Known<string>[] = [];
  for (const part of parts) {
    const value = expandPart(part, state, source);
    if (value === undefined) {
      if (parts.length === 1) return known('', at);
      const name = part.kind === 'variable' ? part.name : text;
      return dynamic(text, at, `${name} is empty, and nothing in view sets it`);
    }
    if (value.state !== 'known') {
      return dynamic(text, at, value.state === 'dynamic' ? value.reason : undefined);
    }
    values.push(value);
  }
  return joinWord(values, at);
}

/** Undefined for a variable that is surely not set. */
function expandPart(part: WordPart, state: ShellState, source: ShellText): Value<string> | undefined {
  switch (part.kind) {
    case 'literal':
    case 'glob':
      return known(part.text, source.locate(part.span));
    case 'variable':
      return expandVariable(part, state, source);
    case 'unknown':
      return trimmed(part.text, state) ?? dynamic(part.text, source.locate(part.span), `\`${part.text}\` is computed`);
  }
}

function expandVariable(part: ShellVariable, state: ShellState, source: ShellText): Value<string> | undefined {
  const at = source.locate(part.span);
  const value = readParameter(part.name, state, at);
  const { operator } = part;
  if (operator === undefined) return value;
  const argument = () => expandParts(part.argument ?? [], state, source, argumentPlace(part, source), '');
  const checksEmpty = operator.startsWith(':');
  if (value !== undefined && value.state !== 'known') return value;
  const isSet = value !== undefined && !(checksEmpty && value.value === '');
  switch (operator) {
    case ':-':
    case '-':
    case ':=':
    case '=':
      return isSet ? value : defaulted(part, argument(), source);
    case ':+':
    case '+':
      return isSet ? argument() : undefined;
    default:
      return value;
  }
}

/** The default is reached by way of the variable that is not set. */
function defaulted(part: ShellVariable, value: Value<string>, source: ShellText): Value<string> {
  if (value.state !== 'known') return value;
  const text = source.text.slice(part.span.start, part.span.end);
  return { ...value, trail: [{ at: source.locate(part.span), text }] };
}

function argumentPlace(part: ShellVariable, source: ShellText): Location {
  const [first] = part.argument ?? [];
  const last = part.argument?.at(-1);
  if (first === undefined || last === undefined) return source.locate(part.span);
  return source.locate({ start: first.span.start, end: last.span.end });
}

function readParameter(name: string, state: ShellState, at: Location): Value<string> | undefined {
  if (/^\d+$/.test(name)) return state.positional[Number(name)];
  if (name === '#') return known(String(Math.max(0, state.positional.length - 1)), at);
  if (name === '@' || name === '*') return joinedParameters(state, at);
  if (/^[A-Za-z_]\w*$/.test(name)) return variable(state, name);
  return dynamic(`$${name}`, at);
}

function joinedParameters(state: ShellState, at: Location): Value<string> {
  const words: string[] = [];
  for (const word of state.positional.slice(1)) {
    if (word.state !== 'known') return dynamic('$*', at);
    words.push(word.value);
  }
  return known(words.join(' '), at);
}

/** `${1#-}` and `${HOST%/}` with a plain text to cut off. */
function trimmed(text: string, state: ShellState): Value<string> | undefined {
  const match = /^\$\{(\w{1,64})(##?|%%?)([^}*?[\]$`'"\\]{1,40})\}$/.exec(text);
  if (match === null) return undefined;
  const [, name = '', operator = '', cut = ''] = match;
  const value = /^\d+$/.test(name) ? state.positional[Number(name)] : variable(state, name);
  if (value?.state !== 'known') return value;
  if (operator.startsWith('#')) return value.value.startsWith(cut) ? sliceWord(value, cut.length) : value;
  return value.value.endsWith(cut) ? sliceWord(value, 0, value.value.length - cut.length) : value;
}

/** The value of an assignment, with a step that names the variable. */
export function assignedValue(name: string, word: ShellWord, state: ShellState, source: ShellText): Value<string> {
  const value = expandText(word, state, source);
  if (value.state !== 'known' || value.trail !== undefined) return value;
  return explained(name, value, value.at, 'the shell sets');
}
