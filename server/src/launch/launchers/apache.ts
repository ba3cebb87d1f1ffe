// Apache httpd: the `Listen` lines of the configuration that the running server includes.
// https://httpd.apache.org/docs/2.4/mod/mpm_common.html#listen

import { dirname } from '../../base/uri.ts';
import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { type ConfigLine, parseConfigLines } from '../../syntax/configLines.ts';
import { parseAddress } from '../address.ts';
import { argumentsOf, listensNone } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import { configValue } from '../envsubst.ts';
import type { FileTree } from '../fileOperations.ts';
import { parseFlags } from '../flags.ts';
import { matchesGlob } from '../globs.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { serverPorts } from '../serverPorts.ts';
import { lastSegment, step } from '../text.ts';
import { joinWord, sliceWord } from '../words.ts';

const MOST_FILES = 60;
const MOST_INCLUDES = 300;

/** Where the builds of Apache look, the official image first. */
const mainFiles = [
  '/usr/local/apache2/conf/httpd.conf',
  '/etc/apache2/apache2.conf',
  '/etc/apache2/httpd.conf',
  '/etc/httpd/conf/httpd.conf',
];

export const apache: Launcher = {
  id: 'apache',
  runs: (command) =>
    /^(?:httpd|apache2|apache2-foreground|httpd-foreground|apachectl|apache2ctl|run-httpd|start-apache)$/.test(command),
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['-f'], ['-C'], ['-c'], ['-d'], ['-D'], ['-k'], ['-e'], ['-E']],
    });
    if (flags.has('-t', '-v', '-V', '-l', '-S', '-M') || flags.positionals.some(isEnd)) return listensNone(process);
    if (flags.open !== undefined || flags.last('-C') || flags.last('-c')) {
      return unknownOutcome(process, 'the arguments of Apache may set another port');
    }
    const texts = containerTexts(process);
    const file = flags.last('-f');
    if (file !== undefined && file.state !== 'known') return unknownOutcome(process, "Apache's configuration is open");
    const path = file?.value ?? mainFiles.find((candidate) => texts.read(candidate) !== undefined);
    const root = path === undefined ? '/' : path.startsWith('/usr/local/') ? '/usr/local/apache2' : dirname(path);
    const reading: Reading = {
      process,
      texts,
      root,
      files: 0,
      includes: 0,
      problem: undefined,
      ports: [],
      defined: new Map(),
    };
    if (path === undefined || !readFile(reading, path)) {
      return unknownOutcome(process, "Apache's configuration is not among the files in view");
    }
    if (reading.problem !== undefined) return unknownOutcome(process, reading.problem);
    if (reading.ports.length === 0) return unknownOutcome(process, `no Listen of Apache's configuration is in view`);
    return serverPorts(process, reading.ports);
  },
};

function isEnd(word: Value<string>): boolean {
  return word.state === 'known' && /^(?:stop|graceful-stop|configtest|status)$/.test(word.value);
}

interface Reading {
  readonly process: ContainerProcess;
  readonly texts: FileTree;
  root: string;
  files: number;
  includes: number;
  problem: string | undefined;
  readonly ports: ListenedPort[];
  /** Values of `Define`. */
  readonly defined: Map<string, Known<string>>;
}

/** Whether the file is there. */
function readFile(reading: Reading, path: string): boolean {
  const text = reading.texts.read(path);
  if (text === undefined) return false;
  if (reading.files++ >= MOST_FILES) reading.problem ??= `${path} includes more files than are followed`;
  else if (text.state !== 'known') {
    reading.problem ??= (text.state === 'dynamic' ? text.reason : undefined) ?? `${path} could not be read`;
  } else readLines(reading, text);
  return true;
}

/** Modules that are loaded only where a build asks for them. */
const absentModules = /^(?:ssl_module|mod_ssl\.c|mod_gnutls\.c|gnutls_module|http2_module)$/;

function readLines(reading: Reading, text: Known<string>): void {
  const blocks: boolean[] = [];
  for (const line of parseConfigLines(text.value)) {
    const [first, second] = line.words;
    const name = (first?.text ?? '').toLowerCase();
    if (name.startsWith('</')) blocks.pop();
    else if (name.startsWith('<')) blocks.push(blockHolds(reading, name, second?.text.replace(/>$/, '') ?? ''));
    else if (blocks.includes(false) || second === undefined) continue;
    else readDirective(reading, text, line, name);
  }
}

