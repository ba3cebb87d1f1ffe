// lighttpd: `server.port` and `server.bind`, and the sockets beside them.
// https://redmine.lighttpd.net/projects/lighttpd/wiki/Server_portDetails

import { dirname } from '../../base/uri.ts';
import type { ListenedPort } from '../../facts/listens.ts';
import type { Known } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { normalizeHost, parseAddress, portNumber } from '../address.ts';
import { argumentsOf, containerPath, listensNone } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import { configValue } from '../envsubst.ts';
import type { FileTree } from '../fileOperations.ts';
import { parseFlags } from '../flags.ts';
import { matchesGlob } from '../globs.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { serverPorts } from '../serverPorts.ts';
import { lastSegment, step } from '../text.ts';
import { sliceWord } from '../words.ts';

const DEFAULT_PORT = 80;
const MOST_FILES = 60;

export const lighttpd: Launcher = {
  id: 'lighttpd',
  runs: (command) => command === 'lighttpd' || command === 'lighttpd-angel',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), { valued: [['-f'], ['-m'], ['-i']] });
    if (flags.has('-t', '-tt', '-p', '-v', '-V')) return listensNone(process);
    const file = flags.last('-f');
    if (file?.state !== 'known') return unknownOutcome(process, "lighttpd's configuration is open");
    const reading: Reading = {
      process,
      texts: containerTexts(process),
      settings: new Map(),
      ports: [],
      files: 0,
      problem: undefined,
    };
    if (!readFile(reading, containerPath(process, file.value))) {
      return unknownOutcome(process, `lighttpd's configuration ${file.value} is not among the files in view`);
    }
    const main = mainPort(reading);
    if (reading.problem !== undefined) return unknownOutcome(process, reading.problem);
    return serverPorts(process, main === undefined ? reading.ports : [main, ...reading.ports]);
  },
};

interface Reading {
  readonly process: ContainerProcess;
  readonly texts: FileTree;
  /** The last value of each setting outside of conditions. */
  readonly settings: Map<string, Known<string>>;
  readonly ports: ListenedPort[];
  files: number;
  problem: string | undefined;
}

const LINE =
  /^[ \t]*(?:(server\.(?:port|bind))[ \t]*:?=[ \t]*([^\s#]+)|include[ \t]+"([^"\n]*)"|\$SERVER\["socket"\][ \t]*==[ \t]*"([^"\n]*)")/gm;

/** Whether the file is there. */
function readFile(reading: Reading, path: string): boolean {
  const text = reading.texts.read(path);
  if (text === undefined) return false;
  if (reading.files++ >= MOST_FILES) reading.problem ??= `${path} includes more files than are followed`;
  else if (text.state !== 'known') {
    reading.problem ??= (text.state === 'dynamic' ? text.reason : undefined) ?? `${path} could not be read`;
  } else readLines(reading, text, path);
  return true;
}

function readLines(reading: Reading, text: Known<string>, path: string): void {
  for (const match of text.value.matchAll(LINE)) {
    const [whole, name, value, include, socket] = match;
    const slice = (part: string) => {
      const start = match.index + whole.indexOf(part, name?.length ?? 0);
      return sliceWord(text, start, start + part.length);
    };
    if (name !== undefined && value !== undefined) reading.settings.set(name, slice(value));
    else if (include !== undefined) includeFiles(reading, include, path);
    else if (socket !== undefined) addSocket(reading, slice(socket));
  }
}

/** Relative ones count from the folder of the file. */
function includeFiles(reading: Reading, name: string, from: string): void {
  const path = name.startsWith('/') ? name : `${dirname(from)}/${name}`;
  if (reading.problem !== undefined || readFile(reading, path)) return;
  const files = /[*?[]/.test(dirname(path)) ? [] : reading.texts.list(dirname(path));
  for (const file of files) if (matchesGlob(lastSegment(path), lastSegment(file))) readFile(reading, file);
}

/** `$SERVER["socket"] == ":8080" { }` opens one more. */
function addSocket(reading: Reading, word: Known<string>): void {
  const value = configValue(word, reading.process.environment);
  const address = value.state === 'known' ? parseAddress(value) : undefined;
  if (address?.kind === 'socket') return;
  if (address?.kind === 'port') {
    const hop = step(word.at, `$SERVER["socket"] == "${word.value}"`);
    reading.ports.push(listened(reading.process, address.port, address.host, hop));
  } else reading.problem ??= `\`$SERVER["socket"] == "${word.value}"\` of lighttpd names no port`;
}

/** `server.port = env.PORT` is a variable of the environment. */
function mainPort(reading: Reading): ListenedPort | undefined {
  const { process, settings } = reading;
  const bind = settings.get('server.bind');
  const host =
    bind === undefined
      ? undefined
      : sliceWord(bind, /^"/.test(bind.value) ? 1 : 0, bind.value.length - (/"$/.test(bind.value) ? 1 : 0));
  if (host !== undefined && /^(?:\/|unix:)/.test(host.value)) return undefined;
  const written = settings.get('server.port');
  const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
  if (written === undefined) {
    return listened(
      process,
      known(DEFAULT_PORT, at),
      host,
      step(at, `lighttpd listens on ${DEFAULT_PORT} when no port is given`),
    );
  }
  const name = /^env\.(\w+)$/.exec(written.value)?.[1];
  const value = name === undefined ? configValue(written, process.environment) : process.environment.get(name);
  const port = value?.state === 'known' ? portNumber(value.value) : undefined;
  if (value?.state !== 'known' || port === undefined) {
    reading.problem ??= `the port \`server.port = ${written.value}\` of lighttpd is open`;
    return undefined;
  }
  const found = known(port, value.at, value.trail);
  return listened(process, found, host, step(written.at, `server.port = ${written.value}`));
}

function listened(
  process: ContainerProcess,
  port: Known<number>,
  host: Known<string> | undefined,
  hop: ReturnType<typeof step>,
): ListenedPort {
  const trail = [...(port.trail ?? []), hop];
  const name = host === undefined || host.value === '::' ? '0.0.0.0' : normalizeHost(host.value);
  return { port: { ...port, trail }, host: known(name, host?.at ?? port.at), because: [...process.trail, ...trail] };
}
