// Parts of workspaces that a build takes out before it copies them, images that start an interpreter by themselves, and
// microservices of Nest.

import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import { assertRows, dockerfile } from './rows.ts';
import { json, nodeImage, row } from './shortRows.ts';

const service = (port: number) => `import express from 'express';\nexpress().listen(process.env.PORT || ${port});\n`;
const api: Workspace = {
  'package.json': json({ workspaces: ['apps/*', 'packages/*'] }),
  'apps/api/package.json': json({ name: '@acme/api', scripts: { build: 'tsc', start: 'node dist/index.js' } }),
  'apps/api/tsconfig.json': json({ compilerOptions: { outDir: 'dist', rootDir: 'src' } }),
  'apps/api/src/index.ts': service(3101),
};

const pruned = (prune: string, copies: string, start: string) => `FROM node:22-alpine AS pruner
WORKDIR /repo
COPY . .
RUN ${prune}
FROM node:22-alpine AS installer
WORKDIR /app
${copies}
RUN npx turbo run build --filter=@acme/api...
FROM node:22-alpine
WORKDIR /app
COPY --from=installer /app .
CMD ${start}
`;

const docker = 'COPY --from=pruner /repo/out/json/ .\nRUN npm ci\nCOPY --from=pruner /repo/out/full/ .';

test('turbo prune', () =>
  assertRows([
    row('for Docker', '3101', {
      ...api,
      Dockerfile: pruned('npx turbo prune @acme/api --docker', docker, 'node apps/api/dist/index.js'),
    }),
    row('as a tool of its own, and a script', '3101', {
      ...api,
      Dockerfile: pruned('npm i -g turbo && turbo prune --scope=@acme/api --docker', docker, 'npm start -w @acme/api'),
    }),
    row('without a split, into another folder', '3101', {
      ...api,
      Dockerfile: pruned(
        'pnpm dlx turbo prune @acme/api --out-dir=slim',
        'COPY --from=pruner /repo/slim/ .',
        'node apps/api/dist/index.js',
      ),
    }),
    row('again and again', '3101', {
      ...api,
      Dockerfile: pruned(
        Array.from({ length: 30 }, () => 'turbo prune @acme/api --docker').join(' && '),
        docker,
        'node apps/api/dist/index.js',
      ),
    }),
  ]));

const deployed = (deploy: string, folder = '/srv/api') => `FROM node:22 AS build
WORKDIR /repo
COPY . .
RUN pnpm install && pnpm -r build
RUN ${deploy}
FROM node:22-slim
COPY --from=build ${folder} ${folder}
WORKDIR ${folder}
CMD ["pnpm", "start"]
`;

test('pnpm deploy', () =>
  assertRows([
    row('the filter behind', '3101', {
      ...api,
      Dockerfile: deployed('pnpm deploy --filter=@acme/api --prod /srv/api'),
    }),
    row('the filter in front', '3101', {
      ...api,
      Dockerfile: deployed('pnpm --filter @acme/api --prod deploy pruned', '/repo/pruned'),
    }),
    row('a package that is not in view', /^unknown: the package.json that `pnpm start` reads/, {
      ...api,
      Dockerfile: deployed('pnpm deploy --filter=web --prod /srv/api'),
    }),
  ]));

test('images of interpreters', () =>
  assertRows([
    row('Deno', '8001', {
      Dockerfile: dockerfile('denoland/deno:2.0.0', 'CMD ["run", "--allow-net", "main.ts"]'),
      'main.ts': "Deno.serve({ port: 8001 }, () => new Response('ok'));\n",
    }),
    row('Node', '3201', { Dockerfile: dockerfile('node:22', 'CMD ["server.mjs"]'), 'server.mjs': service(3201) }),
    row('Bun', '3202', {
      Dockerfile: dockerfile('oven/bun:1', 'CMD ["run", "start"]'),
      'package.json': json({ scripts: { start: 'bun src/index.ts' } }),
      'src/index.ts': service(3202),
    }),
    row('no interpreter', /^unknown: the command `run` is not known/, {
      Dockerfile: dockerfile('debian:12', 'CMD ["run", "main.ts"]'),
      'main.ts': '',
    }),
  ]));

const nest = (options: string) => `import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { AppModule } from './app.module';

async function bootstrap() {
  const app = await NestFactory.createMicroservice(AppModule, ${options});
  await app.listen();
}
bootstrap();
`;
const module = { 'src/app.module.ts': 'export class AppModule {}\n' };

test('microservices of Nest', () =>
  assertRows(
    [
      ["{ transport: Transport.TCP, options: { host: '0.0.0.0', port: 3301 } }", '3301'] as const,
      ['{ transport: Transport.TCP }', 'localhost:3000'] as const,
      ["{ transport: Transport.RMQ, options: { urls: ['amqp://queue'], queue: 'jobs' } }", /^unknown/] as const,
    ].map(([options, listens]) =>
      row(options, listens, {
        Dockerfile: nodeImage('npx ts-node src/main.ts'),
        'src/main.ts': nest(options),
        ...module,
      }),
    ),
  ));