/** What is not about TLS is taken to hold: no port depends on it in what distributions ship. */
function blockHolds({ process }: Reading, name: string, test: string): boolean {
  if (name === '<ifdefine') return test.startsWith('!');
  if (name !== '<ifmodule') return true;
  const negated = test.startsWith('!');
  const isAbsent = absentModules.test(test.slice(negated ? 1 : 0)) && !enablesTls(process);
  return negated ? isAbsent : !isAbsent;
}

function enablesTls({ buildTexts }: ContainerProcess): boolean {
  return buildTexts.some((text) => /a2enmod\b[^;&|]*\bssl\b|mod_ssl|LoadModule ssl_module/.test(text));
}

function readDirective(reading: Reading, text: Known<string>, line: ConfigLine, name: string): void {
  const second = line.words[1];
  if (second === undefined) return;
  const word = sliceWord(text, second.span.start, second.span.end);
  if (name === 'define' && line.words[2] !== undefined) {
    const { start, end } = line.words[2].span;
    reading.defined.set(second.text, sliceWord(text, start, end));
  } else if (name === 'serverroot') reading.root = word.value;
  else if (name === 'include' || name === 'includeoptional') includeFiles(reading, word, name === 'include');
  else if (name === 'listen') addListen(reading, word);
}

function includeFiles(reading: Reading, word: Known<string>, required: boolean): void {
  if (reading.problem !== undefined) return;
  if (reading.includes++ >= MOST_INCLUDES) {
    reading.problem = 'Apache includes more files than are followed';
    return;
  }
  const path = word.value.startsWith('/') ? word.value : `${reading.root}/${word.value}`;
  const folder = dirname(path);
  if (!/[*?[]/.test(path)) {
    const isThere = readFile(reading, path) || includeFolder(reading, path, '*');
    if (!isThere && required && /sites|vhost|ports|listen/i.test(path)) {
      reading.problem ??= `${path}, which Apache includes, is not among the files in view`;
    }
  } else if (/[*?[]/.test(folder)) reading.problem ??= `\`Include ${word.value}\` of Apache cannot be followed`;
  else includeFolder(reading, folder, lastSegment(path));
}

function includeFolder(reading: Reading, folder: string, pattern: string): boolean {
  const files = reading.texts.list(folder).filter((path) => matchesGlob(pattern, lastSegment(path)));
  for (const path of files) readFile(reading, path);
  return files.length > 0;
}

function addListen(reading: Reading, written: Known<string>): void {
  const { process } = reading;
  const value = filledIn(reading, written);
  if (value.state !== 'known') {
    const reason = value.state === 'dynamic' && value.reason !== undefined ? `: ${value.reason}` : '';
    reading.problem ??= `the port of \`Listen ${written.value.replaceAll('\uE0F2', '')}\` is open${reason}`;
    return;
  }
  const address = parseAddress(value);
  if (address.kind !== 'port') {
    reading.problem ??= `\`Listen ${value.value}\` of Apache names no port`;
    return;
  }
  const trail = [...(value.trail ?? []), step(written.at, `Listen ${value.value}`)];
  const host = address.host ?? known('0.0.0.0', value.at);
  const everywhere = /^(?:\*|::|\[::\])$/.test(host.value);
  reading.ports.push({
    port: { ...address.port, trail },
    host: everywhere ? { ...host, value: '0.0.0.0' } : host,
    because: [...process.trail, ...trail],
  });
}

/** `${PORT}` is a variable of `Define`, else of the environment. https://httpd.apache.org/docs/2.4/configuring.html#syntax */
function filledIn(reading: Reading, word: Known<string>): Value<string> {
  const { process, defined } = reading;
  const parts: Known<string>[] = [];
  let offset = 0;
  for (const match of word.value.matchAll(/\$\{(\w+)\}/g)) {
    const name = match[1] ?? '';
    const value = defined.get(name) ?? process.environment.get(name) ?? apacheVariable(process, name);
    if (value === undefined) continue;
    if (value.state !== 'known') return value;
    if (match.index > offset) parts.push(sliceWord(word, offset, match.index));
    parts.push(value);
    offset = match.index + match[0].length;
  }
  if (offset === 0) return configValue(word, process.environment);
  if (offset < word.value.length) parts.push(sliceWord(word, offset));
  return joinWord(parts, word.at);
}

/** Exported in /etc/apache2/envvars, where builds may add to it. */
function apacheVariable(process: ContainerProcess, name: string): Value<string> | undefined {
  return process.buildTexts.some((text) => text.includes(name) && text.includes('envvars'))
    ? {
        state: 'dynamic',
        text: name,
        at: process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } },
        reason: `${name} is set in envvars`,
      }
    : undefined;
}
