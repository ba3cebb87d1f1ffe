// nginx and its relatives: the `listen` lines of the configuration that the running server includes.
// https://nginx.org/en/docs/http/ngx_http_core_module.html#listen

import { dirname } from '../../base/uri.ts';
import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known, knownValue } from '../../facts/value.ts';
import { type NginxDirective, type NginxWord, parseNginx } from '../../syntax/nginx.ts';
import { parseAddress } from '../address.ts';
import { argumentsOf, knownCommand, listensNone } from '../argv.ts';
import { configValue } from '../envsubst.ts';
import type { FileTree } from '../fileOperations.ts';
import { parseFlags } from '../flags.ts';
import { matchesGlob } from '../globs.ts';
import type { ContainerProcess, Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { nginxTexts } from '../nginxImage.ts';
import { serverPorts } from '../serverPorts.ts';
import { lastSegment, step } from '../text.ts';
import { sliceWord } from '../words.ts';

const MOST_FILES = 60;
const MOST_INCLUDES = 300;

export const nginx: Launcher = {
  id: 'nginx',
  runs: (command) => /^(?:nginx|nginx-debug|openresty|tengine)$/.test(command),
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), { valued: [['-c'], ['-p'], ['-g'], ['-e'], ['-s']] });
    if (flags.has('-t', '-T', '-v', '-V') || flags.last('-s') !== undefined) return listensNone(process);
    if (flags.open !== undefined) return unknownOutcome(process, 'the arguments of nginx are open');
    const texts = nginxTexts(process);
    if ('problem' in texts) return unknownOutcome(process, texts.problem);
    const path = configPath(process, flags.last('-c'), flags.last('-p'), texts);
    if (path === undefined) return unknownOutcome(process, 'which configuration nginx reads is open');
    const reading: Reading = {
      process,
      texts,
      folder: dirname(path),
      files: 0,
      includes: 0,
      problem: undefined,
      hasServer: false,
      ports: [],
    };
    if (!readFile(reading, path, 'main')) {
      return unknownOutcome(process, `nginx's configuration ${path} is not among the files in view`);
    }
    if (reading.problem !== undefined) return unknownOutcome(process, reading.problem);
    if (!reading.hasServer) return unknownOutcome(process, `no server of nginx's configuration ${path} is in view`);
    return serverPorts(process, reading.ports);
  },
};

/** `-c`, else the path that the build of nginx has; relative ones count from the prefix. */
function configPath(
  process: ContainerProcess,
  flag: Value<string> | undefined,
  prefix: Value<string> | undefined,
  texts: FileTree,
): string | undefined {
  if (flag !== undefined && flag.state !== 'known') return undefined;
  const folder = knownValue(prefix) ?? '/etc/nginx';
  if (flag !== undefined) return flag.value.startsWith('/') ? flag.value : `${folder.replace(/\/$/, '')}/${flag.value}`;
  const isOpenResty =
    lastSegment(knownCommand(process) ?? '') === 'openresty' ||
    texts.read('/usr/local/openresty/nginx/conf/nginx.conf') !== undefined;
  return isOpenResty ? '/usr/local/openresty/nginx/conf/nginx.conf' : '/etc/nginx/nginx.conf';
}

type Context = 'main' | 'http' | 'stream' | 'server' | 'other';

interface Reading {
  readonly process: ContainerProcess;
  readonly texts: FileTree;
  /** Included paths count from the folder of the main file. */
  readonly folder: string;
  files: number;
  includes: number;
  problem: string | undefined;
  hasServer: boolean;
  readonly ports: ListenedPort[];
}

/** Whether the file is there. */
function readFile(reading: Reading, path: string, context: Context): boolean {
  const text = reading.texts.read(path);
  if (text === undefined) return false;
  if (reading.files++ >= MOST_FILES) reading.problem ??= `${path} includes more files than are followed`;
  else if (text.state !== 'known') {
    reading.problem ??= (text.state === 'dynamic' ? text.reason : undefined) ?? `${path} could not be read`;
  } else readDirectives(reading, text, parseNginx(text.value), context, 0);
  return true;
}

