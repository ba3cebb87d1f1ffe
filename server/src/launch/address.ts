// Addresses as servers take them: `0.0.0.0:8080`, `:8000`, `[::]:50051`, `unix:/run/app.sock`. Pure text work.

import type { Known } from '../facts/value.ts';
import { known } from '../facts/value.ts';
import { sliceWord } from './words.ts';

export type Address =
  | { readonly kind: 'port'; readonly port: Known<number>; readonly host: Known<string> | undefined }
  /** A host alone: the server's default port goes with it. */
  | { readonly kind: 'host'; readonly host: Known<string> }
  /** A unix socket or an inherited descriptor: nothing that traffic can be sent to. */
  | { readonly kind: 'socket' }
  | { readonly kind: 'invalid' };

/** A port number that can be listened on; 0 is none, since the system picks one. */
export function portNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^\d{1,5}$/.test(trimmed)) return undefined;
  const port = Number(trimmed);
  return port > 0 && port < 65536 ? port : undefined;
}

/** A port with the place of its digits. */
export function knownPort(word: Known<string>): Known<number> | undefined {
  const port = portNumber(word.value);
  if (port === undefined) return undefined;
  return word.trail === undefined ? known(port, word.at) : known(port, word.at, word.trail);
}

/** Reads `host:port`, `:port`, `port`, `host`, `unix:path`, also behind `tcp://` or `http://`. */
export function parseAddress(word: Known<string>): Address {
  const text = word.value;
  if (/^(?:unix|fd):/.test(text) || /^\.{0,2}\//.test(text)) return { kind: 'socket' };
  const start = /^[a-z]+:\/\//.exec(text)?.[0].length ?? 0;
  const bracket = text.startsWith('[', start) ? text.indexOf(']', start) : -1;
  const colon = text.indexOf(':', bracket < 0 ? start : bracket);
  const portStart = colon < 0 ? start : colon + 1;
  if (colon < 0 && portNumber(text.slice(start)) === undefined) {
    return text.length === start ? { kind: 'invalid' } : { kind: 'host', host: sliceWord(word, start, text.length) };
  }
  const digits = sliceWord(word, portStart, text.length);
  const port = knownPort(digits);
  if (port === undefined) return { kind: 'invalid' };
  if (colon <= start) return { kind: 'port', port, host: undefined };
  const host = bracket < 0 ? sliceWord(word, start, colon) : sliceWord(word, start + 1, bracket);
  return { kind: 'port', port, host };
}

/** An address as it is shown and compared; an empty host, `*`, .NET's `+` and none at all are every interface. */
export function normalizeHost(host: string): string {
  return host === '' || host === '*' || host === '+' ? '0.0.0.0' : host;
}
