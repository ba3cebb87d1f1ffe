// Programs of Node that a build makes: where their sources stand.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

const serve = (port: number) => `import express from 'express';\nexpress().listen(${port});\n`;
const bundler = (options: string) =>
  `import { build } from 'esbuild';\nasync function all() {\n  await build(${options});\n}\nall();\n`;

test('what programs of Node are built from', () =>
  assertRows([
    {
      name: 'a folder whose index is built',
      files: {
        Dockerfile: dockerfile('node:22', 'RUN npm run build\nCMD ["npm", "start"]'),
        'package.json': '{ "scripts": { "build": "tsc", "start": "node dist" } }',
        'tsconfig.json': '{ "compilerOptions": { "outDir": "dist" }, "include": ["src"] }',
        'src/index.ts': serve(7201),
      },
      listens: '7201',
    },
    {
      name: 'a program that bundles into one file',
      files: {
        Dockerfile: dockerfile('node:22', 'RUN npm run build\nCMD ["node", "dist/index.cjs"]'),
        'package.json': '{ "scripts": { "build": "tsx check.ts && tsx script/build.ts" } }',
        'script/build.ts': bundler("{ entryPoints: ['server/index.ts'], bundle: true, outfile: 'dist/index.cjs' }"),
        'server/index.ts': serve(7202),
      },
      listens: '7202',
    },
    {
      name: 'a program that bundles into a folder',
      files: {
        Dockerfile: dockerfile('node:22', 'RUN npm run build\nCMD ["node", "out/api.js"]'),
        'package.json': '{ "scripts": { "build": "node build.mjs" } }',
        'build.mjs': bundler("{ entryPoints: ['apps/worker.ts', 'apps/api.ts'], outdir: 'out' }"),
        'apps/api.ts': serve(7203),
        'apps/worker.ts': 'setInterval(() => {}, 1000);\n',
      },
      listens: '7203',
    },
    {
      name: 'a program that bundles something else',
      files: {
        Dockerfile: dockerfile('node:22', 'RUN npm run build\nCMD ["node", "out/api.js"]'),
        'package.json': '{ "scripts": { "build": "node build.mjs" } }',
        'build.mjs': bundler("{ entryPoints: ['web/index.ts'], outfile: 'public/app.js' }"),
        'web/index.ts': serve(7204),
      },
      listens: 'unknown: /app/out/api.js is made by the build, and its source was not found',
    },
    {
      name: 'the package of the folder',
      files: {
        Dockerfile: dockerfile('node:22', 'CMD ["node", "."]'),
        'package.json': '{ "main": "lib/server.js" }',
        'index.js': 'module.exports = {};\n',
        'lib/server.js': "require('http').createServer().listen(7205);\n",
      },
      listens: '7205',
    },
  ]));