/** Returns whether a `listen` stood among them. */
function readDirectives(
  reading: Reading,
  text: Known<string>,
  directives: readonly NginxDirective[],
  context: Context,
  depth: number,
): boolean {
  let listens = false;
  for (const directive of directives) {
    const { name, block } = directive;
    const [first] = directive.words;
    if (name === 'include' && first !== undefined) {
      const before = reading.ports.length;
      includeFiles(reading, sliceWord(text, first.span.start, first.span.end), context);
      listens ||= context === 'server' && reading.ports.length > before;
    } else if (name === 'listen' && context === 'server' && first !== undefined) {
      listens = true;
      addListen(reading, text, directive, first);
    } else if (block === undefined || depth > 20) continue;
    else if (name === 'server' && (context === 'http' || context === 'stream') && directive.words.length === 0) {
      reading.hasServer = true;
      const hasListen = readDirectives(reading, text, block, 'server', depth + 1);
      if (!hasListen && context === 'http') addDefault(reading, text, directive);
    } else if (context === 'main' && (name === 'http' || name === 'stream')) {
      readDirectives(reading, text, block, name, depth + 1);
    }
  }
  return listens;
}

function includeFiles(reading: Reading, word: Known<string>, context: Context): void {
  if (reading.problem !== undefined) return;
  if (reading.includes++ >= MOST_INCLUDES) {
    reading.problem = 'nginx includes more files than are followed';
    return;
  }
  const path = word.value.startsWith('/') ? word.value : `${reading.folder}/${word.value}`;
  const name = lastSegment(path);
  if (!/[*?[]/.test(path)) {
    // What is missing makes nginx fail; files that packages bring, such as mime.types, hold no listener.
    if (!readFile(reading, path, context) && context !== 'server' && /sites|conf\.d|servers|vhost/.test(path)) {
      reading.problem ??= `${path}, which nginx includes, is not among the files in view`;
    }
    return;
  }
  const folder = dirname(path);
  if (/[*?[]/.test(folder)) {
    reading.problem ??= `\`include ${word.value}\` of nginx cannot be followed`;
    return;
  }
  for (const file of reading.texts.list(folder)) {
    if (matchesGlob(name, lastSegment(file)) && (name.startsWith('.') || !lastSegment(file).startsWith('.'))) {
      readFile(reading, file, context);
    }
  }
}

function addListen(reading: Reading, text: Known<string>, directive: NginxDirective, first: NginxWord): void {
  // UDP and QUIC are no ports that a load balancer's HTTP goes to.
  if (directive.words.some((word) => word.text === 'quic' || word.text === 'udp')) return;
  const { process } = reading;
  const value = configValue(sliceWord(text, first.span.start, first.span.end), process.environment);
  if (value.state !== 'known') {
    const reason = value.state === 'dynamic' ? value.reason : undefined;
    reading.problem ??= `the port of \`listen ${first.text.replaceAll('\uE0F2', '')}\` is open${reason === undefined ? '' : `: ${reason}`}`;
    return;
  }
  const address = parseAddress(value);
  if (address.kind === 'socket') return;
  if (address.kind === 'invalid' || /[${]/.test(value.value)) {
    reading.problem ??= `\`listen ${value.value}\` of nginx names no port`;
    return;
  }
  const hop = step(value.at, `listen ${value.value}`);
  const trail = [...(value.trail ?? []), hop];
  // Without a port, nginx as root takes 80.
  const port = address.kind === 'port' ? { ...address.port, trail } : known(80, value.at, trail);
  const host = address.host ?? known('0.0.0.0', value.at);
  const name = host.value === '*' || host.value === '::' || host.value === '[::]' ? '0.0.0.0' : host.value;
  reading.ports.push({ port, host: { ...host, value: name }, because: [...process.trail, ...trail] });
}

function addDefault(reading: Reading, text: Known<string>, directive: NginxDirective): void {
  const { process } = reading;
  const { start } = directive.span;
  const { at } = sliceWord(text, start, start + directive.name.length);
  const hop = step(at, 'a server without `listen` takes port 80');
  reading.ports.push({ port: known(80, at, [hop]), host: known('0.0.0.0', at), because: [...process.trail, hop] });
}
