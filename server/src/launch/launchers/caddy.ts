// Caddy and FrankenPHP: the site addresses of the Caddyfile. https://caddyserver.com/docs/caddyfile/concepts#addresses
// A site with a name gets HTTPS, and its redirects listen on the HTTP port: https://caddyserver.com/docs/automatic-https

import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Step, Value } from '../../facts/value.ts';
import { dynamic, known } from '../../facts/value.ts';
import { type ConfigLine, parseConfigLines } from '../../syntax/configLines.ts';
import { portNumber } from '../address.ts';
import { argumentsOf, bindsListen, containerPath, knownCommand, listensNone } from '../argv.ts';
import { containerTexts } from '../containerTexts.ts';
import { configValue } from '../envsubst.ts';
import { type Flags, parseFlags } from '../flags.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { serverPorts } from '../serverPorts.ts';
import { lastSegment, step, wordText } from '../text.ts';
import { joinWord, sliceWord } from '../words.ts';

const ADMIN = 2019;

export const caddy: Launcher = {
  id: 'caddy',
  runs: (command) => command === 'caddy' || command === 'frankenphp',
  resolve(process) {
    const flags = parseFlags(argumentsOf(process), {
      valued: [
        ['--config', '-config', '-c'],
        ['--adapter', '-adapter', '-a'],
        ['--listen', '-l'],
        ['--from', '-f'],
        ['--to', '-t'],
        ['--root', '-r'],
        ['--domain', '-d'],
        ['--envfile'],
      ],
    });
    if (flags.open !== undefined) return unknownOutcome(process, 'the arguments of Caddy are open');
    const verb = flags.positionals[0] === undefined ? '' : wordText(flags.positionals[0]);
    switch (verb) {
      case 'run':
      case 'start':
        return runConfig(process, flags);
      case 'file-server':
      case 'php-server':
        return fileServer(process, flags);
      case 'reverse-proxy':
        return addressesListen(process, [flags.last('--from') ?? known('localhost', placeOf(process))]);
      case 'respond':
        return bindsListen(process, 'caddy respond', flags.all('--listen'), { port: 80, host: '0.0.0.0' });
      case '':
        return unknownOutcome(process, 'what Caddy runs without a command is not known');
      default:
        return listensNone(process);
    }
  },
};

function placeOf(process: ContainerProcess) {
  return process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
}

/** `--listen`, else `--domain`, else port 80. https://caddyserver.com/docs/command-line#caddy-file-server */
function fileServer(process: ContainerProcess, flags: Flags): Outcome {
  const listen = flags.last('--listen');
  if (listen !== undefined) return bindsListen(process, 'Caddy', [listen], { port: 80, host: '0.0.0.0' });
  return addressesListen(process, [flags.last('--domain') ?? known(':80', placeOf(process))]);
}

function runConfig(process: ContainerProcess, flags: Flags): Outcome {
  const texts = containerTexts(process);
  const given = flags.last('--config');
  if (given !== undefined && given.state !== 'known') return unknownOutcome(process, "Caddy's configuration is open");
  const isPhp = lastSegment(knownCommand(process) ?? '') === 'frankenphp';
  const folders = isPhp ? ['/etc/frankenphp/Caddyfile', '/etc/caddy/Caddyfile'] : [];
  const candidates =
    given === undefined ? [containerPath(process, 'Caddyfile'), ...folders] : [containerPath(process, given.value)];
  const path = candidates.find((file) => texts.read(file) !== undefined);
  if (
    path === undefined ||
    !/caddyfile/i.test(lastSegment(path) + wordText(flags.last('--adapter') ?? known('', placeOf(process))))
  ) {
    return unknownOutcome(
      process,
      `Caddy's configuration ${given?.value ?? 'Caddyfile'} is not among the files in view, or no Caddyfile`,
    );
  }
  const text = texts.read(path);
  if (text?.state !== 'known') {
    return unknownOutcome(
      process,
      (text?.state === 'dynamic' ? text.reason : undefined) ?? `${path} could not be read`,
    );
  }
  return addressesListen(process, siteAddresses(process, text), globalOptions(text));
}

interface GlobalOptions {
  readonly http: number;
  readonly https: number;
  readonly redirects: boolean;
  readonly tls: boolean;
  readonly admin: boolean;
}

const defaults: GlobalOptions = { http: 80, https: 443, redirects: true, tls: true, admin: true };

/** The block without an address at the top. https://caddyserver.com/docs/caddyfile/options */
function globalOptions(text: Known<string>): GlobalOptions {
  let options = defaults;
  let depth = 0;
  for (const [index, { words }] of parseConfigLines(text.value).entries()) {
    const [name, value] = words.map((word) => word.text);
    if (index === 0 && (name !== '{' || words.length > 1)) return options;
    if (depth === 1) options = withOption(options, name, value);
    if (words.at(-1)?.text === '{') depth++;
    else if (name === '}' && --depth === 0) return options;
  }
  return options;
}

function withOption(options: GlobalOptions, name: string | undefined, value: string | undefined): GlobalOptions {
  const port = portNumber(value ?? '');
  switch (name) {
    case 'http_port':
      return port === undefined ? options : { ...options, http: port };
    case 'https_port':
      return port === undefined ? options : { ...options, https: port };
    case 'auto_https':
      return { ...options, redirects: !/^(?:off|disable_redirects)$/.test(value ?? ''), tls: value !== 'off' };
    case 'admin':
      // At another address it is no more than another door to the same settings.
      return { ...options, admin: false };
    default:
      return options;
  }
}

