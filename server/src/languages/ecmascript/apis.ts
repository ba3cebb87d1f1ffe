// The calls of JavaScript libraries that open a listening socket: what each does when it leaves port or host out. Which of
// their arguments hold port and host stands in `signatures.ts`. Read in the sources of the versions named, November 2026.

import {
  EVERYWHERE,
  EVERYWHERE_IPV6,
  type ListenerApi,
  type ListenerApiTable,
  listenerApis,
} from '../../facts/listenerApi.ts';

const nodeNet = 'https://nodejs.org/api/net.html#serverlistenport-host-backlog-callback';

function node(name: string, source = nodeNet): Omit<ListenerApi, 'id'> {
  return { name, host: EVERYWHERE_IPV6, source };
}

const table = {
  /** also json-server and other apps that are Express apps */
  'express.listen': node('Express', 'https://expressjs.com/en/4x/api.html#app.listen'),
  // Fastify 4 and 5 bind `localhost` unless told otherwise: https://fastify.dev/docs/latest/Reference/Server/#listen
  'fastify.listen': {
    name: 'Fastify',
    host: 'localhost',
    source: 'https://fastify.dev/docs/latest/Reference/Server/#listen; 5.12.8 confirmed 2026-11-23',
  },
  'koa.listen': node('Koa'),
  'nest.listen': node('NestJS', 'https://docs.nestjs.com/first-steps'),
  /** NestFactory.createMicroservice(module, { transport: Transport.TCP, options: { host, port } }) */
  'nest.microservice': {
    name: 'NestJS',
    port: 3000,
    host: 'localhost',
    source: 'https://docs.nestjs.com/microservices/basics',
  },
  /** Hapi.server({ port, host }) */
  'hapi.server': {
    name: 'hapi',
    host: EVERYWHERE,
    source: 'https://hapi.dev/api/#-serveroptionshost; 21.4.10 confirmed 2026-11-23',
  },
  /** new Ignitor(…).httpServer().start() */
  'adonis.httpServer': {
    name: 'AdonisJS',
    port: 3333,
    host: EVERYWHERE,
    portVariables: ['PORT'],
    hostVariables: ['HOST'],
    source: '@adonisjs/core 6.21.0 ignitor/http.js',
  },
  'restify.listen': node('restify'),
  'polka.listen': node('Polka'),
  /** serve({ fetch, port, hostname }) of @hono/node-server */
  'hono.serve': {
    name: '@hono/node-server',
    port: 3000,
    host: EVERYWHERE_IPV6,
    source: 'https://github.com/honojs/node-server server.ts; 2.1.9 confirmed 2026-11-23',
  },
  'elysia.listen': { name: 'Elysia', host: EVERYWHERE, source: 'https://elysiajs.com/patterns/configuration.html' },
  /** Bun.serve({ port, hostname }) */
  'bun.serve': {
    name: 'Bun.serve',
    port: 3000,
    host: EVERYWHERE,
    portVariables: ['BUN_PORT', 'PORT', 'NODE_PORT'],
    source: 'https://bun.sh/docs/api/http#changing-the-port-and-hostname',
  },
  /** Deno.serve({ port, hostname }) */
  'deno.serve': {
    name: 'Deno.serve',
    port: 8000,
    host: EVERYWHERE,
    source: 'https://docs.deno.com/api/deno/~/Deno.serve',
  },
  'oak.listen': { name: 'oak', host: EVERYWHERE, source: 'https://github.com/oakserver/oak' },
  /** ApolloServer (2, 3) .listen({ port }) */
  'apollo.listen': {
    name: 'Apollo Server',
    port: 4000,
    host: EVERYWHERE_IPV6,
    source: 'https://www.apollographql.com/docs/apollo-server/v3/api/apollo-server#listen',
  },
  /** startStandaloneServer(server, { listen: { port } }) */
  'apollo.startStandaloneServer': {
    name: 'Apollo Server',
    port: 4000,
    host: EVERYWHERE_IPV6,
    source: 'https://www.apollographql.com/docs/apollo-server/api/standalone; 5.5.1 confirmed 2026-11-23',
  },
  /** GraphQLServer.start({ port }) */
  'graphqlYoga.start': { name: 'graphql-yoga', source: 'https://github.com/dotansimha/graphql-yoga v1: PORT or 4000' },
  /** http(s).createServer().listen, http2 */
  'node.http': node('http'),
  /** net and tls servers */
  'node.net': node('net'),
  /** a listen on something that is not seen to be any of these, with a port argument */
  'node.listen': node('listen'),
  /** new WebSocketServer({ port, host }) */
  'ws.server': node('ws', 'https://github.com/websockets/ws/blob/master/doc/ws.md'),
  /** new Server(port), io.listen(port) */
  'socketio.listen': node('Socket.IO', 'https://socket.io/docs/v4/server-initialization/'),
  /** bot.launch({ webhook: { domain, port } }) */
  'telegraf.launch': node('Telegraf', 'https://telegraf.js.org/interfaces/Telegraf.LaunchOptions.html'),
  /** uWebSockets.js App().listen([host, ]port, callback) */
  'uws.listen': { name: 'uWebSockets.js', host: EVERYWHERE, source: 'https://github.com/uNetworking/uWebSockets.js' },
  /** bindAsync('0.0.0.0:50051', …) */
  'grpc.node': { name: 'gRPC', source: 'https://grpc.github.io/grpc/node/grpc.Server.html' },
} as const satisfies ListenerApiTable;

export type ScriptApi = keyof typeof table;

export const scriptApis = listenerApis(table);
