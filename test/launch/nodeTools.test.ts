// Servers, runners and bundlers of the Node world with their own configuration.

import { test } from 'node:test';
import { assertRows } from './rows.ts';
import { express, json, nodeImage, row } from './shortRows.ts';

test('development servers', () =>
  assertRows([
    row('vite preview config', '4300', {
      Dockerfile: nodeImage('["npx","vite","preview"]'),
      'vite.config.ts':
        "import { defineConfig } from 'vite';\nexport default defineConfig({ server: { port: 1 }, preview: { port: 4300, host: true } });",
    }),
    row('vite dev config', '4301', {
      Dockerfile: nodeImage('["npm","run","dev"]'),
      'package.json': json({ scripts: { dev: 'vite --host' } }),
      'vite.config.js':
        "import { defineConfig } from 'vite';\nexport default defineConfig({ server: { port: 4301 } });",
    }),
    row('vite function config', '4302', {
      Dockerfile: nodeImage('["npm","run","dev"]'),
      'package.json': json({ scripts: { dev: 'vite' } }),
      'vite.config.js':
        "import { defineConfig } from 'vite';\nexport default defineConfig(({ mode }) => ({ server: { port: 4302, host: '0.0.0.0' } }));",
    }),
    row('vite function block', '4303', {
      Dockerfile: nodeImage('["npm","run","dev"]'),
      'package.json': json({ scripts: { dev: 'vite' } }),
      'vite.config.js':
        "import { defineConfig, loadEnv } from 'vite';\nexport default defineConfig(({ mode }) => { const env = loadEnv(mode, process.cwd(), ''); return { server: { port: 4303, host: '0.0.0.0' } }; });",
    }),
    row('vite default no port', '5173', {
      Dockerfile: nodeImage('["npm","run","dev"]'),
      'package.json': json({ scripts: { dev: 'vite --host 0.0.0.0' } }),
      'vite.config.js':
        "import { defineConfig } from 'vite';\nimport react from '@vitejs/plugin-react';\nexport default defineConfig({ plugins: [react()] });",
    }),
    row('ng serve', '4200', { Dockerfile: nodeImage('["ng","serve","--host","0.0.0.0"]') }),
    row('ng serve port', '4305', { Dockerfile: nodeImage('["npx","ng","serve","--host=0.0.0.0","--port","4305"]') }),
    row('ng serve angular.json', '4306', {
      Dockerfile: nodeImage('["npm","start"]'),
      'package.json': json({ scripts: { start: 'ng serve' } }),
      'angular.json': json({
        defaultProject: 'web',
        projects: { web: { architect: { serve: { options: { port: 4306, host: '0.0.0.0' } } } } },
      }),
    }),
    row('serve -l', '4307', { Dockerfile: nodeImage('["npx","serve","-s","build","-l","4307"]') }),
    row('serve -l tcp', '4308', { Dockerfile: nodeImage('["serve","-s","build","-l","tcp://0.0.0.0:4308"]') }),
    row('astro preview', '4321', { Dockerfile: nodeImage('["npx","astro","preview","--host"]') }),
    row('astro dev port', '4309', {
      Dockerfile: nodeImage('["npm","run","dev"]'),
      'package.json': json({ scripts: { dev: 'astro dev --host 0.0.0.0 --port 4309' } }),
    }),
    row('nuxt start', '3000', { Dockerfile: nodeImage('["npx","nuxt","start"]', 'ENV HOST=0.0.0.0\n') }),
    row('nuxi preview', '3000', { Dockerfile: nodeImage('["npx","nuxi","preview"]') }),
    row('nuxt PORT', '4310', {
      Dockerfile: nodeImage('["yarn","start"]', 'ENV NUXT_PORT=4310 NUXT_HOST=0.0.0.0\n'),
      'package.json': json({ scripts: { start: 'nuxt start' } }),
    }),
    row('remix-serve', '4311', {
      Dockerfile: nodeImage('["npm","start"]', 'ENV PORT=4311\n'),
      'package.json': json({ scripts: { start: 'remix-serve build/index.js' } }),
    }),
    row('gatsby serve', '9000', { Dockerfile: nodeImage('["npx","gatsby","serve","-H","0.0.0.0"]') }),
    row('vue-cli-service serve', '8080', {
      Dockerfile: nodeImage('["npm","run","serve"]'),
      'package.json': json({ scripts: { serve: 'vue-cli-service serve' } }),
    }),
    row('webpack serve', '4312', {
      Dockerfile: nodeImage('["npx","webpack","serve","--port","4312","--host","0.0.0.0"]'),
    }),
    row('webpack-dev-server config', '4313', {
      Dockerfile: nodeImage('["npx","webpack-dev-server"]'),
      'webpack.config.js': "module.exports = { devServer: { port: 4313, host: '0.0.0.0' } };",
    }),
    row('strapi start', '1337', {
      Dockerfile: nodeImage('["npm","start"]'),
      'package.json': json({ scripts: { start: 'strapi start' }, dependencies: { '@strapi/strapi': '4' } }),
      'config/server.js':
        "module.exports = ({ env }) => ({ host: env('HOST', '0.0.0.0'), port: env.int('PORT', 1337) });",
    }),
    row('storybook', '6006', { Dockerfile: nodeImage('["npx","storybook","dev","-p","6006"]') }),
  ]));

