// supervisord: every program that it starts runs side by side. https://supervisord.org/configuration.html

import { dirname } from '../../base/uri.ts';
import type { Known, Value } from '../../facts/value.ts';
import { dynamic, known, knownValue } from '../../facts/value.ts';
import { parseIni } from '../../syntax/ini.ts';
import { splitWords } from '../../syntax/shellWords.ts';
import { argumentsOf, containerPath } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import { explained } from '../environment.ts';
import { configValue } from '../envsubst.ts';
import type { FileTree } from '../fileOperations.ts';
import { parseFlags } from '../flags.ts';
import { matchesGlob } from '../globs.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { lastSegment, shortened, step } from '../text.ts';
import { joinWord, sliceWord } from '../words.ts';

/** https://supervisord.org/configuration.html#configuration-file */
const defaultFiles = [
  'supervisord.conf',
  'etc/supervisord.conf',
  '/etc/supervisord.conf',
  '/etc/supervisor/supervisord.conf',
];

/** Debian's package brings a main file that includes this folder. */
const DEBIAN_FOLDER = '/etc/supervisor/conf.d';

const MOST_FILES = 60;

type Settings = Map<string, Known<string>>;

export const supervisord: Launcher = {
  id: 'supervisord',
  runs: (command) => command === 'supervisord',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['-c', '--configuration'],
        ['-u', '--user'],
        ['-l', '--logfile'],
        ['-e', '--loglevel'],
        ['-j', '--pidfile'],
        ['-d', '--directory'],
        ['-y'],
        ['-z'],
        ['-q'],
        ['-i'],
        ['-m'],
        ['-a'],
      ],
    });
    const texts = containerTexts(process);
    const given = flags.last('-c');
    if (given !== undefined && given.state !== 'known')
      return unknownOutcome(process, "supervisord's configuration is open");
    const candidates = given === undefined ? defaultFiles : [given.value];
    const path = candidates.map((file) => containerPath(process, file)).find((file) => texts.read(file) !== undefined);
    const reading: Reading = { process, texts, programs: new Map(), problem: undefined, files: 0 };
    if (path !== undefined) readFile(reading, path);
    else if (given === undefined || given.value === '/etc/supervisor/supervisord.conf')
      includeAll(reading, `${DEBIAN_FOLDER}/*.conf`);
    if (path === undefined && reading.programs.size === 0 && reading.problem === undefined) {
      const name = given?.value ?? 'supervisord.conf';
      return unknownOutcome(process, `supervisord's configuration ${name} is not among the files in view`);
    }
    return reading.problem === undefined ? startAll(reading) : unknownOutcome(process, reading.problem);
  },
};

interface Reading {
  readonly process: ContainerProcess;
  readonly texts: FileTree;
  readonly programs: Map<string, Settings>;
  problem: string | undefined;
  files: number;
}

function readFile(reading: Reading, path: string): void {
  const text = reading.texts.read(path);
  if (text === undefined || reading.files++ > MOST_FILES) return;
  if (text.state !== 'known') {
    reading.problem ??= (text.state === 'dynamic' ? text.reason : undefined) ?? `${path} could not be read`;
    return;
  }
  for (const { key, span } of parseIni(text.value).entries) {
    const match = /^(program:|fcgi-program:|include)(.*)\.(\w+)$/.exec(key);
    if (match === null) continue;
    const [, kind, name = '', setting = ''] = match;
    const word = sliceWord(text, span.start, span.end);
    if (kind === 'include' && setting === 'files') {
      for (const pattern of word.value.split(/\s+/)) {
        if (pattern !== '') includeAll(reading, pattern.startsWith('/') ? pattern : `${dirname(path)}/${pattern}`);
      }
      continue;
    }
    const settings: Settings = reading.programs.get(name) ?? new Map();
    reading.programs.set(name, settings.set(setting, word));
  }
}

