// Which calls of JavaScript libraries open a listening socket, and where their host and port stand.

import type { ScriptApi } from './apis.ts';

export interface Signature {
  readonly api: ScriptApi;
  /**
   * `arguments`: `listen(port, host, …)`, or one object of settings in the first place; `object`: settings in the argument
   * at `position`; `address`: host and port in one text in the first argument.
   */
  readonly style: 'arguments' | 'object' | 'address';
  /** The argument that holds the port or the settings. */
  readonly position: number;
  /** The property that holds the host. */
  readonly host: 'host' | 'hostname';
  /** The property of the settings that holds host and port: `listen` of `{ listen: { port } }`. */
  readonly inner?: string;
  /** Without a port in its settings the call opens no socket of its own: `new WebSocketServer({ server })`. */
  readonly needsPort?: boolean;
}

function listen(api: ScriptApi, position = 0): Signature {
  return { api, style: 'arguments', position, host: 'host' };
}

function settings(api: ScriptApi, host: 'host' | 'hostname', position = 0): Signature {
  return { api, style: 'object', position, host };
}

/** Calls and constructors, by full name. */
const functions: Readonly<Record<string, Signature>> = {
  'Bun.serve': settings('bun.serve', 'hostname'),
  'bun.serve': settings('bun.serve', 'hostname'),
  'Deno.serve': settings('deno.serve', 'hostname'),
  'Deno.listen': { ...settings('deno.serve', 'hostname'), needsPort: true },
  '@hono/node-server.serve': settings('hono.serve', 'hostname'),
  '@hapi/hapi.server': settings('hapi.server', 'host'),
  '@hapi/hapi.Server': settings('hapi.server', 'host'),
  'hapi.server': settings('hapi.server', 'host'),
  'hapi.Server': settings('hapi.server', 'host'),
  '@apollo/server/standalone.startStandaloneServer': {
    ...settings('apollo.startStandaloneServer', 'host', 1),
    inner: 'listen',
  },
  '@nestjs/core.NestFactory.createMicroservice': {
    ...settings('nest.microservice', 'host', 1),
    inner: 'options',
  },
  'ws.WebSocketServer': { ...settings('ws.server', 'host'), needsPort: true },
  'ws.Server': { ...settings('ws.server', 'host'), needsPort: true },
  // Without a webhook the bot asks Telegram.
  'telegraf.Telegraf().launch': { ...settings('telegraf.launch', 'host'), inner: 'webhook', needsPort: true },
  'vite-express.listen': listen('express.listen', 1),
};

/** What the full name of a listening method's receiver starts with. Calls in a chain go on from there. */
const receivers: readonly { readonly name: RegExp; readonly signature: Signature }[] = [
  {
    name: /^(?:express|ultimate-express|json-server\.create|@feathersjs\/(?:express|feathers))\(\)/,
    signature: listen('express.listen'),
  },
  { name: /^fastify(?:\.fastify)?\(\)/, signature: listen('fastify.listen') },
  { name: /^koa\(\)/, signature: listen('koa.listen') },
  { name: /^@nestjs\/core\.NestFactory\.create\(\)/, signature: listen('nest.listen') },
  {
    name: /^(?:https?|http2|spdy|http2-express-bridge)\.(?:createServer|createSecureServer|Server)\(\)/,
    signature: listen('node.http'),
  },
  {
    name: /^(?:connect|micro|http-proxy\.createProxyServer|http-proxy\.createServer)\(\)/,
    signature: listen('node.http'),
  },
  { name: /^(?:net|tls)\.(?:createServer|Server)\(\)/, signature: listen('node.net') },
  { name: /^restify\.createServer\(\)/, signature: listen('restify.listen') },
  { name: /^polka\(\)/, signature: listen('polka.listen') },
  { name: /^elysia\.Elysia\(\)/, signature: { ...listen('elysia.listen'), host: 'hostname' } },
  {
    name: /^(?:@oak\/oak|oak|https:\/\/deno\.land\/x\/oak[^()]*)\.Application\(\)/,
    signature: { ...settings('oak.listen', 'hostname') },
  },
  { name: /^apollo-server(?:-\w+)?\.ApolloServer\(\)/, signature: listen('apollo.listen') },
  { name: /^socket\.io(?:\.Server)?\(\)/, signature: listen('socketio.listen') },
  { name: /^uWebSockets\.js\.(?:App|SSLApp)\(\)/, signature: listen('uws.listen') },
];

/** `new Ignitor(…).tap(…).httpServer().start()` */
const adonisStart = /^@adonisjs\/core(?:\/build\/standalone)?\.Ignitor\(\)(?:\.\w+\(\))*\.httpServer\(\)\.start$/;
const yogaStart: Signature = settings('graphqlYoga.start', 'host');
export const grpcBind: Signature = { api: 'grpc.node', style: 'address', position: 0, host: 'host' };
export const socketServer: Signature = listen('socketio.listen');
export const genericListen: Signature = listen('node.listen');
/** `export default { port, fetch }` of a program that Bun runs. */
export const bunExport: Signature = { ...settings('bun.serve', 'hostname'), needsPort: true };

/** By a call's full name; undefined for what opens no socket, or none that is known. */
export function signatureOf(full: string): Signature | undefined {
  if (Object.hasOwn(functions, full)) return functions[full];
  if (/^https:\/\/deno\.land\/std[^()]*\.serve$/.test(full)) return settings('deno.serve', 'hostname', 1);
  if (/^graphql-yoga\.GraphQLServer\(\)\.start$/.test(full)) return yogaStart;
  if (adonisStart.test(full)) return listen('adonis.httpServer');
  if (!full.endsWith('.listen')) return undefined;
  return receivers.find(({ name }) => name.test(full))?.signature;
}
