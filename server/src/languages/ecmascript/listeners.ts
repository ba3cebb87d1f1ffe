// Calls of a JavaScript or TypeScript program that open a listening socket, with the expressions of their host and port.

import type { Listener, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { memberExpression, place, textOf, unknownExpression } from '../expressions.ts';
import { scriptApis } from './apis.ts';
import { scriptExpression } from './expressions.ts';
import type { ScriptFile } from './names.ts';
import { argumentsOf, fullName, isFunction, plainDotted, unwrap } from './names.ts';
import { keyText, propertyNode } from './objects.ts';
import type { Signature } from './signatures.ts';
import { bunExport, genericListen, grpcBind, signatureOf, socketServer } from './signatures.ts';

/** Where a listening call holds its host and port. */
export interface Parts {
  readonly port: SyntaxNode | undefined;
  readonly host: SyntaxNode | undefined;
  /** The object literal that holds them; undefined where they are arguments of their own. */
  readonly settings: SyntaxNode | undefined;
  /** Settings that are made elsewhere, or mixed in: what they hold is not seen here. */
  readonly open: SyntaxNode | undefined;
}

/** The signature of a call, a `new` or an exported object that listens; undefined for all others. */
export function listeningCall(file: ScriptFile, node: SyntaxNode): Signature | undefined {
  if (node.type === 'object') return bunExport;
  const isNew = node.type === 'new_expression';
  const callee = unwrap(childOf(node, isNew ? 'constructor' : 'function'));
  const full = callee && fullName(file, callee);
  if (!callee || full === undefined) return undefined;
  const signature = signatureOf(full) ?? otherSignature(file, node, callee, full);
  if (!signature || (signature.api === 'nest.microservice' && !isTcpService(file, node))) return undefined;
  const parts = partsOf(file, node, signature);
  const listensElsewhere = parts.settings && !parts.port && propertyNode(file, parts.settings, 'path');
  if (listensElsewhere || (signature.needsPort && !parts.port)) return undefined;
  return signature;
}

/** Of the transports of Nest, only this one listens by host and port; most others are clients of a broker. */
function isTcpService(file: ScriptFile, node: SyntaxNode): boolean {
  const settings = unwrap(argumentsOf(node)[1]);
  if (settings?.type !== 'object') return false;
  const transport = propertyNode(file, settings, 'transport');
  return transport === undefined ? spreadOf(settings) === undefined : /\bTCP$/.test(textOf(file, transport));
}

function otherSignature(file: ScriptFile, node: SyntaxNode, callee: SyntaxNode, full: string): Signature | undefined {
  if (full === 'socket.io' || full === 'socket.io.Server') {
    const [first] = argumentsOf(node);
    return first && isPort(file, first, /port/i) ? socketServer : undefined;
  }
  if (callee.type !== 'member_expression') return undefined;
  const method = textOf(file, childOf(callee, 'property'));
  if (method === 'bindAsync' || (method === 'bind' && /\.Server\(\)\.bind$/.test(full) && full.includes('grpc'))) {
    return grpcBind;
  }
  return method === 'listen' && isGenericListen(file, node, callee, full) ? genericListen : undefined;
}

const otherListeners =
  /^(?:window|document|store|router|history|navigator|emitter|eventEmitter|events?|bus|eventBus|redis\w*|client|prisma|pubsub|subscriber|subscription|consumer|queue|channel|i18n|ipc\w*|db|pool|connection|contract|provider|page|recognition|messaging)$/i;
const serverNames = /(?:app|application|server|http|https|api|express|fastify|koa|service|gateway)\d?$/i;

/** `listen` of something whose making is not seen: a server if it is called like one, or is given a port. */
function isGenericListen(file: ScriptFile, node: SyntaxNode, callee: SyntaxNode, full: string): boolean {
  const object = childOf(callee, 'object');
  const receiver = object && plainDotted(file, object);
  const name = (receiver ?? '').replace(/^.*\./, '');
  if (name === 'this' || otherListeners.test(name) || isOwnInstance(file, object, full)) return false;
  const [first] = argumentsOf(node);
  return first !== undefined && isPort(file, first, serverNames.test(name) ? /./ : /port/i);
}

/** An instance of a class of the program: what its `listen` does is written there. */
function isOwnInstance(file: ScriptFile, object: SyntaxNode | undefined, full: string): boolean {
  const plain = object && plainDotted(file, object);
  const made = plain === undefined ? unwrap(object) : file.created.get(plain);
  if (made?.type !== 'new_expression') return false;
  const maker = full.replace(/\(\)\.listen$/, '');
  return file.classes.has(maker) || /^(?:\.{1,2}\/|\.{1,2}\.|@\/|~|src\/)/.test(maker);
}

/** Whether an argument can be a port; `names` are those that a plain variable must have. */
function isPort(file: ScriptFile, node: SyntaxNode, names: RegExp): boolean {
  const value = unwrap(node);
  switch (value?.type) {
    case 'number':
      return true;
    case 'string':
      return /^['"]\d+['"]$/.test(textOf(file, value));
    case 'object':
      return propertyNode(file, value, 'port') !== undefined;
    case 'identifier': {
      const object = file.objects.get(textOf(file, value));
      return object ? propertyNode(file, object, 'port') !== undefined : names.test(textOf(file, value));
    }
    case 'member_expression':
    case 'subscript_expression':
    case 'call_expression':
      return names.test(textOf(file, value).slice(0, 200));
    case 'binary_expression':
    case 'ternary_expression':
    case 'unary_expression':
    case 'template_string':
      return true;
    default:
      return false;
  }
}

export function partsOf(file: ScriptFile, node: SyntaxNode, signature: Signature): Parts {
  const nothing: Parts = { port: undefined, host: undefined, settings: undefined, open: undefined };
  if (node.type === 'object') return settingsParts(file, node, signature);
  const values = argumentsOf(node);
  const first = unwrap(values[signature.position]);
  if (!first || isFunction(first)) return nothing;
  if (first.type === 'spread_element') return { ...nothing, open: first };
  const named =
    first.type === 'identifier' && !file.hidden.has(textOf(file, first))
      ? file.objects.get(textOf(file, first))
      : undefined;
  const object = first.type === 'object' ? first : named;
  if (object) return settingsParts(file, object, signature);
  if (signature.style === 'object') return isHandler(file, first) ? nothing : { ...nothing, open: first };
  return signature.api === 'uws.listen' ? socketsParts(file, values) : argumentParts(file, values, signature.position);
}

/** `Deno.serve(handler)`, `serve(app)`: what answers requests, not settings. */
function isHandler(file: ScriptFile, node: SyntaxNode): boolean {
  return (
    /(?:^|\.)(?:app|handler|fetch|router|handle\w*)$/i.test(textOf(file, node)) || file.created.has(textOf(file, node))
  );
}

function settingsParts(file: ScriptFile, object: SyntaxNode, signature: Signature): Parts {
  const inner = signature.inner === undefined ? object : propertyNode(file, object, signature.inner);
  if (!inner) return { port: undefined, host: undefined, settings: undefined, open: spreadOf(object) };
  if (inner.type !== 'object') return { port: undefined, host: undefined, settings: undefined, open: inner };
  const host = propertyNode(file, inner, signature.host) ?? propertyNode(file, inner, 'host');
  return { port: propertyNode(file, inner, 'port'), host, settings: inner, open: spreadOf(inner) };
}

function spreadOf(object: SyntaxNode): SyntaxNode | undefined {
  return object.children.find(({ type }) => type === 'spread_element');
}

/** `listen(port, host, backlog, callback)`, each but the first may be left out. */
function argumentParts(file: ScriptFile, values: readonly SyntaxNode[], position: number): Parts {
  const second = values[position + 1];
  const isHost = second !== undefined && looksLikeHost(file, second, values.length > position + 2);
  return { port: values[position], host: isHost ? second : undefined, settings: undefined, open: undefined };
}

/** uWebSockets.js takes the host first: `listen(host, port, callback)`. */
function socketsParts(file: ScriptFile, values: readonly SyntaxNode[]): Parts {
  const [first, second] = values;
  const hasHost = first !== undefined && (first.type === 'string' || looksLikeHost(file, first, false));
  const [host, port] = hasHost ? [first, second] : [undefined, first];
  return { port, host, settings: undefined, open: undefined };
}

function looksLikeHost(file: ScriptFile, node: SyntaxNode, hasMore: boolean): boolean {
  const value = unwrap(node);
  switch (value?.type) {
    case 'string':
    case 'template_string':
    case 'binary_expression':
    case 'ternary_expression':
      return true;
    case 'identifier':
    case 'member_expression':
    case 'subscript_expression':
    case 'call_expression':
      return (
        /host|addr|bind|interface|\bip\b/i.test(textOf(file, value).slice(0, 200)) ||
        (hasMore && value.type !== 'call_expression')
      );
    default:
      return false;
  }
}

export function readListener(file: ScriptFile, node: SyntaxNode, signature: Signature, scope: Scope): Listener {
  const base = { api: scriptApis[signature.api], at: place(file, node), scope };
  if (signature.style === 'address') {
    const [first] = argumentsOf(node);
    return first ? { ...base, address: scriptExpression(file, first) } : base;
  }
  const parts = partsOf(file, node, signature);
  const port = parts.port ? scriptExpression(file, parts.port) : openPart(file, parts.open, 'port');
  const host = parts.host ? scriptExpression(file, parts.host) : openPart(file, parts.open, signature.host);
  return { ...base, ...(port && { port }), ...(host && { host }) };
}

function openPart(file: ScriptFile, open: SyntaxNode | undefined, property: string) {
  if (!open) return undefined;
  if (open.type === 'spread_element') return unknownExpression(file, open);
  return memberExpression(scriptExpression(file, open), property, place(file, open));
}

/** `export default { port: 3000, fetch: app.fetch }`, which Bun serves. */
export function isServedObject(file: ScriptFile, object: SyntaxNode): boolean {
  const keys = object.children.map((child) => keyText(file, childOf(child, 'key') ?? childOf(child, 'name') ?? child));
  return keys.includes('port') && keys.includes('fetch');
}
