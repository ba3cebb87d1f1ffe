// Commands of pipeline scripts that rewrite a task definition: `sed`, `envsubst`, `jq`, `yq` and one-line programs. What
// is written is known where it is literal; what is touched is told as narrowly as the command lets it be told.

import type { Location } from '../base/text.ts';
import { normalizePath } from '../base/uri.ts';
import type { PipelineEdit } from '../facts/pipeline.ts';
import type { EnvironmentVariable } from '../facts/taskDefinition.ts';
import { absent, absentList, dynamic, known, knownValue, type List, type Value } from '../facts/value.ts';
import { filePath, type JobState, type ScriptCommand, type Word } from './workflowCommands.ts';
import { COMPUTED } from './workflowText.ts';

const FILE = /\.(?:json|jsonc|ya?ml|tpl|tmpl|template|j2|in)(?:[.\w-]*)?$/i;
const MAXIMUM_EDITS = 200;

export function readEditCommand(state: JobState, program: string, command: ScriptCommand): void {
  if (state.edits.length > MAXIMUM_EDITS) return;
  if (program === 'sed' || program === 'gsed' || program === 'perl') readSed(state, command);
  else if (program === 'jq' || program === 'yq') readFilter(state, command);
  else if (/^(?:python[\d.]*|node|ruby)$/.test(program)) readProgram(state, command);
}

/** The file that a command rewrites: its last word that is one, what is redirected into it, or what `cat` gives it. */
function fileOf(state: JobState, command: ScriptCommand): Value<string> | undefined {
  const word = command.words.findLast(({ text }) => FILE.test(text) && !/[\s|=]/.test(text));
  const named = word ?? command.input;
  if (named === undefined) return undefined;
  const file = filePath(named.text, named.at, command);
  const { output } = command;
  const source = knownValue(file);
  const target = output && knownValue(filePath(output.text, output.at, command));
  if (source === undefined) return file;
  const original = state.written.get(normalizePath(source)) ?? source;
  if (target !== undefined) state.written.set(normalizePath(target), original);
  return known(original, file.at);
}

function addEdit(
  state: JobState,
  command: ScriptCommand,
  taskDefinition: Value<string>,
  replaces: PipelineEdit['replaces'],
  by: Value<string>,
): void {
  state.edits.push({ at: command.at, taskDefinition, replaces, by });
}

