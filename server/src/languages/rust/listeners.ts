// Calls of a Rust program that open a listening socket, with the expression of their address.

import type { Expression } from '../../facts/expression.ts';
import type { Listener, Scope } from '../../facts/program.ts';
import type { SyntaxNode } from '../../syntax/treeSitter.ts';
import { childOf } from '../../syntax/treeSitter.ts';
import { callExpression, literal, place, textOf } from '../expressions.ts';
import type { RustApi } from './apis.ts';
import { rustApis } from './apis.ts';
import { rustExpression } from './expressions.ts';
import type { RustFile } from './names.ts';
import { argumentsOf, chainRoot, fullPath } from './names.ts';

interface Signature {
  readonly api: RustApi;
  readonly path: RegExp;
  /** The argument that holds the address. */
  readonly position: number;
}

/** Functions, by their path. */
const functions: readonly Signature[] = [
  { api: 'tcp.bind', path: /(?:^|::)TcpListener::(?:bind|new)$/, position: 0 },
  {
    api: 'hyper.bind',
    path: /(?:^|::)(?:axum|hyper)(?:::\w+)*::Server::(?:try_)?bind$|^Server::(?:try_)?bind$/,
    position: 0,
  },
  { api: 'axumServer.bind', path: /^axum_server(?:::\w+)*::bind(?:_\w+)?$/, position: 0 },
  {
    api: 'server.start',
    path: /^gotham::start(?:_with_num_threads)?$|^rouille::start_server\w*$|^tiny_http::Server::https?$/,
    position: 0,
  },
];

interface Method {
  readonly api: RustApi;
  readonly name: RegExp;
  /** The call that the chain of methods begins with. */
  readonly root: RegExp;
}

const methods: readonly Method[] = [
  { api: 'actix.bind', name: /^bind(?:_\w+)?$/, root: /(?:^|::)HttpServer::new$/ },
  { api: 'warp.run', name: /^(?:run|bind|try_bind|bind_with_graceful_shutdown)$/, root: /^warp::serve$/ },
  { api: 'tonic.serve', name: /^serve(?:_with_shutdown)?$/, root: /(?:^|::)Server::(?:builder|default)$/ },
  { api: 'tide.listen', name: /^listen$/, root: /^tide::(?:new|with_state|Server::\w+)$/ },
  { api: 'server.start', name: /^(?:http|listen)$/, root: /^(?:iron::)?Iron::new$|^(?:nickel::)?Nickel::\w+$/ },
];

export function readListener(file: RustFile, node: SyntaxNode, scope: Scope): Listener | undefined {
  const callee = childOf(node, 'function');
  if (!callee) return undefined;
  const values = argumentsOf(node);
  const at = place(file, node);
  const target = callee.type === 'generic_function' ? (childOf(callee, 'function') ?? callee) : callee;
  if (target.type !== 'field_expression') {
    const full = fullPath(file, target);
    const found = functions.find(({ path }) => path.test(full));
    const value = found && values[found.position];
    return found && value ? { api: rustApis[found.api], address: rustExpression(file, value), at, scope } : undefined;
  }
  const name = textOf(file, childOf(target, 'field'));
  const [first] = values;
  if (name === 'launch' && !first) return isRocket(file, target) ? rocketListener(file, node, scope) : undefined;
  if (!first) return undefined;
  const method = methods.find((candidate) => candidate.name.test(name));
  if (!method) return undefined;
  const root = chainRoot(file, childOf(target, 'value'));
  return method.root.test(root)
    ? { api: rustApis[method.api], address: rustExpression(file, first), at, scope }
    : undefined;
}

function isRocket(file: RustFile, target: SyntaxNode): boolean {
  const root = chainRoot(file, childOf(target, 'value'));
  return (
    /^rocket(?:::|$)/.test(root) || (root === '' && [...file.uses.values()].some((path) => path.startsWith('rocket')))
  );
}

/** What Rocket reads, strongest first: the program's own settings, variables, Rocket.toml. */
export function rocketListener(file: RustFile, node: SyntaxNode, scope: Scope): Listener {
  const at = place(file, node);
  const port = rocketSetting(file, 'port', 'ROCKET_PORT', at);
  const host = rocketSetting(file, 'address', 'ROCKET_ADDRESS', at);
  return { api: rustApis.rocket, port, host, at, scope };
}

/** https://rocket.rs/guide/v0.5/configuration/#default-provider */
function rocketSetting(file: RustFile, key: string, variable: string, at: Expression['at']): Expression {
  const merged = mergedSetting(file, key);
  const keys = [`global.${key}`, `release.${key}`, `default.${key}`, `production.${key}`];
  const fromFile = callExpression(
    'settings.file',
    ['Rocket.toml', ...keys].map((value) => ({ value: literal(value, at) })),
    at,
  );
  const read: Expression = { kind: 'environment', name: literal(variable, at), at };
  const options = merged === undefined ? [read, fromFile] : [merged, read, fromFile];
  return { kind: 'fallback', skips: 'missing', options, at };
}

/** `Config::figment().merge(("port", 9000))` */
function mergedSetting(file: RustFile, key: string): Expression | undefined {
  for (const call of file.merges) {
    const [pair] = argumentsOf(call);
    const [name, value] = pair?.type === 'tuple_expression' ? pair.children : [];
    if (name && value && textOf(file, name) === `"${key}"`) return rustExpression(file, value);
  }
  return undefined;
}
