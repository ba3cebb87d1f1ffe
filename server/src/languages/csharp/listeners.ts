// Calls of a C# program that open a listening socket or tell ASP.NET Core which ones to open.

import type { SourceFile } from '../../base/text.ts';
import type { Expression } from '../../facts/expression.ts';
import type { Listener, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { place, textOf } from '../expressions.ts';
import { type CsharpApi, csharpApis } from './apis.ts';
import { argumentNodes, calledName, csharpExpression, dottedText, receiverOf } from './expressions.ts';

type Found = Pick<Listener, 'port' | 'host' | 'address'> & { readonly api: CsharpApi };

/** The listeners of a call or of an object that is made. */
export function readListeners(file: SourceFile, node: SyntaxNode, scope: Scope): readonly Listener[] {
  const found = node.type === 'invocation_expression' ? ofCall(file, node) : ofCreation(file, node);
  const at = place(file, node);
  return found.map(({ api, ...parts }) => ({ api: csharpApis[api], ...parts, at, scope }));
}

function ofCall(file: SourceFile, call: SyntaxNode): readonly Found[] {
  const values = argumentNodes(childOf(call, 'arguments'));
  const [first, second] = values;
  const receiver = receiverOf(call);
  const receiverName = dottedText(file, receiver)?.split('.').at(-1) ?? '';
  const read = (node: SyntaxNode) => csharpExpression(file, node);
  switch (calledName(file, call)) {
    case 'CreateBuilder':
    case 'CreateSlimBuilder':
    case 'CreateEmptyBuilder':
    case 'Create':
      return receiverName === 'WebApplication' ? [{ api: 'aspnet.host' }] : [];
    case 'CreateDefaultBuilder':
      return receiverName === 'WebHost' ? [{ api: 'aspnet.host' }] : [];
    case 'ConfigureWebHostDefaults':
    case 'ConfigureWebHost':
      return [{ api: 'aspnet.host' }];
    case 'UseUrls':
      return values.map((value) => ({ api: 'aspnet.useUrls' as const, address: read(value) }));
    case 'UseSetting':
      return first && second && isUrlsKey(file, first) ? [{ api: 'aspnet.useUrls', address: read(second) }] : [];
    case 'Run':
    case 'RunAsync':
      return first && second === undefined && isUrl(file, first)
        ? [{ api: 'aspnet.appUrls', address: read(first) }]
        : [];
    case 'Add':
      return first ? addedAddress(receiverName, read(first)) : [];
    case 'ListenAnyIP':
      return first ? [{ api: 'kestrel.listenAnyIP', port: read(first) }] : [];
    case 'ListenLocalhost':
      return first ? [{ api: 'kestrel.listenLocalhost', port: read(first) }] : [];
    case 'ListenUnixSocket':
      return first ? [{ api: 'kestrel.listenUnixSocket', address: read(first) }] : [];
    case 'Listen':
      return listenCall(file, first, second);
    default:
      return [];
  }
}

function addedAddress(receiver: string, address: Expression): readonly Found[] {
  if (receiver === 'Urls' || receiver === 'Addresses') return [{ api: 'aspnet.appUrls', address }];
  return receiver === 'Prefixes' ? [{ api: 'dotnet.httpListener', address: withoutPath(address) }] : [];
}

/** `http://+:8080/` without the slash that a prefix must end with. */
function withoutPath(address: Expression): Expression {
  if (address.kind === 'literal' && typeof address.value === 'string') {
    const value = address.value.replace(/\/$/, '');
    const { uri, span } = address.at;
    const end = span.end - (address.value.length - value.length);
    return { ...address, value, at: { uri, span: { start: span.start, end } } };
  }
  const last = address.kind === 'concat' ? address.parts.at(-1) : undefined;
  if (address.kind !== 'concat' || last?.kind !== 'literal') return address;
  return { ...address, parts: [...address.parts.slice(0, -1), withoutPath(last)] };
}

function isUrlsKey(file: SourceFile, node: SyntaxNode): boolean {
  const key = csharpExpression(file, node);
  if (key.kind === 'literal') return String(key.value).toLowerCase() === 'urls';
  return dottedText(file, node) === 'WebHostDefaults.ServerUrlsKey';
}

/** `app.Run("http://…")`; other methods of that name take a delegate, a command or a builder. */
function isUrl(file: SourceFile, node: SyntaxNode): boolean {
  const value = csharpExpression(file, node);
  if (value.kind === 'literal') return typeof value.value === 'string' && /^https?:\/\//i.test(value.value);
  if (value.kind === 'concat') {
    const [start] = value.parts;
    return start?.kind === 'literal' ? /^https?:\/\//i.test(String(start.value)) : start?.kind === 'name';
  }
  return value.kind === 'name' && /url|address/i.test(value.name);
}

/** `Listen(IPAddress.Any, 5000)`, `Listen(new IPEndPoint(IPAddress.Any, 5000))`. */
function listenCall(file: SourceFile, first: SyntaxNode | undefined, second: SyntaxNode | undefined): readonly Found[] {
  if (!first) return [];
  const endpoint = endpointOf(file, first);
  if (endpoint) return [{ api: 'kestrel.listen', ...endpoint }];
  if (!second || second.type === 'lambda_expression') return [];
  return [{ api: 'kestrel.listen', host: csharpExpression(file, first), port: csharpExpression(file, second) }];
}

function endpointOf(file: SourceFile, node: SyntaxNode): { host: Expression; port: Expression } | undefined {
  if (node.type !== 'object_creation_expression' || typeName(file, node) !== 'IPEndPoint') return undefined;
  const [host, port] = argumentNodes(childOf(node, 'arguments'));
  return host && port ? { host: csharpExpression(file, host), port: csharpExpression(file, port) } : undefined;
}

function typeName(file: SourceFile, node: SyntaxNode): string {
  return dottedText(file, childOf(node, 'type'))?.split('.').at(-1) ?? textOf(file, childOf(node, 'type'));
}

function ofCreation(file: SourceFile, node: SyntaxNode): readonly Found[] {
  const [first, second] = argumentNodes(childOf(node, 'arguments'));
  switch (typeName(file, node)) {
    case 'WebHostBuilder':
      return [{ api: 'aspnet.host' }];
    case 'TcpListener': {
      const endpoint = first && endpointOf(file, first);
      if (endpoint) return [{ api: 'dotnet.tcpListener', ...endpoint }];
      if (!first) return [];
      if (!second) return [{ api: 'dotnet.tcpListener', port: csharpExpression(file, first) }];
      return [{ api: 'dotnet.tcpListener', host: csharpExpression(file, first), port: csharpExpression(file, second) }];
    }
    case 'ServerPort':
      if (!first || !second) return [];
      return [{ api: 'grpc.dotnet', host: csharpExpression(file, first), port: csharpExpression(file, second) }];
    default:
      return [];
  }
}