function settled(text: string, open: boolean, at: Location): Value<string> {
  return open && /[$`]/.test(text) ? dynamic(text, at, COMPUTED) : known(text, at);
}

/** `s|pattern|replacement|g`, the delimiter being any character. */
const SUBSTITUTION = /^\s*(?:\/[^/]*\/\s*)?s([^\w\s\\])((?:\\[\s\S]|(?!\1)[^\\])*)\1([\s\S]*)\1[gIiepm0-9]*\s*;?\s*$/;

function readSed(state: JobState, command: ScriptCommand): void {
  const file = fileOf(state, command);
  if (!file) return;
  for (const word of command.words) {
    const [, delimiter = '', pattern = '', replacement = ''] = SUBSTITUTION.exec(word.text.slice(0, 4000)) ?? [];
    if (delimiter === '' || pattern === '') continue;
    const text = unescaped(replacement, delimiter);
    const refers = /(?:^|[^\\])(?:&|\\\d)/.test(replacement);
    const by = refers ? dynamic(text, word.at, COMPUTED) : settled(text, word.open, word.at);
    const literal = literalOf(pattern, delimiter);
    if (literal !== undefined) addEdit(state, command, file, { text: literal }, by);
    else
      for (const replaces of touched(pattern))
        addEdit(state, command, file, replaces, dynamic(text, word.at, COMPUTED));
  }
}

/** The text that a pattern stands for where it is no more than a text. */
function literalOf(pattern: string, delimiter: string): string | undefined {
  const bare = pattern.replace(/\\[\s\S]/g, '');
  if (/[*[\]^+?]|\.\*/.test(bare) || /\$$/.test(bare) || /\\[(|+?w\d]/.test(pattern)) return undefined;
  return unescaped(pattern, delimiter);
}

function unescaped(text: string, delimiter: string): string {
  return text.replace(/\\([\s\S])/g, (all, char: string) => (/[\w]/.test(char) && char !== delimiter ? all : char));
}

/** What a regular expression over JSON or YAML may touch: the keys that it spells, or the variable beside `value`. */
function touched(pattern: string): readonly PipelineEdit['replaces'][] {
  const plain = pattern.replace(/\\(["'/.-])/g, '$1');
  const words = [...plain.matchAll(/"([A-Za-z_]\w{1,60})"|\b(\w{1,60})["']?\s?:/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const distinct = [...new Set(words)];
  if (distinct.includes('value')) {
    return distinct.filter((word) => word !== 'name' && word !== 'value').map((variable) => ({ variable }));
  }
  if (distinct.length > 0) return distinct.map((key) => ({ key }));
  return /image|:latest|dkr|ecr/i.test(plain) ? [{ key: 'image' }] : [];
}

/** Every `${NAME}` and `$NAME` of the file, or those that the command lists, become the variable's value. */
export function readEnvsubst(state: JobState, command: ScriptCommand, variables: ReadonlyMap<string, string>): void {
  const file = fileOf(state, command);
  if (!file) return;
  const listed = command.words.find((word) => word.text.includes('$'))?.text;
  for (const [name, text] of [...variables].slice(0, MAXIMUM_EDITS)) {
    if (listed !== undefined && !new RegExp(`\\$\\{?${name}\\b`).test(listed)) continue;
    for (const spelled of [`\${${name}}`, `$${name}`]) {
      addEdit(state, command, file, { text: spelled }, known(text, command.at));
    }
  }
}

/** `--arg NAME value` and `--argjson NAME value`. */
function filterArguments(words: readonly Word[]): ReadonlyMap<string, Word> {
  const given = new Map<string, Word>();
  words.forEach((word, index) => {
    const [name, value] = [words[index + 1], words[index + 2]];
    if (/^--arg(?:json)?$/.test(word.text) && name && value) given.set(name.text, value);
  });
  return given;
}

const ASSIGNMENT =
  /\.(image|environment|portMappings|command|entryPoint|healthCheck|secrets|family|cpu|memory|taskRoleArn|executionRoleArn)\b([^=|]{0,200}?(?:\|\s?select\(\s?\.name\s?==\s?\\?["']?([\w$-]{1,80})\\?["']?\s?\)[^=|]{0,40}(?:\|\s?\.value)?[^=|]{0,20})?)(\|=|\+=|=(?!=))\s{0,9}/g;

function readFilter(state: JobState, command: ScriptCommand): void {
  const given = filterArguments(command.words);
  const values = new Set([...given.values()]);
  const filter = command.words.find((word) => /\.\w/.test(word.text) && word.text.includes('=') && !values.has(word));
  const file = fileOf(state, { ...command, words: command.words.filter((word) => word !== filter) });
  if (!filter || !file) return;
  const text = filter.text.slice(0, 8000);
  let previous = 0;
  for (const match of text.matchAll(ASSIGNMENT)) {
    const [whole, key = '', path = '', selected, operator = ''] = match;
    const start = match.index + whole.length;
    const before = text.slice(previous, match.index);
    previous = start;
    const step = { file, filter, given, operator, written: text.slice(start), before };
    if (key === 'image') addRender(state, command, step, operandOf(step), undefined);
    else if (key === 'environment') readEnvironment(state, command, step, selected);
    else if (key === 'portMappings') {
      const port = /\.(containerPort|hostPort)/.exec(path)?.[1];
      for (const name of port ? [port] : ['containerPort', 'hostPort']) {
        addEdit(state, command, file, { key: name }, port ? operandOf(step) : dynamic(key, filter.at, COMPUTED));
      }
    } else addEdit(state, command, file, { key }, operandOf(step));
  }
}

/** One assignment of a filter. */
interface Assignment {
  readonly file: Value<string>;
  readonly filter: Word;
  readonly given: ReadonlyMap<string, Word>;
  readonly operator: string;
  /** The filter's text behind the operator, and before the path since the last assignment. */
  readonly written: string;
  readonly before: string;
}

/** What is assigned: a literal, or an argument of the command. */
function operandOf({ filter, given, written }: Assignment): Value<string> {
  const literal = /^\(?\s?\\?"([^"\\]*)\\?"|^(\d{1,9})\b/.exec(written);
  const text = literal?.[1] ?? literal?.[2];
  if (text !== undefined) return settled(text, filter.open, filter.at);
  const word = given.get(/^\(?\s?\$(\w+)/.exec(written)?.[1] ?? '');
  return word ? settled(word.text, word.open, word.at) : dynamic(written.slice(0, 80), filter.at, COMPUTED);
}

function addRender(
  state: JobState,
  command: ScriptCommand,
  { file, filter, given, before }: Assignment,
  image: Value<string>,
  environment: List<EnvironmentVariable> | undefined,
): void {
  const index = /containerDefinitions\s?\[(\d{1,3})\]/.exec(before)?.[1] ?? /^\.?\s?\[(\d{1,3})\]/.exec(before)?.[1];
  const named = /\.name\s?==\s?(?:\\?["']([^"'\\]{1,255})|\$(\w{1,80}))/.exec(before);
  const name = named?.[1] ?? given.get(named?.[2] ?? '')?.text;
  state.renders.push({
    at: command.at,
    taskDefinition: file,
    containerName: name === undefined ? absent(filter.at) : settled(name, true, filter.at),
    ...(index !== undefined && { containerIndex: Number(index) }),
    image,
    environment: environment ?? absentList(filter.at),
  });
}

/** `.environment += [{"name": "PORT", "value": "80"}]`, or the value of one variable. */
function readEnvironment(
  state: JobState,
  command: ScriptCommand,
  step: Assignment,
  selected: string | undefined,
): void {
  const { file, filter, given, operator, written } = step;
  if (selected !== undefined) {
    addEdit(state, command, file, { variable: selected }, operandOf(step));
    return;
  }
  const items: EnvironmentVariable[] = [];
  const list = /^\(?\s?\[([^\]]{0,4000})\]/.exec(written)?.[1];
  for (const [object] of (list ?? '').matchAll(/\{[^{}]{0,800}\}/g)) {
    const read = (key: string): Value<string> | undefined => {
      const [, literal, argument] =
        new RegExp(`\\\\?"?\\b${key}\\\\?"?\\s{0,4}:\\s{0,4}(?:\\\\?"([^"\\\\]*)|\\$(\\w+))`).exec(object) ?? [];
      if (literal !== undefined) return settled(literal, filter.open, filter.at);
      const word = given.get(argument ?? '');
      return word && settled(word.text, word.open, word.at);
    };
    const name = read('name');
    if (name) items.push({ name, value: read('value') ?? dynamic(object, filter.at, COMPUTED), at: filter.at });
  }
  if (operator === '+=' && items.length > 0) {
    const environment: List<EnvironmentVariable> = { state: 'present', items, complete: true, at: filter.at };
    addRender(state, command, step, absent(filter.at), environment);
  } else addEdit(state, command, file, { key: 'environment' }, dynamic('', filter.at, COMPUTED));
}

/** `python -c "…"`: the keys of a task definition that the program spells are what it may write. */
function readProgram(state: JobState, command: ScriptCommand): void {
  const program = command.words.find((word) => /containerDefinitions/.test(word.text));
  const named = program && /["']([\w./-]{1,200}\.json)["']/.exec(program.text)?.[1];
  if (!program || named === undefined) return;
  const file = filePath(named, program.at, command);
  for (const key of ['image', 'environment', 'containerPort', 'hostPort', 'command']) {
    if (new RegExp(`["'.]${key}\\b`).test(program.text))
      addEdit(state, command, file, { key }, dynamic(key, program.at, COMPUTED));
  }
}
