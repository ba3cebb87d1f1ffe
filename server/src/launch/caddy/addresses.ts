// The ports that the addresses of Caddy's sites open. https://caddyserver.com/docs/caddyfile/concepts#addresses
// A site with a name gets HTTPS, and its redirects listen on the HTTP port: https://caddyserver.com/docs/automatic-https

import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Step, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { normalizeHost, portNumber } from '../address.ts';
import { configValue } from '../envsubst.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { serverPorts } from '../serverPorts.ts';
import { step, wordText } from '../text.ts';
import { sliceWord } from '../words.ts';
import type { Caddyfile, CaddyLine, CaddySite } from './caddyfile.ts';

export interface GlobalOptions {
  readonly http: number;
  readonly https: number;
  readonly redirects: boolean;
  readonly tls: boolean;
  /** The address of the administration; undefined where it is off. */
  readonly admin: string | undefined;
  /** `default_bind`. */
  readonly hosts: readonly Known<string>[];
}

const ADMIN = 'localhost:2019';

export const defaultOptions: GlobalOptions = {
  http: 80,
  https: 443,
  redirects: true,
  tls: true,
  admin: ADMIN,
  hosts: [],
};

export function caddyfileListens(process: ContainerProcess, { options, sites }: Caddyfile): Outcome {
  return sitesListen(process, sites, options.reduce(withOption, defaultOptions));
}

/** https://caddyserver.com/docs/caddyfile/options */
function withOption(options: GlobalOptions, { words }: CaddyLine): GlobalOptions {
  const [name, first, ...rest] = words;
  const value = first?.value ?? '';
  const port = portNumber(value);
  switch (name?.value) {
    case 'http_port':
      return port === undefined ? options : { ...options, http: port };
    case 'https_port':
      return port === undefined ? options : { ...options, https: port };
    case 'auto_https':
      return { ...options, redirects: !/^(?:off|disable_redirects)$/.test(value), tls: value !== 'off' };
    case 'admin':
      return { ...options, admin: value === 'off' ? undefined : value === '' || value === '{' ? ADMIN : value };
    case 'default_bind':
      return first === undefined ? options : { ...options, hosts: [first, ...rest] };
    default:
      return options;
  }
}

export function sitesListen(
  process: ContainerProcess,
  sites: readonly CaddySite[],
  options: GlobalOptions = defaultOptions,
): Outcome {
  const ports: ListenedPort[] = [];
  for (const { addresses, body } of sites) {
    const hosts = hostsOf(process, body, options);
    for (const written of addresses) {
      const address = opened(process, written);
      if (address.state !== 'known') {
        const reason = address.state === 'dynamic' && address.reason !== undefined ? `: ${address.reason}` : '';
        return unknownOutcome(process, `the address \`${wordText(address)}\` of Caddy is open${reason}`);
      }
      // A value may hold several, as SERVER_NAME does.
      for (const match of address.value.matchAll(/[^\s,]+/g)) {
        const word = sliceWord(address, match.index, match.index + match[0].length);
        const found = addressPorts(process, word, options, hosts);
        if (found === undefined) return unknownOutcome(process, `\`${match[0]}\` is no address that Caddy serves`);
        ports.push(...found);
      }
    }
  }
  if (sites.length === 0) return unknownOutcome(process, 'the Caddyfile serves no site that can be read');
  const admin = options.admin === undefined ? undefined : adminPort(process, options.admin);
  return serverPorts(process, admin === undefined ? ports : [...ports, admin]);
}

/** Open where a variable in it is, or is set by nothing. */
function opened({ environment }: ContainerProcess, word: Known<string>): Value<string> {
  const unset = /\{\$(\w+)\}/.exec(word.value)?.[1];
  if (unset === undefined) return configValue(word, environment);
  return { state: 'dynamic', text: word.value, at: word.at, reason: `nothing in view sets ${unset}` };
}

/** `bind 127.0.0.1 [::1]`; every interface without it. https://caddyserver.com/docs/caddyfile/directives/bind */
function hostsOf(
  process: ContainerProcess,
  body: readonly CaddyLine[],
  { hosts }: GlobalOptions,
): readonly Value<string>[] {
  const own = body.filter(({ words }) => words[0]?.value === 'bind').flatMap(({ words }) => words.slice(1));
  return (own.length > 0 ? own : hosts).map((word) => opened(process, word));
}

function addressPorts(
  process: ContainerProcess,
  address: Known<string>,
  options: GlobalOptions,
  hosts: readonly Value<string>[],
): readonly ListenedPort[] | undefined {
  const match = /^(https?:\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d{1,5}))?(?:\/.*)?$/.exec(address.value);
  if (match === null || /[{}$]/.test(address.value)) return undefined;
  const [, scheme, host = '', digits] = match;
  const port = digits === undefined ? undefined : portNumber(digits);
  if (digits !== undefined && port === undefined) return undefined;
  const isPlain =
    scheme === 'http://' || !options.tls || (scheme === undefined && (host === '' || port === options.http));
  const trail = [...(address.trail ?? []), step(address.at, `site ${address.value}`)];
  const start = digits === undefined ? 0 : address.value.lastIndexOf(digits);
  const at = digits === undefined ? address.at : sliceWord(address, start, start + digits.length).at;
  const isTls = scheme === 'https://' || !isPlain;
  const own = port ?? (isTls ? options.https : options.http);
  const found = bound(process, known(own, at), trail, hosts);
  if (!isPlain && host !== '' && options.redirects && own !== options.http) {
    const redirect = step(address.at, `redirects to HTTPS from port ${options.http}`);
    found.push(...bound(process, known(options.http, address.at), [...trail, redirect], hosts));
  }
  return found;
}

function bound(
  process: ContainerProcess,
  port: Known<number>,
  trail: readonly Step[],
  hosts: readonly Value<string>[],
): ListenedPort[] {
  const given = hosts.length > 0 ? hosts : [known('0.0.0.0', port.at)];
  return given.flatMap((host) => {
    if (host.state === 'known' && /^unix\b|^fd\b/.test(host.value)) return [];
    const address = host.state === 'known' ? { ...host, value: interfaceOf(host.value) } : host;
    return [{ port: { ...port, trail }, host: address, because: [...process.trail, ...trail] }];
  });
}

/** `tcp4/0.0.0.0`, `[::]`. */
function interfaceOf(host: string): string {
  const name = host.replace(/^(?:tcp|udp)[46]?\//, '').replace(/^\[(.*)\]$/, '$1');
  return name === '::' ? '0.0.0.0' : normalizeHost(name);
}

/** https://caddyserver.com/docs/api */
function adminPort(process: ContainerProcess, address: string): ListenedPort | undefined {
  const [, host = '', digits = ''] = /^(?:\w+\/)?(.*):(\d{1,5})$/.exec(address) ?? [];
  const port = portNumber(digits);
  if (port === undefined || /^(?:unix|fd)\b/.test(address)) return undefined;
  const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
  const hop = step(at, `Caddy's administration listens on ${address}`);
  const name = host === 'localhost' ? '127.0.0.1' : interfaceOf(host);
  return { port: known(port, at, [hop]), host: known(name, at), because: [...process.trail, hop] };
}
