// Caddy's configuration in JSON: the `listen` addresses of its HTTP servers. https://caddyserver.com/docs/json/apps/http/

import type { ConfigEntry } from '../../facts/configFile.ts';
import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Value } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { normalizeHost, parseAddress } from '../address.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { serverPorts } from '../serverPorts.ts';
import { step } from '../text.ts';
import { sliceWord } from '../words.ts';

export function caddyJsonListens(process: ContainerProcess, entries: readonly ConfigEntry[]): Outcome {
  const ports: ListenedPort[] = [];
  for (const { key, value } of entries) {
    if (!/^apps\.\w+\.servers\.[^.]+\.listen\[\d+\]$/.test(key)) continue;
    const port = opened(process, value, key);
    if (port === undefined) return unknownOutcome(process, `\`${key}\` of Caddy's configuration is open`);
    if (port !== 'none') ports.push(port);
  }
  if (ports.length === 0) return unknownOutcome(process, "Caddy's configuration names no address to listen on");
  return serverPorts(process, [...ports, ...redirects(process, entries, ports), ...administration(process, entries)]);
}

/** `:8080`, `tcp/0.0.0.0:8080`; `udp/…` and sockets are nothing that traffic is sent to. */
function opened(process: ContainerProcess, value: Value<string>, key: string): ListenedPort | 'none' | undefined {
  if (value.state !== 'known' || value.value.includes('{')) return undefined;
  const network = /^([a-z]+[46]?)\//.exec(value.value)?.[1] ?? 'tcp';
  // `unix//run/caddy.sock`, `udp/:443`.
  if (!network.startsWith('tcp')) return 'none';
  const start = value.value.startsWith(`${network}/`) ? network.length + 1 : 0;
  const address = parseAddress(sliceWord(value, start));
  if (address.kind !== 'port') return undefined;
  return listened(process, address.port, address.host, `${key}: ${value.value}`);
}

function listened(
  process: ContainerProcess,
  port: Known<number>,
  host: Known<string> | undefined,
  text: string,
): ListenedPort {
  const trail = [...(port.trail ?? []), step(port.at, text)];
  const name = host === undefined || host.value === '::' ? '0.0.0.0' : normalizeHost(host.value);
  const address = known(name === 'localhost' ? '127.0.0.1' : name, host?.at ?? port.at);
  return { port: { ...port, trail }, host: address, because: [...process.trail, ...trail] };
}

/** Sites with names on the HTTPS port are redirected to from the HTTP port. https://caddyserver.com/docs/automatic-https */
function redirects(
  process: ContainerProcess,
  entries: readonly ConfigEntry[],
  ports: readonly ListenedPort[],
): readonly ListenedPort[] {
  const https = ports.find(({ port }) => port.value === Number(settingOf(entries, 'apps.http.https_port') ?? 443));
  const isOff = entries.some(
    ({ key, value }) =>
      /\.automatic_https\.disable(?:_redirects)?$/.test(key) && value.state === 'known' && value.value === 'true',
  );
  const hasNames = entries.some(({ key }) => /\.match\[\d+\]\.host\[\d+\]$/.test(key));
  if (https === undefined || isOff || !hasNames) return [];
  const number = Number(settingOf(entries, 'apps.http.http_port') ?? 80);
  return [listened(process, known(number, https.port.at), undefined, `redirects to HTTPS from port ${number}`)];
}

function settingOf(entries: readonly ConfigEntry[], key: string): string | undefined {
  const value = entries.find((entry) => entry.key === key)?.value;
  return value?.state === 'known' ? value.value : undefined;
}

function administration(process: ContainerProcess, entries: readonly ConfigEntry[]): readonly ListenedPort[] {
  if (settingOf(entries, 'admin.disabled') === 'true') return [];
  const at = process.argv[0]?.at ?? { uri: '', span: { start: 0, end: 0 } };
  const written = entries.find(({ key }) => key === 'admin.listen')?.value ?? known('localhost:2019', at);
  const port = opened(process, written, "Caddy's administration");
  return port === undefined || port === 'none' ? [] : [port];
}
