// Which calls of a PHP program open a listening socket, and where in them port and host stand.

import type { SourceFile } from '../../base/text.ts';
import type { Argument } from '../../facts/expression.ts';
import type { ListenerApi } from '../../facts/listenerApi.ts';
import type { Listener, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { place } from '../expressions.ts';
import { phpApis } from './apis.ts';

interface Signature {
  readonly api: ListenerApi;
  /** Positions of the arguments. */
  readonly port?: number;
  readonly host?: number;
  readonly address?: number;
  /** Without that argument it opens nothing. */
  readonly required?: true;
}

/** By the full name of a class, without the backslash in front. */
const constructors: readonly (readonly [RegExp, Signature])[] = [
  [
    /^(?:Open)?Swoole\\(?:(?:Http|WebSocket|Redis)\\)?Server$|^swoole_(?:http_|websocket_)?server$/i,
    { api: phpApis['swoole.server'], host: 0, port: 1 },
  ],
  [/^React\\Socket\\(?:SocketServer|TcpServer|Server)$/, { api: phpApis['react.socket'], address: 0, required: true }],
  [/^Workerman\\Worker$/, { api: phpApis['workerman.worker'], address: 0, required: true }],
  [/^Ratchet\\App$/, { api: phpApis['ratchet.app'], port: 1, host: 2 }],
];

/** By the full name of a function, or of a class and its static method. */
const functions: readonly (readonly [RegExp, Signature])[] = [
  [/^Ratchet\\Server\\IoServer::factory$/, { api: phpApis['ratchet.ioServer'], port: 1, host: 2 }],
  [/^stream_socket_server$/, { api: phpApis['php.streamSocketServer'], address: 0, required: true }],
  [/^socket_bind$/, { api: phpApis['php.socketBind'], host: 1, port: 2, required: true }],
];

export function constructedListener(
  file: SourceFile,
  node: SyntaxNode,
  className: string,
  values: readonly Argument[],
  scope: Scope,
): Listener | undefined {
  return listenerOf(file, node, constructors.find(([name]) => name.test(className))?.[1], values, scope);
}

export function calledListener(
  file: SourceFile,
  node: SyntaxNode,
  name: string,
  values: readonly Argument[],
  scope: Scope,
): Listener | undefined {
  return listenerOf(file, node, functions.find(([pattern]) => pattern.test(name))?.[1], values, scope);
}

/** `$server->expose('0.0.0.0:1337')`. */
export function exposedListener(
  file: SourceFile,
  node: SyntaxNode,
  values: readonly Argument[],
  scope: Scope,
): Listener | undefined {
  const [first] = values;
  const isAddress = first?.value.kind === 'literal' && /:\d+$/.test(String(first.value.value));
  return isAddress ? listenerOf(file, node, { api: phpApis['amp.expose'], address: 0 }, values, scope) : undefined;
}

function listenerOf(
  file: SourceFile,
  node: SyntaxNode,
  signature: Signature | undefined,
  values: readonly Argument[],
  scope: Scope,
): Listener | undefined {
  if (signature === undefined) return undefined;
  const at = (index: number | undefined) => (index === undefined ? undefined : values[index]?.value);
  const port = at(signature.port);
  const host = at(signature.host);
  const address = at(signature.address);
  if (signature.required && port === undefined && address === undefined) return undefined;
  return {
    api: signature.api,
    ...(port && { port }),
    ...(host && { host }),
    ...(address && { address }),
    at: place(file, node),
    scope,
  };
}
