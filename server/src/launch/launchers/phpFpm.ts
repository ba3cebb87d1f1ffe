// php-fpm: the `listen` of its pools, which are read in order, the last one winning for each pool.
// https://www.php.net/manual/en/install.fpm.configuration.php

import { dirname } from '../../base/uri.ts';
import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { parseIni } from '../../syntax/ini.ts';
import { parseAddress } from '../address.ts';
import { argumentsOf, knownCommand, listensNone } from '../argv.ts';
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

const OFFICIAL = '/usr/local/etc/php-fpm.conf';

export const phpFpm: Launcher = {
  id: 'phpFpm',
  // An image that brings its own configuration is `baseCommand`'s.
  runs: (command, process) => /^php-?fpm[\d.]*$/.test(command) && !process.base?.cmd?.includes('-y'),
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [['--fpm-config', '-y'], ['-c'], ['-d'], ['-p'], ['-g', '--pid']],
    });
    if (flags.has('-t', '-tt', '-v', '-i', '-m', '--test')) return listensNone(process);
    const texts = containerTexts(process);
    const path = mainFile(knownCommand(process) ?? '', flags.last('--fpm-config'), texts);
    if (path === undefined) {
      return unknownOutcome(process, "php-fpm's configuration is not among the files in view");
    }
    const reading: Reading = { process, texts, pools: new Map(), problem: undefined, files: 0 };
    readFile(reading, path);
    for (const [pool, word] of reading.pools) addPool(reading, pool, word);
    if (reading.problem !== undefined) return unknownOutcome(process, reading.problem);
    if (reading.pools.size === 0) return unknownOutcome(process, "no pool of php-fpm's configuration is in view");
    return serverPorts(
      process,
      [...reading.pools.values()].flatMap((word) => portOf(process, word)),
    );
  },
};

/** The file of `-y`, of the official image, or of a distribution: `/etc/php/8.2/fpm/php-fpm.conf`, `/etc/php83/…`. */
function mainFile(command: string, flag: Value<string> | undefined, texts: FileTree): string | undefined {
  if (flag !== undefined)
    return flag.state === 'known' && texts.read(flag.value) !== undefined ? flag.value : undefined;
  const version = /([\d.]+)$/.exec(command)?.[1] ?? '';
  const files = [
    OFFICIAL,
    `/etc/php/${version}/fpm/php-fpm.conf`,
    `/etc/php${version}/php-fpm.conf`,
    '/etc/php-fpm.conf',
  ];
  return files.find((path) => texts.read(path) !== undefined);
}

interface Reading {
  readonly process: ContainerProcess;
  readonly texts: FileTree;
  /** By the pool's name. */
  readonly pools: Map<string, Known<string>>;
  problem: string | undefined;
  files: number;
}

function readFile(reading: Reading, path: string): void {
  const text = reading.texts.read(path);
  if (text === undefined || reading.files++ > 40) return;
  if (text.state !== 'known') {
    reading.problem ??= (text.state === 'dynamic' ? text.reason : undefined) ?? `${path} could not be read`;
    return;
  }
  for (const { key, span } of parseIni(text.value).entries) {
    const dot = key.lastIndexOf('.');
    const name = key.slice(dot + 1);
    const word = sliceWord(text, span.start, span.end);
    if (name === 'include') include(reading, path, word.value);
    else if (name === 'listen' && dot > 0) reading.pools.set(key.slice(0, dot), word);
  }
}

/** Paths count from the prefix of the build: /usr/local in the official image. */
function include(reading: Reading, from: string, path: string): void {
  const root = from === OFFICIAL ? '/usr/local' : dirname(from);
  const absolute = path.startsWith('/') ? path : `${root}/${path}`;
  for (const file of reading.texts.list(dirname(absolute))) {
    if (matchesGlob(lastSegment(absolute), lastSegment(file))) readFile(reading, file);
  }
}

function addPool(reading: Reading, pool: string, word: Known<string>): void {
  const value = filledIn(reading.process, word);
  if (value.state === 'known') reading.pools.set(pool, value);
  else {
    const reason = value.state === 'dynamic' && value.reason !== undefined ? `: ${value.reason}` : '';
    reading.problem ??= `what the pool ${pool} of php-fpm listens on is open${reason}`;
  }
}

/** `${NAME}` and `$NAME` come from the environment. */
function filledIn(process: ContainerProcess, word: Known<string>): Value<string> {
  const match = /\$\{?(\w+)\}?/.exec(word.value);
  if (match === null) return configValue(word, process.environment);
  const value = process.environment.get(match[1] ?? '');
  if (value?.state !== 'known')
    return value ?? { state: 'dynamic', text: word.value, at: word.at, reason: 'nothing in view sets it' };
  const before = match.index > 0 ? [sliceWord(word, 0, match.index)] : [];
  return joinWord([...before, value], word.at);
}

function portOf(process: ContainerProcess, word: Known<string>): readonly ListenedPort[] {
  const address = parseAddress(word);
  // A path is a unix socket.
  if (address.kind !== 'port') return [];
  const trail = [...(word.trail ?? []), step(word.at, `listen = ${word.value}`)];
  const host = address.host ?? known('0.0.0.0', word.at);
  return [{ port: { ...address.port, trail }, host, because: [...process.trail, ...trail] }];
}