test('process managers and runners', () =>
  assertRows([
    row('nx serve', '3333', {
      Dockerfile: nodeImage('["npx","nx","serve","api"]'),
      'nx.json': '{}',
      'apps/api/project.json': json({
        name: 'api',
        targets: {
          serve: { executor: '@nx/js:node', options: { buildTarget: 'api:build' } },
          build: {
            executor: '@nx/webpack:webpack',
            options: { main: 'apps/api/src/main.ts', outputPath: 'dist/apps/api' },
          },
        },
      }),
      'apps/api/src/main.ts': `import express from 'express';\nexpress().listen(3333);`,
    }),
    row('nx dist', '3334', {
      Dockerfile: nodeImage('["node","dist/apps/api/main.js"]', 'RUN npx nx build api\n'),
      'nx.json': '{}',
      'apps/api/project.json': json({
        name: 'api',
        targets: { build: { options: { main: 'apps/api/src/main.ts', outputPath: 'dist/apps/api' } } },
      }),
      'apps/api/src/main.ts': `import express from 'express';\nexpress().listen(3334);`,
    }),
    row('pm2 ecosystem', '3400', {
      Dockerfile: nodeImage('["pm2-runtime","ecosystem.config.js"]'),
      'ecosystem.config.js':
        "module.exports = { apps: [{ name: 'api', script: './server.js', env: { PORT: 3400 } }] };",
      'server.js': express('process.env.PORT || 1'),
    }),
    row('pm2 ecosystem env', '3401', {
      Dockerfile: nodeImage('["pm2-runtime","start","ecosystem.config.js","--env","production"]'),
      'ecosystem.config.js':
        "module.exports = { apps: [{ name: 'api', script: 'dist/server.js', env: { PORT: 1 }, env_production: { PORT: 3401 } }] };",
      'src/server.js': express('process.env.PORT'),
      'package.json': '{}',
    }),
    row('pm2 json', '3402', {
      Dockerfile: nodeImage('["pm2-runtime","process.json"]'),
      'process.json': json({ apps: [{ script: 'server.js', env: { PORT: '3402' } }] }),
      'server.js': express('process.env.PORT'),
    }),
    row('pm2 yml', '3403', {
      Dockerfile: nodeImage('["pm2-runtime","process.yml"]'),
      'process.yml': 'apps:\n  - script: ./server.js\n    args: --x\n    env:\n      PORT: 3403\n',
      'server.js': express('process.env.PORT'),
    }),
    row('pm2 npm script', '3404', {
      Dockerfile: nodeImage('["pm2-runtime","ecosystem.config.js"]'),
      'ecosystem.config.js': "module.exports = { apps: [{ name: 'api', script: 'npm', args: 'start' }] };",
      'package.json': json({ scripts: { start: 'node server.js' } }),
      'server.js': express('3404'),
    }),
    row('nodemon.json', '3405', {
      Dockerfile: nodeImage('["npx","nodemon"]'),
      'nodemon.json': json({ watch: ['src'], exec: 'ts-node ./src/index.ts' }),
      'src/index.ts': `import express from 'express';\nexpress().listen(3405);`,
    }),
    row('nodemon main', '3406', {
      Dockerfile: nodeImage('["nodemon"]'),
      'package.json': json({ main: 'server.js' }),
      'server.js': express('3406'),
    }),
    row('concurrently', '3407', {
      Dockerfile: nodeImage('["npm","start"]'),
      'package.json': json({
        scripts: {
          start: 'concurrently "npm run worker" "npm run api"',
          worker: 'node worker.js',
          api: 'node server.js',
        },
      }),
      'server.js': express('3407'),
      'worker.js': 'console.log(1)',
    }),
    row('npm-run-all', '3408', {
      Dockerfile: nodeImage('["npm","start"]'),
      'package.json': json({ scripts: { start: 'npm-run-all build serve', build: 'tsc', serve: 'node server.js' } }),
      'server.js': express('3408'),
    }),
    row('run-p', '3409', {
      Dockerfile: nodeImage('["npm","start"]'),
      'package.json': json({
        scripts: { start: 'run-p serve:*', 'serve:api': 'node server.js', 'serve:x': 'node worker.js' },
      }),
      'server.js': express('3409'),
      'worker.js': '',
    }),
    row('swc-node register', '3410', {
      Dockerfile: nodeImage('["node","-r","@swc-node/register","src/index.ts"]'),
      'src/index.ts': `import express from 'express';\nexpress().listen(3410);`,
    }),
    row('node --import tsx', '3411', {
      Dockerfile: nodeImage('["node","--import","tsx","src/index.ts"]'),
      'src/index.ts': `import express from 'express';\nexpress().listen(3411);`,
    }),
    row('nest start --watch', '3412', {
      Dockerfile: nodeImage('["npm","run","start:prod"]'),
      'package.json': json({ scripts: { 'start:prod': 'nest start' } }),
      'src/main.ts': `import { NestFactory } from '@nestjs/core';\nasync function b(){ const app = await NestFactory.create({} as any); await app.listen(process.env.PORT ?? 3412); }\nb();`,
    }),
  ]));
