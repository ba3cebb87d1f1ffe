// Workspaces of packages, other runtimes, bundles, and programs without a port.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';
import { express, json, nodeImage, row } from './shortRows.ts';

test('workspaces of packages', () =>
  assertRows([
    row('yarn workspace', '3413', {
      Dockerfile: nodeImage('["yarn","workspace","@acme/api","start"]'),
      'package.json': json({ workspaces: ['packages/*'] }),
      'packages/backend/package.json': json({ name: '@acme/api', scripts: { start: 'node server.js' } }),
      'packages/backend/server.js': express('3413'),
    }),
    row('pnpm filter', '3414', {
      Dockerfile: nodeImage('["pnpm","--filter","@acme/api","start"]'),
      'pnpm-workspace.yaml': 'packages:\n  - "apps/*"\n',
      'package.json': '{}',
      'apps/server/package.json': json({ name: '@acme/api', scripts: { start: 'node server.js' } }),
      'apps/server/server.js': express('3414'),
    }),
    row('npm -w', '3415', {
      Dockerfile: nodeImage('["npm","start","-w","@acme/api"]'),
      'package.json': json({ workspaces: ['modules/*'] }),
      'modules/x/package.json': json({ name: '@acme/api', scripts: { start: 'node server.js' } }),
      'modules/x/server.js': express('3415'),
    }),
    row('turbo run start', '3416', {
      Dockerfile: nodeImage('["npx","turbo","run","start","--filter=api"]'),
      'package.json': json({ workspaces: ['apps/*'] }),
      'turbo.json': '{}',
      'apps/api/package.json': json({ name: 'api', scripts: { start: 'node server.js' } }),
      'apps/api/server.js': express('3416'),
    }),
  ]));

test('bun and deno', () =>
  assertRows([
    row('bun run script', '3417', {
      Dockerfile: dockerfile('oven/bun:1', 'CMD ["bun","run","start"]'),
      'package.json': json({ scripts: { start: 'bun src/index.ts' } }),
      'src/index.ts': 'Bun.serve({ port: 3417, fetch() {} });',
    }),
    row('bun default export', '3418', {
      Dockerfile: dockerfile('oven/bun:1', 'CMD ["bun","src/index.ts"]'),
      'src/index.ts':
        "import { Hono } from 'hono';\nconst app = new Hono();\nexport default { port: 3418, fetch: app.fetch };",
    }),
    row('elysia', '3419', {
      Dockerfile: dockerfile('oven/bun:1', 'CMD ["bun","src/index.ts"]'),
      'src/index.ts': "import { Elysia } from 'elysia';\nconst app = new Elysia().get('/', () => 'x').listen(3419);",
    }),
    row('deno task', '3420', {
      Dockerfile: dockerfile('denoland/deno:2', 'CMD ["deno","task","start"]'),
      'deno.json': json({ tasks: { start: 'deno run --allow-net main.ts' } }),
      'main.ts': 'Deno.serve({ port: 3420 }, () => new Response());',
    }),
    row('deno serve', '8000', {
      Dockerfile: dockerfile('denoland/deno:2', 'CMD ["deno","serve","--allow-net","main.ts"]'),
      'main.ts': 'export default { fetch() {} };',
    }),
  ]));

test('bundles', () =>
  assertRows([
    row('ncc', '3421', {
      Dockerfile: nodeImage('["node","dist/index.js"]', 'RUN npx ncc build src/server.ts -o dist\n'),
      'src/server.ts': `import express from 'express';\nexpress().listen(3421);`,
      'package.json': '{}',
    }),
    row('tsup', '3422', {
      Dockerfile: nodeImage('["node","dist/server.js"]', 'RUN npm run build\n'),
      'package.json': json({ scripts: { build: 'tsup' } }),
      'tsup.config.ts':
        "import { defineConfig } from 'tsup';\nexport default defineConfig({ entry: ['lib/server.ts'] });",
      'lib/server.ts': `import express from 'express';\nexpress().listen(3422);`,
    }),
    row('webpack entry', '3423', {
      Dockerfile: nodeImage('["node","dist/bundle.js"]', 'RUN npm run build\n'),
      'package.json': json({ scripts: { build: 'webpack' } }),
      'webpack.config.js':
        "const path = require('path');\nmodule.exports = { entry: './code/server.ts', output: { path: path.resolve(__dirname, 'dist'), filename: 'bundle.js' } };",
      'code/server.ts': `import express from 'express';\nexpress().listen(3423);`,
    }),
    row('esbuild script', '3424', {
      Dockerfile: nodeImage('["node","dist/app.js"]', 'RUN npm run build\n'),
      'package.json': json({
        scripts: { build: 'esbuild code/main.ts --bundle --platform=node --outfile=dist/app.js' },
      }),
      'code/main.ts': `import express from 'express';\nexpress().listen(3424);`,
    }),
    row('http-server', '3425', { Dockerfile: nodeImage('["npx","http-server","dist","-p","3425"]') }),
  ]));

test('programs without a port', () =>
  assertRows([
    row('discord bot', 'none', {
      Dockerfile: nodeImage('["node","index.js"]'),
      'index.js':
        "const { Client } = require('discord.js');\nconst client = new Client({ intents: [] });\nclient.login(process.env.TOKEN);",
    }),
    row('telegraf bot', 'none', {
      Dockerfile: nodeImage('["node","index.js"]'),
      'index.js': "const { Telegraf } = require('telegraf');\nconst bot = new Telegraf(process.env.T);\nbot.launch();",
    }),
    row('sqs consumer', 'none', {
      Dockerfile: nodeImage('["node","index.js"]'),
      'index.js':
        "const { Consumer } = require('sqs-consumer');\nconst { SQSClient } = require('@aws-sdk/client-sqs');\nConsumer.create({}).start();",
    }),
    row('bullmq worker', 'none', {
      Dockerfile: nodeImage('["node","index.js"]'),
      'index.js':
        "const { Worker } = require('bullmq');\nconst pino = require('pino');\nnew Worker('q', async () => {});",
    }),
    row('kafkajs', 'none', {
      Dockerfile: nodeImage('["node","index.js"]'),
      'index.js': "const { Kafka } = require('kafkajs');\nnew Kafka({}).consumer({});",
    }),
    row('unknown lib', /unknown/, {
      Dockerfile: nodeImage('["node","index.js"]'),
      'index.js': "const x = require('@acme/mystery');\nx.start();",
    }),
  ]));
