// Variables that are filled into a configuration file before a server reads it: `envsubst`, and the templates of the
// official nginx image. https://manpages.debian.org/envsubst.1

import type { Known, Value } from '../facts/value.ts';
import { dynamic, known } from '../facts/value.ts';
import type { Environment, FileCommand } from './launcher.ts';
import { wordText } from './text.ts';
import { joinWord, sliceWord } from './words.ts';

const VARIABLE = /\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*)/g;

/** A text after `envsubst`, with or without a list of the variables to replace. */
export function substituted(text: Value<string>, command: FileCommand): Value<string> {
  const [list] = command.words.slice(1).filter((word) => !/^-/.test(wordText(word)));
  if (list !== undefined && list.state !== 'known') return list;
  const names = list && new Set([...list.value.matchAll(VARIABLE)].map((match) => match[1] ?? match[2] ?? ''));
  return withVariables(text, (name) => {
    if (names !== undefined && !names.has(name)) return undefined;
    return command.environment.get(name) ?? 'empty';
  });
}

/** https://github.com/nginx/docker-nginx 20-envsubst-on-templates.sh: only variables that are set, and fit the filter. */
export function templateText(text: Value<string>, environment: Environment): Value<string> {
  const filter = environment.get('NGINX_ENVSUBST_FILTER');
  const pattern = filter?.state === 'known' ? simplePattern(filter.value) : undefined;
  return withVariables(text, (name) => {
    if (pattern !== undefined && !pattern(name)) return undefined;
    return environment.get(name);
  });
}

/** A filter such as `^APP_` or `PORT`; undefined for what needs more of a regular expression. */
function simplePattern(filter: string): ((name: string) => boolean) | undefined {
  const match = /^(\^?)(\w*)(\$?)$/.exec(filter);
  if (match === null) return undefined;
  const [, start, text = '', end] = match;
  return (name) => (start ? name.startsWith(text) : name.includes(text)) && (!end || name.endsWith(text));
}

/** `variable`: undefined leaves the variable as it is written. A value that is open leaves a word that is no port. */
function withVariables(
  text: Value<string>,
  variable: (name: string) => Value<string> | 'empty' | undefined,
): Value<string> {
  if (text.state !== 'known') return text;
  return filledText(text, VARIABLE, ([, braced, bare]) => {
    const name = braced ?? bare ?? '';
    const value = variable(name);
    return value === 'empty' ? known('', text.at) : value && filling(value, name);
  });
}

/** What a variable in a text is replaced by; undefined leaves it as it is written. */
export type Filling = Known<string> | { readonly state: 'open'; readonly name: string } | undefined;

export function filling(value: Value<string>, name: string): Filling {
  return value.state === 'known' ? value : { state: 'open', name };
}

/** A text with every match of a pattern replaced; `slice` gives a part of the match. */
export function filledText(
  text: Known<string>,
  pattern: RegExp,
  fill: (match: RegExpExecArray, slice: (from: number, to: number) => Known<string>) => Filling,
): Known<string> {
  const parts: Known<string>[] = [];
  let offset = 0;
  for (const match of text.value.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const value = fill(match, (from, to) => sliceWord(text, match.index + from, match.index + to));
    if (value === undefined) continue;
    if (match.index > offset) parts.push(sliceWord(text, offset, match.index));
    parts.push(value.state === 'known' ? value : openWord(sliceWord(text, match.index, end), value.name));
    offset = end;
  }
  if (offset === 0) return text;
  if (offset < text.value.length) parts.push(sliceWord(text, offset));
  return joinWord(parts, text.at);
}

/** `${NAME:-80}` in a file that an image brings: what its entry script fills in. */
export function withVariablesOfImage(text: Known<string>, environment: Environment): Known<string> {
  return filledText(text, /\$\{(\w+):-(\w*)\}/g, ([whole, name = '', otherwise = ''], slice) => {
    const value = environment.get(name);
    const isUnset = value === undefined || (value.state === 'known' && value.value === '');
    return isUnset ? slice(whole.length - 1 - otherwise.length, whole.length - 1) : filling(value, name);
  });
}

const OPEN = '\uE0F2';

/** A variable that is set to something unseen: its name between two marks that no file holds. */
function openWord(spelling: Known<string>, name: string): Known<string> {
  return { ...spelling, value: `${OPEN}${name}${OPEN}` };
}

/** A word of a configuration as a value: open where a variable in it is. */
export function configValue(word: Known<string>, environment: Environment): Value<string> {
  if (!word.value.includes(OPEN)) return word;
  const [, name = ''] = word.value.split(OPEN);
  const value = environment.get(name);
  const reason = value?.state === 'dynamic' ? value.reason : undefined;
  const text = word.value.replaceAll(/\uE0F2([^\uE0F2]*)\uE0F2/g, '${$1}');
  return dynamic(text, word.at, reason ?? `${name} is filled in elsewhere`);
}
