// Calls of a Python program that open a listening socket, with the expressions of their host and port.

import type { Expression } from '../../facts/expression.ts';
import type { Listener, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { memberExpression, place, textOf } from '../expressions.ts';
import { pythonApis } from './apis.ts';
import { pythonExpression, readExpression } from './expressions.ts';
import type { PythonFile } from './names.ts';
import { fullName, importsPackage, keywordArgument, nameOf, positionalArguments } from './names.ts';
import type { Parameter, Signature } from './signatures.ts';
import {
  dashRun,
  fastmcpRun,
  flaskRun,
  gradioLaunch,
  hypercornServe,
  otherSockets,
  signatureOf,
  socketBind,
  socketioRun,
  tornadoListen,
} from './signatures.ts';
import { plainString } from './strings.ts';

/** The signature of a call that listens; undefined for all others. */
export function listeningCall(file: PythonFile, call: SyntaxNode): Signature | undefined {
  const callee = childOf(call, 'function');
  const list = childOf(call, 'arguments');
  const full = constructorName(file, call, callee) ?? fullName(file, callee);
  if (!callee || list?.type !== 'argument_list' || full === undefined) return undefined;
  const signature = signatureOf(full) ?? unseenReceiver(file, callee, list, full);
  if (!signature || otherSockets.some((name) => keywordArgument(file, list, name))) return undefined;
  return signature;
}

/** A class of the file with its own constructor binds where that calls the base's: `super().__init__(("", 80), Handler)`. */
function constructorName(file: PythonFile, call: SyntaxNode, callee: SyntaxNode | undefined): string | undefined {
  const owner = file.superCalls.get(call);
  if (owner !== undefined) return nameOf(file, owner);
  const name = callee?.type === 'identifier' ? textOf(file, callee) : '';
  return file.constructed.has(name) && file.bases.has(name) ? `${name}.__init__` : undefined;
}

/** Methods named like those of servers, on objects whose making is not seen in this file. */
function unseenReceiver(file: PythonFile, callee: SyntaxNode, list: SyntaxNode, full: string): Signature | undefined {
  if (full === 'hypercorn.asyncio.serve' || full === 'hypercorn.trio.serve') return hypercornServe;
  if (callee.type !== 'attribute') return undefined;
  switch (textOf(file, childOf(callee, 'attribute'))) {
    case 'run':
      return runMethod(file, list, full);
    case 'run_server':
      return importsPackage(file, 'dash') ? dashRun : undefined;
    case 'launch':
      return has(file, list, 'server_name') || has(file, list, 'server_port') ? gradioLaunch : undefined;
    case 'bind':
      return isSocketBind(file, list, full) ? socketBind : undefined;
    case 'listen':
      return isTornadoListen(file, list, full) ? tornadoListen : undefined;
    default:
      return undefined;
  }
}

function has(file: PythonFile, list: SyntaxNode, keyword: string): boolean {
  return keywordArgument(file, list, keyword) !== undefined;
}

const otherRunners =
  /^(?:subprocess|asyncio|anyio|trio|curio|typer|unittest|pytest|runpy|invoke|fabric|cProfile|profile|pdb|docker|discord|nextcord|telegram|pyrogram|luigi|prefect|celery|mpv|nox|tox|webview|uvloop|nest_asyncio|streamlit|mlflow|ray|sh|os|threading|multiprocessing|concurrent)\b/;

/** `app.run(…)`: an app made elsewhere by Flask, unless what is seen says that it is something else. */
function runMethod(file: PythonFile, list: SyntaxNode, full: string): Signature | undefined {
  const receiver = full.slice(0, -'.run'.length);
  if (otherRunners.test(receiver)) return undefined;
  if (/(?:^|\.)FastMCP\(\)$/.test(receiver)) return speaksHttp(file, list) ? fastmcpRun : undefined;
  const named = receiver.replace(/\(\)$/, '').replace(/^.*\./, '');
  if (/^(?:socketio|socket_io|sio)$/i.test(named) && receiverIsOpen(file, receiver)) return socketioRun;
  if (has(file, list, 'host') || has(file, list, 'port')) return flaskRun;
  if (!receiverIsOpen(file, receiver)) return undefined;
  const isApp =
    /^(?:app|application|server|flask_app|web_?app|api|(?:create|make|build|get)_(?:\w+_)?(?:app|application))$/.test(
      named,
    );
  if (!isApp) return undefined;
  return importsPackage(file, 'flask') || isImportedApp(file, list, receiver) ? flaskRun : undefined;
}

/** Not made by a call of a library that is known to be no Flask. */
function receiverIsOpen(file: PythonFile, receiver: string): boolean {
  if (!receiver.endsWith('()')) return true;
  const maker = receiver.slice(0, -2);
  return !maker.includes('.') || !/^[A-Z]/.test(maker.slice(maker.lastIndexOf('.') + 1)) || file.bases.has(maker);
}

/** `from app import app` and `app = create_app()` of an imported `create_app`, run without arguments or with `debug`. */
function isImportedApp(file: PythonFile, list: SyntaxNode, receiver: string): boolean {
  const full = receiver.replace(/\(\)$/, '');
  const isImported = [...file.imports.values()].includes(full);
  return isImported && positionalArguments(list).length !== 1;
}

function speaksHttp(file: PythonFile, list: SyntaxNode): boolean {
  const transport = plainString(file, keywordArgument(file, list, 'transport') ?? positionalArguments(list)[0]);
  return transport !== undefined && transport !== 'stdio';
}

function isSocketBind(file: PythonFile, list: SyntaxNode, full: string): boolean {
  const [address] = positionalArguments(list);
  if (!address || address.type === 'string' || !file.listens) return false;
  const receiver = full.slice(0, -'.bind'.length);
  if (receiver === 'socket.socket()') return !isDatagram(file, list, full);
  return address.type === 'tuple' && address.children.length === 2 && importsPackage(file, 'socket');
}

function isDatagram(file: PythonFile, list: SyntaxNode, full: string): boolean {
  const made = [...file.created.values()].find((call) => full.startsWith(`${fullName(file, call)}.`));
  return /SOCK_DGRAM|AF_UNIX/.test(textOf(file, made) + textOf(file, list));
}

function isTornadoListen(file: PythonFile, list: SyntaxNode, full: string): boolean {
  if (!importsPackage(file, 'tornado') || full.startsWith('socket.')) return false;
  return positionalArguments(list).length > 0 || has(file, list, 'port');
}

/** The listeners of a call: one, or one an address where the call is given several. */
export function readListeners(
  file: PythonFile,
  call: SyntaxNode,
  signature: Signature,
  scope: Scope,
): readonly Listener[] {
  const at = place(file, call);
  const base = { api: pythonApis[signature.api], at, scope };
  const list = childOf(call, 'arguments');
  if (signature.api === 'hypercorn.serve') {
    return hypercornAddresses(file, list).map((address) => ({ ...base, address }));
  }
  const pair = argumentOf(file, list, signature.pair);
  if (signature.pair) return [{ ...base, ...(pair && pairOf(file, pair)) }];
  const address = argumentOf(file, list, signature.address);
  const made = signature.api === 'fastmcp.run' ? makerArguments(file, call) : undefined;
  const given = (parameter: Parameter | undefined) =>
    argumentOf(file, list, parameter) ?? argumentOf(file, made, parameter);
  const port = readExpression(file, given(signature.port));
  const host = readExpression(file, given(signature.host));
  return [
    {
      ...base,
      ...(port && { port }),
      ...(host && { host }),
      ...(address && { address: pythonExpression(file, address) }),
    },
  ];
}

/** An argument of a call; the value of a `*args` or `**options` in its stead is not seen, so the whole is unknown. */
export function argumentOf(
  file: PythonFile,
  list: SyntaxNode | undefined,
  parameter: Parameter | undefined,
): SyntaxNode | undefined {
  if (!list || !parameter) return undefined;
  const named = parameter.keyword === undefined ? undefined : keywordArgument(file, list, parameter.keyword);
  if (named) return named;
  const splat = list.children.find(({ type }) => type === 'list_splat' || type === 'dictionary_splat');
  if (parameter.position === undefined) return splat;
  return positionalArguments(list)[parameter.position] ?? splat;
}

/** `("", 8000)`, `":8000"`, or a name for either. */
function pairOf(file: PythonFile, pair: SyntaxNode): Pick<Listener, 'host' | 'port' | 'address'> {
  if (pair.type === 'tuple' || pair.type === 'list') {
    const [host, port] = pair.children;
    return {
      ...(host && { host: pythonExpression(file, host) }),
      ...(port && { port: pythonExpression(file, port) }),
    };
  }
  if (pair.type === 'string') return { address: pythonExpression(file, pair) };
  const value = pythonExpression(file, pair);
  const at = place(file, pair);
  return { host: memberExpression(value, 0, at), port: memberExpression(value, 1, at) };
}

/** The arguments of the call that made the receiver: `FastMCP("x", port=8000)`. */
function makerArguments(file: PythonFile, call: SyntaxNode): SyntaxNode | undefined {
  const callee = childOf(call, 'function');
  const receiver = callee && childOf(callee, 'object');
  const made = receiver && file.created.get(textOf(file, receiver));
  return made && childOf(made, 'arguments');
}

/** `config.bind = ["0.0.0.0:8080"]` of the configuration that is served. */
function hypercornAddresses(file: PythonFile, list: SyntaxNode | undefined): readonly Expression[] {
  const config = argumentOf(file, list, hypercornServe.address);
  const bound = config && file.binds.get(textOf(file, config));
  if (!config || !bound) return config ? [pythonExpression(file, config)] : [];
  const items = bound.type === 'list' ? bound.children : [bound];
  return items.map((item) => pythonExpression(file, item));
}
