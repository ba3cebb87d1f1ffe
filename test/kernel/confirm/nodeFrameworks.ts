// Servers and frameworks of npm.

import { commandDefaults } from '../../../server/src/aws/commandDefaults.ts';
import { type ScriptApi, scriptApis } from '../../../server/src/languages/ecmascript/apis.ts';
import { type Framework, NAMED_PORT } from './framework.ts';

function tool(name: string, bin: string, words: readonly string[], expected: Framework['expected']): Framework {
  const argv = [`node_modules/.bin/${bin}`, ...words];
  return {
    package: name,
    way: [bin, ...words].join(' '),
    file: 'dist/index.html',
    text: '<p>ok</p>\n',
    argv,
    expected,
  };
}

function program(name: string, api: ScriptApi, text: string, requires?: readonly string[]): Framework {
  const file = `${api.replaceAll('.', '-')}.mjs`;
  return {
    package: name,
    way: api,
    file,
    text: `${text}\n`,
    argv: ['node', file],
    expected: scriptApis[api],
    ...(requires && { requires }),
  };
}

export const nodeFrameworks: readonly Framework[] = [
  program('express', 'express.listen', `import express from 'express';\nexpress().listen(${NAMED_PORT});`),
  program('fastify', 'fastify.listen', `import fastify from 'fastify';\nfastify().listen({ port: ${NAMED_PORT} });`),
  program('koa', 'koa.listen', `import Koa from 'koa';\nnew Koa().listen(${NAMED_PORT});`),
  program('@hapi/hapi', 'hapi.server', `import Hapi from '@hapi/hapi';\nHapi.server({ port: ${NAMED_PORT} }).start();`),
  program('polka', 'polka.listen', `import polka from 'polka';\npolka().listen(${NAMED_PORT});`),
  program(
    '@hono/node-server',
    'hono.serve',
    "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nserve(new Hono());",
    ['hono'],
  ),
  program(
    '@apollo/server',
    'apollo.startStandaloneServer',
    "import { ApolloServer } from '@apollo/server';\nimport { startStandaloneServer } from '@apollo/server/standalone';\nstartStandaloneServer(new ApolloServer({ typeDefs: 'type Query { ok: Boolean }' }));",
    ['graphql'],
  ),
  program('ws', 'ws.server', `import { WebSocketServer } from 'ws';\nnew WebSocketServer({ port: ${NAMED_PORT} });`),
  program('socket.io', 'socketio.listen', `import { Server } from 'socket.io';\nnew Server(${NAMED_PORT});`),
  tool('vite', 'vite', [], commandDefaults.viteDev),
  tool('vite', 'vite', ['preview'], commandDefaults.vitePreview),
  tool('serve', 'serve', [], commandDefaults.serve),
  tool('http-server', 'http-server', [], commandDefaults.httpServerNode),
  {
    ...tool('json-server', 'json-server', ['db.json'], commandDefaults.jsonServer),
    file: 'db.json',
    text: '{ "posts": [] }\n',
  },
];
