// The command line of `java`: system properties, what is started - an archive or a class - and its arguments.
// https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html

import type { Known, Value } from '../../facts/value.ts';
import { splitWords } from '../../syntax/shellWords.ts';
import { argumentsOf } from '../argv.ts';
import type { ContainerProcess } from '../launcher.ts';
import { wordText } from '../text.ts';
import { sliceWord, wordFrom } from '../words.ts';

export interface JavaStart {
  /** `-Dname=value`; the last one of a name counts. */
  readonly properties: ReadonlyMap<string, Value<string>>;
  readonly target: JavaTarget | undefined;
  readonly arguments: readonly Value<string>[];
  /** Options that cannot be seen and may hold any property. */
  readonly open: Value<string> | undefined;
}

export type JavaTarget =
  | { readonly kind: 'archive'; readonly path: Value<string> }
  | { readonly kind: 'class'; readonly name: Value<string>; readonly classPath: Value<string> | undefined };

const valued = new Set([
  '-cp',
  '-classpath',
  '--class-path',
  '-p',
  '--module-path',
  '--add-modules',
  '--add-opens',
  '--add-exports',
  '--add-reads',
  '--limit-modules',
  '--upgrade-module-path',
  '--source',
]);

/** Variables that the launcher and the virtual machine read options from, weakest first. */
const optionVariables = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS'];

interface Reading {
  readonly properties: Map<string, Value<string>>;
  open: Value<string> | undefined;
  classPath: Value<string> | undefined;
}

export function readCommandLine(process: ContainerProcess): JavaStart {
  const reading: Reading = { properties: new Map(), open: undefined, classPath: undefined };
  for (const name of optionVariables) {
    if (process.environment.named(name)) readOptionVariable(process.environment.get(name), reading);
  }
  return readWords(argumentsOf(process), reading);
}

/** Options that a start script takes from a variable: `JAVA_OPTS`. */
export function optionsOf(value: Value<string> | undefined): Pick<JavaStart, 'properties' | 'open'> {
  const reading: Reading = { properties: new Map(), open: undefined, classPath: undefined };
  readOptionVariable(value, reading);
  return reading;
}

function readOptionVariable(value: Value<string> | undefined, reading: Reading): void {
  if (value === undefined || value.state === 'absent') return;
  if (value.state !== 'known') reading.open ??= value;
  else readWords(wordsIn(value), reading);
}

export function wordsIn(value: Known<string>): readonly Value<string>[] {
  const words = splitWords(value.value) ?? [];
  return words.map(({ start, end }) => sliceWord(value, start, end));
}

function readWords(words: readonly Value<string>[], reading: Reading): JavaStart {
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const text = wordText(word);
    const rest = words.slice(index + 1);
    if (text === '-jar') return started(reading, archive(words[index + 1]), words.slice(index + 2));
    if (text === '-m' || text === '--module')
      return started(reading, mainClass(words[index + 1], reading), words.slice(index + 2));
    if (text.startsWith('-D')) readProperty(word, text, reading);
    else if (valued.has(text)) {
      if (text === '-cp' || text.endsWith('path')) reading.classPath = rest[0] ?? reading.classPath;
      index++;
    } else if (/^--class-path=/.test(text)) reading.classPath = wordFrom(word, text.indexOf('=') + 1);
    else if (word.state !== 'known') reading.open ??= word;
    else if (!/^[-@]/.test(text)) return started(reading, mainClass(word, reading), rest);
  }
  return started(reading, undefined, []);
}

function started(reading: Reading, target: JavaTarget | undefined, rest: readonly Value<string>[]): JavaStart {
  return { properties: reading.properties, open: reading.open, target, arguments: rest };
}

function archive(path: Value<string> | undefined): JavaTarget | undefined {
  return path && { kind: 'archive', path };
}

function mainClass(name: Value<string> | undefined, { classPath }: Reading): JavaTarget | undefined {
  return name && { kind: 'class', name, classPath };
}

function readProperty(word: Value<string>, text: string, reading: Reading): void {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text.slice(2) : text.slice(2, equals);
  reading.properties.set(name, wordFrom(word, equals < 0 ? text.length : equals + 1));
}
