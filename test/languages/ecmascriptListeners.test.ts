import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { extract, loadGrammars, showListeners } from './programs.ts';

before(() => loadGrammars('javascript', 'typescript', 'tsx'));

const express = "const express = require('express');\nconst app = express();\n";

const listening: readonly (readonly [text: string, ...listeners: readonly string[]])[] = [
  [`${express}app.listen(3000)`, 'express.listen host - port 3000'],
  [`${express}app.listen(3000, () => {})`, 'express.listen host - port 3000'],
  [`${express}app.listen(port, '0.0.0.0', onListening)`, 'express.listen host "0.0.0.0" port port'],
  [`${express}app.listen(PORT, HOST)`, 'express.listen host HOST port PORT'],
  [`${express}app.listen(PORT, onListening)`, 'express.listen host - port PORT'],
  [
    `${express}app.listen(process.env.PORT || 3000, process.env.HOST)`,
    'express.listen host $HOST port ($PORT or 3000)',
  ],
  [
    `${express}app.set('port', process.env.PORT || 80);\napp.listen(app.get('port'))`,
    'express.listen host - port ($PORT or 80)',
  ],
  ["import express from 'express';\nexpress().use(x).listen(1)", 'express.listen host - port 1'],
  ["const app = require('express')();\napp.listen(2)", 'express.listen host - port 2'],
  [
    "const express = __importDefault(require('express'));\nconst app = (0, express.default)();\napp.listen(2)",
    'express.listen host - port 2',
  ],
  [
    "import express from 'express';\nclass S { constructor() { this.app = express(); }\n run() { this.app.listen(this.port) } }",
    'express.listen host - port this.port',
  ],
  [
    "import express from 'express';\nfunction make() { const app = express(); return app }\nmake().listen(4)",
    'express.listen host - port 4',
  ],
  [
    "const jsonServer = require('json-server');\nconst server = jsonServer.create();\nserver.listen(5)",
    'express.listen host - port 5',
  ],
  [
    "import Fastify from 'fastify';\nconst app = Fastify({ logger: true });\nawait app.listen({ port: 3000, host: '0.0.0.0' })",
    'fastify.listen host "0.0.0.0" port 3000',
  ],
  [
    "const fastify = require('fastify')();\nfastify.listen(3000, '0.0.0.0', cb)",
    'fastify.listen host "0.0.0.0" port 3000',
  ],
  [
    "const { fastify } = require('fastify');\nconst s = fastify();\nconst o = { port: 8 };\ns.listen(o)",
    'fastify.listen host - port 8',
  ],
  [
    "import fastify from 'fastify';\nconst app = fastify();\napp.listen({ port: 80, ...rest })",
    'fastify.listen host ? port 80',
  ],
  ["import Koa from 'koa';\nconst app = new Koa();\napp.listen(4000)", 'koa.listen host - port 4000'],
  [
    "import { NestFactory } from '@nestjs/core';\nasync function bootstrap() {\n const app = await NestFactory.create(AppModule);\n await app.listen(process.env.PORT ?? 3000) }",
    'nest.listen host - port ($PORT ?? 3000)',
  ],
  ["import http from 'node:http';\nhttp.createServer(app).listen(8080)", 'node.http host - port 8080'],
  [
    "const { createServer } = require('http');\nconst server = createServer();\nserver.listen({ port: 80, host: '::' })",
    'node.http host "::" port 80',
  ],
  ["import * as https from 'https';\nconst s = new https.Server(o);\ns.listen(443)", 'node.http host - port 443'],
  ["const net = require('net');\nnet.createServer(c).listen(6000, '127.0.0.1')", 'node.net host "127.0.0.1" port 6000'],
  ["const http = require('http');\nhttp.createServer().listen({ path: '/tmp/x.sock' })"],
  ["const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 8080 })", 'ws.server host - port 8080'],
  ["import WebSocket from 'ws';\nnew WebSocket.Server({ port: 1, host: 'x' })", 'ws.server host "x" port 1'],
  ["const WebSocket = require('ws');\nnew WebSocket.Server({ server })"],
  ['Bun.serve({ port: 3000, fetch() {} })', 'bun.serve host - port 3000'],
  ['Bun.serve({ fetch })', 'bun.serve host - port -'],
  ["import { serve } from 'bun';\nserve({ port: 1, hostname: 'a' })", 'bun.serve host "a" port 1'],
  ['export default { port: 3000, fetch: app.fetch }', 'bun.serve host - port 3000'],
  ['Deno.serve({ port: 4242 }, handler)', 'deno.serve host - port 4242'],
  ['Deno.serve(handler)', 'deno.serve host - port -'],
  [
    "import { serve } from '@hono/node-server';\nserve({ fetch: app.fetch, port: 8787 })",
    'hono.serve host - port 8787',
  ],
  ["import { serve } from '@hono/node-server';\nconst app = new Hono();\nserve(app)", 'hono.serve host - port -'],
  [
    "const Hapi = require('@hapi/hapi');\nconst s = Hapi.server({ port: 3000, host: 'localhost' })",
    'hapi.server host "localhost" port 3000',
  ],
  [
    "import { ApolloServer } from 'apollo-server';\nnew ApolloServer({}).listen({ port: 4001 })",
    'apollo.listen host - port 4001',
  ],
  [
    "import { ApolloServer } from 'apollo-server';\nconst s = new ApolloServer({});\ns.listen().then(f)",
    'apollo.listen host - port -',
  ],
  [
    "import { startStandaloneServer } from '@apollo/server/standalone';\nawait startStandaloneServer(server, { listen: { port: 4000 } })",
    'apollo.startStandaloneServer host - port 4000',
  ],
  [
    "import { startStandaloneServer } from '@apollo/server/standalone';\nawait startStandaloneServer(server)",
    'apollo.startStandaloneServer host - port -',
  ],
  ["import { Server } from 'socket.io';\nconst io = new Server(3001)", 'socketio.listen host - port 3001'],
  ["import { Server } from 'socket.io';\nconst io = new Server(httpServer)"],
  ["const io = require('socket.io')();\nio.listen(3002)", 'socketio.listen host - port 3002'],
  [
    "const restify = require('restify');\nconst s = restify.createServer();\ns.listen(1)",
    'restify.listen host - port 1',
  ],
  ["const polka = require('polka');\npolka().get('/', f).listen(1, f)", 'polka.listen host - port 1'],
  ["import { Elysia } from 'elysia';\nnew Elysia().get('/', f).listen(3000)", 'elysia.listen host - port 3000'],
  [
    "import { Application } from 'jsr:@oak/oak@^17';\nconst app = new Application();\nawait app.listen({ port: 8000 })",
    'oak.listen host - port 8000',
  ],
  [
    "const uWS = require('uWebSockets.js');\nuWS.App().any('/*', f).listen('0.0.0.0', 9001, f)",
    'uws.listen host "0.0.0.0" port 9001',
  ],
  ["server.bindAsync('0.0.0.0:50051', creds, f)", 'grpc.node address "0.0.0.0:50051"'],
  ['server.bindAsync(`0.0.0.0:${port}`, creds, f)', 'grpc.node address concat("0.0.0.0:", port)'],
  ["import app from './app';\napp.listen(port, () => {})", 'node.listen host - port port'],
  ["server.listen(config.get('port'))", 'node.listen host - port config.get("port")'],
  ['thing.listen(3000)', 'node.listen host - port 3000'],
  ['thing.listen(PORT)', 'node.listen host - port PORT'],
  ['getPort().then((port) => app.listen(port))', 'node.listen host - port ?'],
  // Nothing of this listens.
  ["emitter.listen('x')"],
  ["window.addEventListener('load', f)"],
  ['store.listen(handler)'],
  ['thing.listen(callback)'],
  ['redis.listen(3000)'],
  ['socket.on("listen", f)'],
  ["import { App } from './app';\nconst app = new App();\napp.listen(3000)"],
  ['class App { listen(p) {} }\nnew App().listen(3000)'],
  ['app.listen()'],
  ['// app.listen(3000)\n"app.listen(3000)"'],
];

describe('JavaScript and TypeScript: calls that listen', () => {
  for (const [text, ...listeners] of listening) {
    it(text.split('\n').at(-1) ?? '', () => {
      for (const extension of ['.js', '.ts', '.tsx']) {
        assert.deepEqual(showListeners(extract(extension, text)), listeners, extension);
      }
    });
  }
});