/** The words in front of each block at the top, or the first line of a file without blocks. */
function siteAddresses(process: ContainerProcess, text: Known<string>): readonly Value<string>[] {
  const addresses: Value<string>[] = [];
  let depth = 0;
  let pending: ConfigLine['words'] = [];
  const lines = parseConfigLines(text.value);
  const hasBlocks = lines.some(({ words }) => words.at(-1)?.text === '{');
  for (const [index, { words }] of lines.entries()) {
    const last = words.at(-1)?.text;
    const before = depth;
    if (last === '{') depth++;
    else if (words[0]?.text === '}') depth = Math.max(0, depth - 1);
    if (before > 0 || (!hasBlocks && index > 0)) continue;
    const names = [...pending, ...words.filter(({ text: word }) => word !== '{' && word !== '}')];
    if (hasBlocks && last !== '{') {
      // Addresses may go on after a comma.
      pending = last?.endsWith(',') ? names : [];
      continue;
    }
    pending = [];
    if (names.some(({ text: name }) => name.startsWith('(') || name === 'import')) continue;
    for (const { text: name, span } of names) {
      const comma = name.endsWith(',') ? 1 : 0;
      if (name.length > comma) addresses.push(filledIn(process, sliceWord(text, span.start, span.end - comma)));
    }
  }
  return addresses;
}

/** `{$PORT}` and `{$PORT:8080}`; `{env.PORT}` is read while running, which an address cannot be. */
function filledIn(process: ContainerProcess, word: Known<string>): Value<string> {
  const parts: Known<string>[] = [];
  let offset = 0;
  for (const match of word.value.matchAll(/\{\$(\w+)(?::([^}]*))?\}/g)) {
    const [whole, name = '', otherwise] = match;
    const given = process.environment.get(name);
    const end = match.index + whole.length;
    const fallback = otherwise === undefined ? undefined : sliceWord(word, end - 1 - otherwise.length, end - 1);
    const value = given ?? fallback ?? dynamic(whole, word.at, `nothing in view sets ${name}`);
    if (value.state !== 'known') return value;
    if (match.index > offset) parts.push(sliceWord(word, offset, match.index));
    parts.push(value);
    offset = end;
  }
  if (offset === 0) return configValue(word, process.environment);
  if (offset < word.value.length) parts.push(sliceWord(word, offset));
  return joinWord(parts, word.at);
}

function addressesListen(process: ContainerProcess, addresses: readonly Value<string>[], options = defaults): Outcome {
  const ports: ListenedPort[] = [];
  for (const address of addresses) {
    if (address.state !== 'known') {
      const reason = address.state === 'dynamic' && address.reason !== undefined ? `: ${address.reason}` : '';
      return unknownOutcome(process, `the address \`${wordText(address)}\` of Caddy is open${reason}`);
    }
    // A value may hold several, as SERVER_NAME does.
    for (const match of address.value.matchAll(/[^\s,]+/g)) {
      const found = addressPorts(process, sliceWord(address, match.index, match.index + match[0].length), options);
      if (found === undefined) return unknownOutcome(process, `\`${match[0]}\` is no address that Caddy serves`);
      ports.push(...found);
    }
  }
  if (addresses.length === 0) return unknownOutcome(process, 'the Caddyfile serves no site that can be read');
  if (options.admin) ports.push(adminPort(process));
  return serverPorts(process, ports);
}

function addressPorts(
  process: ContainerProcess,
  address: Known<string>,
  options: GlobalOptions,
): readonly ListenedPort[] | undefined {
  const match = /^(https?:\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d{1,5}))?(?:\/.*)?$/.exec(address.value);
  if (match === null || /[{}$]/.test(address.value)) return undefined;
  const [, scheme, host = '', digits] = match;
  const port = digits === undefined ? undefined : portNumber(digits);
  if (digits !== undefined && port === undefined) return undefined;
  const isPlain =
    scheme === 'http://' || !options.tls || (scheme === undefined && (host === '' || port === options.http));
  const hop = step(address.at, `site ${address.value}`);
  const trail = [...(address.trail ?? []), hop];
  const start = digits === undefined ? 0 : address.value.lastIndexOf(digits);
  const at = digits === undefined ? address.at : sliceWord(address, start, start + digits.length).at;
  const own = port ?? (isPlain ? options.http : options.https);
  const found = [opened(process, known(own, at), trail)];
  if (!isPlain && host !== '' && options.redirects && own !== options.http) {
    const redirect = step(address.at, `redirects to HTTPS from port ${options.http}`);
    found.push(opened(process, known(options.http, address.at), [...trail, redirect]));
  }
  return found;
}

function opened(process: ContainerProcess, port: Known<number>, trail: readonly Step[]): ListenedPort {
  return { port: { ...port, trail }, host: known('0.0.0.0', port.at), because: [...process.trail, ...trail] };
}

/** https://caddyserver.com/docs/api */
function adminPort(process: ContainerProcess): ListenedPort {
  const at = placeOf(process);
  const hop = step(at, `Caddy's administration listens on localhost:${ADMIN}`);
  return { port: known(ADMIN, at, [hop]), host: known('127.0.0.1', at), because: [...process.trail, hop] };
}
