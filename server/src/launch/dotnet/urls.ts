// Addresses as ASP.NET Core takes them: `http://*:5000;https://localhost:5001`.
// https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints

import type { ListenedPort } from '../../facts/listens.ts';
import type { Known, Step } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { knownPort } from '../address.ts';
import { sliceWord } from '../words.ts';

export type UrlPorts =
  | { readonly kind: 'ports'; readonly ports: readonly ListenedPort[] }
  /** A part that names no port. */
  | { readonly kind: 'invalid'; readonly text: string };

/** The ports of a list of addresses; sockets and pipes open none. */
export function urlPorts(list: Known<string>, trail: readonly Step[]): UrlPorts {
  const ports: ListenedPort[] = [];
  for (const url of parts(list, ';')) {
    const port = urlPort(url, trail);
    if (port === 'invalid') return { kind: 'invalid', text: url.value };
    if (port !== 'socket') ports.push(port);
  }
  return { kind: 'ports', ports };
}

/** `8080;9090`, as HTTP_PORTS takes it. Each binds every interface. */
export function numberPorts(list: Known<string>, trail: readonly Step[]): UrlPorts {
  const ports: ListenedPort[] = [];
  for (const part of parts(list, ';')) {
    const port = knownPort(part);
    if (port === undefined) return { kind: 'invalid', text: part.value };
    ports.push({ port, host: known('0.0.0.0', part.at), because: [...trail, ...(list.trail ?? [])] });
  }
  return { kind: 'ports', ports };
}

function parts(list: Known<string>, separator: string): readonly Known<string>[] {
  const found: Known<string>[] = [];
  let start = 0;
  for (const text of list.value.split(separator)) {
    if (text.trim() !== '') found.push(sliceWord(list, start, start + text.length));
    start += text.length + separator.length;
  }
  return found;
}

const URL_PATTERN = /^\s*(https?):\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?(?:\/|\s*$)/i;

function urlPort(url: Known<string>, trail: readonly Step[]): ListenedPort | 'socket' | 'invalid' {
  if (/^\s*https?:\/\/(?:unix:|pipe:)/i.test(url.value)) return 'socket';
  const found = URL_PATTERN.exec(url.value);
  const [whole = '', scheme = '', host = '', digits] = found ?? [];
  if (found === null) return 'invalid';
  const because = [...trail, ...(url.trail ?? [])];
  const address = known(boundHost(host), url.at);
  if (digits === undefined) {
    const port = scheme.toLowerCase() === 'https' ? 443 : 80;
    return { port: known(port, url.at, url.trail), host: address, because };
  }
  const start = whole.lastIndexOf(digits);
  const port = knownPort(sliceWord(url, start, start + digits.length));
  return port === undefined ? 'invalid' : { port, host: address, because };
}

/** Kestrel binds every interface for a name that is neither an address nor localhost. */
function boundHost(host: string): string {
  const plain = host.replace(/^\[|\]$/g, '');
  return /^(?:localhost|\d+\.\d+\.\d+\.\d+|[\da-f:]*:[\da-f:]*)$/i.test(plain) ? plain.toLowerCase() : '0.0.0.0';
}