function includeAll(reading: Reading, pattern: string): void {
  if (reading.problem !== undefined) return;
  if (reading.files++ > MOST_FILES) reading.problem = 'supervisord includes more files than are followed';
  const folder = dirname(pattern);
  if (/[*?[]/.test(folder)) reading.problem ??= `\`files = ${pattern}\` of supervisord cannot be followed`;
  for (const file of reading.texts.list(folder)) {
    if (matchesGlob(lastSegment(pattern), lastSegment(file))) readFile(reading, file);
  }
}

function startAll(reading: Reading): Outcome {
  const processes: ContainerProcess[] = [];
  for (const [name, settings] of reading.programs) {
    if (/^(?:false|no|0|off)$/i.test(settings.get('autostart')?.value ?? '')) continue;
    const started = startProgram(reading, name, settings);
    if (started !== undefined) processes.push(started);
  }
  if (reading.problem !== undefined) return unknownOutcome(reading.process, reading.problem);
  return { kind: 'branches', branches: [{ processes }] };
}

function startProgram(reading: Reading, name: string, settings: Settings): ContainerProcess | undefined {
  const { process } = reading;
  const written = settings.get('command');
  if (written === undefined) return undefined;
  const command = expanded(process, written, name);
  const directory = settings.get('directory');
  const folder = directory === undefined ? undefined : expanded(process, directory, name);
  if (folder !== undefined && folder.state !== 'known')
    reading.problem ??= `the directory of the program ${name} is open`;
  return {
    ...process,
    argv: wordsOf(command),
    workingDirectory: knownValue(folder) ?? process.workingDirectory,
    environment: process.environment.with(environmentOf(process, settings.get('environment'), name)),
    trail: [...process.trail, step(written.at, `[program:${name}] command=${shortened(written.value)}`)],
  };
}

/** `%(ENV_PORT)s`, `%(program_name)s`. */
function expanded(process: ContainerProcess, word: Known<string>, program: string): Value<string> {
  const parts: Known<string>[] = [];
  let offset = 0;
  for (const match of word.value.matchAll(/%%|%\((\w+)\)(?:s|\d*d)/g)) {
    const value = match[1] === undefined ? known('%', word.at) : expansion(process, match[1], program, word);
    if (value.state !== 'known')
      return dynamic(word.value, word.at, value.state === 'dynamic' ? value.reason : undefined);
    if (match.index > offset) parts.push(sliceWord(word, offset, match.index));
    parts.push(value);
    offset = match.index + match[0].length;
  }
  if (offset === 0) return configValue(word, process.environment);
  if (offset < word.value.length) parts.push(sliceWord(word, offset));
  return joinWord(parts, word.at);
}

function expansion(process: ContainerProcess, name: string, program: string, word: Known<string>): Value<string> {
  if (name === 'program_name' || name === 'group_name') return known(program, word.at);
  if (name === 'process_num') return known('0', word.at);
  const variable = /^ENV_(\w+)$/.exec(name)?.[1];
  const value = variable === undefined ? undefined : process.environment.get(variable);
  return value ?? dynamic(word.value, word.at, `nothing in view sets ${variable ?? name}`);
}

/** supervisord splits as a shell does, but expands nothing. */
function wordsOf(command: Value<string>): readonly Value<string>[] {
  if (command.state !== 'known') return [command];
  const words = splitWords(command.value.replaceAll(/[\r\n]/g, ' ').replaceAll(/[$`;&|<>()]/g, '_'));
  if (words === undefined) return [dynamic(command.value, command.at, 'its command cannot be split into words')];
  return words.map(({ start, end }) => sliceWord(command, start, end));
}

/** `A="1",B='2',C=3`. */
function environmentOf(process: ContainerProcess, word: Known<string> | undefined, program: string) {
  if (word === undefined) return [];
  return [...word.value.matchAll(/(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\s]*))/g)].map((match) => {
    const [whole, name = '', double, single, bare] = match;
    const text = double ?? single ?? bare ?? '';
    const end = match.index + whole.length - (bare === undefined ? 1 : 0);
    const value = expanded(process, sliceWord(word, end - text.length, end), program);
    return { name, value: explained(name, value, value.at, `[program:${program}]`) };
  });
}
