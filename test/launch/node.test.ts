// What Node programs listen on: frameworks in code, configuration modules, the environment.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

const node = dockerfile('node:20-slim', 'CMD ["node", "server.js"]');

function express(listen: string, head = ''): string {
  return `const express = require('express');\n${head}\nconst app = express();\n${listen}\n`;
}

test('programs of Express, Fastify, Koa, Nest and plain http', () =>
  assertRows([
    {
      name: 'a literal',
      files: { Dockerfile: node, 'server.js': express('app.listen(3001);') },
      listens: '3001',
      at: 'server.js:3001',
      steps: ['CMD ["node", "server.js"]', 'listen(3001)'],
    },
    {
      name: 'a default in code',
      files: { Dockerfile: node, 'server.js': express('app.listen(port);', 'const port = process.env.PORT || 3002;') },
      listens: '3002',
      at: 'server.js:3002',
      steps: ['process.env.PORT || 3002'],
    },
    {
      name: 'a default with ??',
      files: { Dockerfile: node, 'server.js': express('app.listen(Number(process.env.PORT ?? 3003), "0.0.0.0");') },
      listens: '3003',
    },
    {
      name: 'the task definition sets PORT',
      files: { Dockerfile: node, 'server.js': express('app.listen(process.env.PORT || 3002);') },
      task: { environment: [{ name: 'PORT', value: '80' }] },
      listens: '80',
      at: 'task.json:80',
      steps: ['process.env.PORT', 'environment PORT=80'],
    },
    {
      name: 'the pipeline beats the task definition',
      files: { Dockerfile: node, 'server.js': express('app.listen(process.env.PORT || 3002);') },
      task: { environment: [{ name: 'PORT', value: '80' }] },
      injected: { PORT: '8088' },
      listens: '8088',
      steps: ['the pipeline sets PORT=8088'],
    },
    {
      name: 'an empty variable does not count for ||',
      files: { Dockerfile: node, 'server.js': express('app.listen(process.env.PORT || 3004);') },
      task: { environment: [{ name: 'PORT', value: '' }] },
      listens: '3004',
    },
    {
      name: 'nothing sets PORT',
      files: { Dockerfile: node, 'server.js': express('app.listen(process.env.PORT);') },
      listens: 'unknown: PORT is read from the environment in server.js, and nothing in view sets it',
    },
    {
      name: 'a template placeholder',
      files: { Dockerfile: node, 'server.js': express('app.listen(process.env.PORT || 3002);') },
      task: { environment: [{ name: 'PORT', value: '{{ must_env `PORT` }}' }] },
      listens: /^unknown/,
    },
    {
      name: 'a configuration module of CommonJS',
      files: {
        Dockerfile: node,
        'server.js': express('app.listen(config.port);', "const config = require('./config');"),
        'config/index.js': 'module.exports = { port: parseInt(process.env.PORT, 10) || 3005, db: {} };\n',
      },
      listens: '3005',
      at: 'config/index.js:3005',
    },
    {
      name: 'a default export of TypeScript behind dist',
      files: {
        Dockerfile: dockerfile('node:20', 'RUN npm run build\nCMD ["node", "dist/main.js"]'),
        'src/main.ts':
          "import express from 'express';\nimport config from './config.js';\nconst app = express();\napp.listen(config.server.port);\n",
        'src/config.ts': 'export default { server: { port: Number(process.env.PORT) || 3006 } };\n',
      },
      listens: '3006',
      at: 'src/config.ts:3006',
    },
    {
      name: 'a build stage',
      files: {
        Dockerfile:
          'FROM node:20 AS build\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM node:20-slim\nWORKDIR /app\nCOPY --from=build /src/dist ./dist\nCMD ["node", "dist/index.js"]\n',
        'src/index.ts': "import http from 'http';\nhttp.createServer(() => {}).listen(3007);\n",
      },
      listens: '3007',
    },
    {
      name: 'an alias of tsconfig habit',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["npx", "tsx", "src/index.ts"]'),
        'src/index.ts': "import express from 'express';\nimport { PORT } from '@/config';\nexpress().listen(PORT);\n",
        'src/config.ts': 'export const PORT = 3008;\n',
      },
      listens: '3008',
    },
    {
      name: 'Nest',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["node", "dist/main"]'),
        'src/main.ts':
          "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(process.env.PORT ?? 3009);\n}\nbootstrap();\n",
        'src/app.module.ts': 'export class AppModule {}\n',
      },
      listens: '3009',
    },
    {
      name: 'Nest with its configuration service',
      files: {
        Dockerfile: dockerfile('node:20', 'ENV PORT=3010\nCMD ["node", "dist/main"]'),
        'src/main.ts':
          "import { NestFactory } from '@nestjs/core';\nimport { ConfigService } from '@nestjs/config';\nasync function bootstrap() {\n  const app = await NestFactory.create({});\n  const configService = app.get(ConfigService);\n  await app.listen(configService.get('PORT', 3000));\n}\nbootstrap();\n",
      },
      listens: '3010',
    },
    {
      name: 'Fastify stays on localhost',
      files: {
        Dockerfile: node,
        'server.js': "const fastify = require('fastify')();\nfastify.listen({ port: 3011 });\n",
      },
      listens: 'localhost:3011',
    },
    {
      name: 'Fastify with a host',
      files: {
        Dockerfile: node,
        'server.js':
          "import Fastify from 'fastify';\nconst app = Fastify();\nawait app.listen({ port: 3012, host: '0.0.0.0' });\n",
      },
      listens: '3012',
    },
    {
      name: 'Koa',
      files: {
        Dockerfile: node,
        'server.js': "const Koa = require('koa');\nconst app = new Koa();\napp.listen(3013);\n",
      },
      listens: '3013',
    },
    {
      name: 'a listener that tests leave out',
      files: {
        Dockerfile: node,
        'server.js': express("if (process.env.NODE_ENV !== 'test') {\n  app.listen(3014);\n}"),
      },
      listens: '3014',
    },
    {
      name: 'require.main === module',
      files: { Dockerfile: node, 'server.js': express('if (require.main === module) {\n  app.listen(3015);\n}') },
      listens: '3015',
    },
    {
      name: 'a guard in a module that is only imported',
      files: {
        Dockerfile: node,
        'server.js': "require('./app').listen(3016);\n",
        'app.js':
          "const express = require('express');\nconst app = express();\nif (require.main === module) app.listen(1);\nmodule.exports = app;\n",
      },
      listens: '3016',
    },
    {
      name: "the generator's bin/www",
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["node", "./bin/www"]'),
        'bin/www': `#!/usr/bin/env node
var app = require('../app');
var http = require('http');
var port = normalizePort(process.env.PORT || '3017');
app.set('port', port);
var server = http.createServer(app);
server.listen(port);
function normalizePort(val) {
  var port = parseInt(val, 10);
  if (isNaN(port)) { return val; }
  if (port >= 0) { return port; }
  return false;
}
`,
        'app.js': "module.exports = require('express')();\n",
      },
      listens: '3017',
      at: 'bin/www:3017',
    },
    {
      name: 'a class that is constructed with its port',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["node", "dist/index.js"]'),
        'src/index.ts': "import { Server } from './server';\nconst server = new Server(3018);\nserver.start();\n",
        'src/server.ts':
          "import express from 'express';\nexport class Server {\n  private app = express();\n  constructor(private readonly port: number) {}\n  start() {\n    this.app.listen(this.port, () => console.log('up'));\n  }\n}\n",
      },
      listens: '3018',
      at: 'src/index.ts:3018',
    },
    {
      name: 'an exported function that is called with a port',
      files: {
        Dockerfile: node,
        'server.js': "const { start } = require('./lib/start');\nstart(process.env.PORT || 3019);\n",
        'lib/start.js':
          "const express = require('express');\nfunction start(port) {\n  express().listen(port);\n}\nmodule.exports = { start };\n",
      },
      listens: '3019',
    },
    {
      name: 'after the database is there',
      files: {
        Dockerfile: node,
        'server.js': express(
          "mongoose.connect('x').then(() => {\n  app.listen(3020);\n});",
          "const mongoose = require('mongoose');",
        ),
      },
      listens: '3020',
    },
    {
      name: 'dotenv',
      files: {
        Dockerfile: node,
        '.env': 'PORT=3021\n',
        'server.js': express('app.listen(process.env.PORT);', "require('dotenv').config();"),
      },
      listens: '3021',
      at: '.env:3021',
    },
    {
      name: 'two listeners',
      files: {
        Dockerfile: node,
        'server.js': express("app.listen(3022);\nrequire('http').createServer().listen(9100);"),
      },
      listens: /^(?:3022 9100|9100 3022)$/,
    },
    {
      name: 'http or https, which is open',
      files: {
        Dockerfile: node,
        'server.js':
          "const http = require('http'), https = require('https'), fs = require('fs');\nif (fs.existsSync('key')) {\n  https.createServer({}).listen(443);\n} else {\n  http.createServer().listen(80);\n}\n",
      },
      listens: /^unknown: which of the listen calls/,
    },
    {
      name: 'a barrel of modules',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["node", "build/index.js"]'),
        'src/index.ts':
          "import http from 'node:http';\nimport { settings } from './config';\nhttp.createServer().listen(settings.port);\n",
        'src/config/index.ts': "export * from './settings';\n",
        'src/config/settings.ts': 'export const settings = { port: +(process.env.PORT || 3023) } as const;\n',
      },
      listens: '3023',
    },
    {
      name: 'a configuration per environment',
      files: {
        Dockerfile: dockerfile('node:20', 'ENV NODE_ENV=production\nCMD ["node", "server.js"]'),
        'server.js': express('app.listen(config.port);', "const config = require('./config');"),
        'config.js':
          "const all = { development: { port: 1 }, production: { port: 3024 } };\nmodule.exports = all[process.env.NODE_ENV || 'development'];\n",
      },
      listens: '3024',
    },
    {
      name: 'an object of which a spread hides parts',
      files: {
        Dockerfile: node,
        'server.js': express('app.listen(config.port);', "const config = { port: 1, ...require('./overrides.js') };"),
      },
      listens: /^unknown/,
    },
    {
      name: 'a class of settings with a static member',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["node", "dist/index.js"]'),
        'src/index.ts':
          "import express from 'express';\nimport { Config } from './config';\nexpress().listen(Config.PORT);\n",
        'src/config.ts': 'export class Config {\n  static readonly PORT = Number(process.env.PORT) || 3025;\n}\n',
      },
      listens: '3025',
    },
    {
      name: 'the result of createServer from another file',
      files: {
        Dockerfile: node,
        'server.js':
          "const app = require('./app');\nconst port = process.env.PORT || 3026;\napp.listen(port, () => {});\n",
        'app.js': "const express = require('express');\nconst app = express();\nmodule.exports = app;\n",
      },
      listens: '3026',
    },
    {
      name: 'a metrics port beside the service',
      files: {
        Dockerfile: node,
        'server.js': express('app.listen(3027);\nif (process.env.METRICS) express().listen(9464);'),
      },
      listens: '3027',
    },
    {
      name: 'an open port on localhost does not matter',
      files: {
        Dockerfile: node,
        'server.js': express("app.listen(3028);\nexpress().listen(pick(), '127.0.0.1');"),
      },
      listens: '3028',
    },
    {
      name: 'a file that is not in view',
      files: { Dockerfile: node, 'server.js': "require('./generated/start');\n" },
      listens: 'unknown: server.js imports ./generated/start, which could not be read',
    },
    {
      name: 'a unix socket',
      files: { Dockerfile: node, 'server.js': express("app.listen('/tmp/app.sock');") },
      listens: 'unknown: server.js listens on a unix socket',
    },
    {
      name: 'a worker',
      files: {
        Dockerfile: node,
        'server.js': "const { SQS } = require('@aws-sdk/client-sqs');\nsetInterval(() => {}, 1000);\n",
      },
      listens: 'none',
    },
  ]));
