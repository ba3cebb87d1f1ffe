// Calls of a Ruby program that open a listening socket.

import type { SourceFile } from '../../base/text.ts';
import type { Argument, Expression } from '../../facts/expression.ts';
import type { Listener, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { nameExpression, place, textOf } from '../expressions.ts';
import { type RubyApi, rubyApis } from './apis.ts';
import { dottedText, readArguments } from './expressions.ts';

type Found = Pick<Listener, 'port' | 'host' | 'address'> & { readonly api: RubyApi };

export function readListener(file: SourceFile, call: SyntaxNode, scope: Scope): Listener | undefined {
  const found = listenerOf(file, call);
  if (!found) return undefined;
  const { api, ...parts } = found;
  return { api: rubyApis[api], ...parts, at: place(file, call), scope };
}

function listenerOf(file: SourceFile, call: SyntaxNode): Found | undefined {
  const receiver = dottedText(file, childOf(call, 'receiver'));
  const method = textOf(file, childOf(call, 'method'));
  const values = readArguments(file, childOf(call, 'arguments'));
  switch (method) {
    case 'new':
    case 'open':
      if (receiver === 'TCPServer') return tcpServer(values);
      return receiver !== undefined && /(?:^|\.)WEBrick\.HTTPServer$/.test(receiver)
        ? { api: 'webrick.server', ...named(values, 'Port', 'BindAddress') }
        : undefined;
    case 'tcp_server_loop':
      return receiver === 'Socket' ? tcpServer(values) : undefined;
    case 'run':
    case 'start':
      return started(receiver ?? '', values);
    case 'start_server':
      return /^(?:EM|EventMachine)$/.test(receiver ?? '')
        ? { api: 'eventmachine.server', ...positional(values) }
        : undefined;
    case 'add_http2_port':
      return values[0] ? { api: 'grpc.ruby', address: values[0].value } : undefined;
    default:
      return undefined;
  }
}

function started(receiver: string, values: readonly Argument[]): Found | undefined {
  if (/^(?:Rack|Rackup)\.(?:Handler\.\w+|Server)$/.test(receiver)) {
    return { api: 'rack.handler', ...named(values, 'Port', 'Host') };
  }
  return receiver === 'Thin.Server' ? { api: 'thin.server', ...positional(values) } : undefined;
}

/** `new(port)`, `new(host, port)`. */
function tcpServer(values: readonly Argument[]): Found | undefined {
  const [first, second] = values;
  if (!first) return undefined;
  return second
    ? { api: 'ruby.tcpServer', host: first.value, port: second.value }
    : { api: 'ruby.tcpServer', port: first.value };
}

function positional(values: readonly Argument[]): Pick<Listener, 'port' | 'host'> {
  const [host, port] = values;
  return { ...(host && { host: host.value }), ...(port && { port: port.value }) };
}

function named(values: readonly Argument[], port: string, host: string): Pick<Listener, 'port' | 'host'> {
  const find = (name: string) => values.find((value) => value.name === name)?.value;
  const [portValue, hostValue] = [find(port), find(host)];
  return { ...(portValue && { port: portValue }), ...(hostValue && { host: hostValue }) };
}

/** What `App.run!` and a classic application listen on: options of the call, else the settings. */
export function sinatraListener(
  file: SourceFile,
  node: { readonly start: number; readonly end: number },
  values: readonly Argument[],
  scope: Scope,
): Listener {
  const at = place(file, node);
  const given = (...names: readonly string[]): Expression | undefined =>
    values.find(({ name }) => name !== undefined && names.includes(name))?.value;
  const port = given('port', 'Port') ?? nameExpression('settings.port', at);
  const host = given('bind', 'host', 'Host') ?? nameExpression('settings.bind', at);
  return { api: rubyApis['sinatra.run'], port, host, at, scope };
}
