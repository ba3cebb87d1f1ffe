// Ports that Express and Feathers applications keep among their own settings.

import { test } from 'node:test';
import { assertRows } from './rows.ts';
import { json, nodeImage, row } from './shortRows.ts';

const listens = "const app = require('./app');\napp.listen(app.get('port'), () => {});\n";
const application = (line: string) =>
  `const express = require('express');\nconst app = express();\n${line}\nmodule.exports = app;\n`;

test('app.get of another file', () =>
  assertRows([
    {
      name: 'set in the file that makes the application',
      files: {
        Dockerfile: nodeImage('["node", "server.js"]'),
        'server.js': listens,
        'app.js': application("app.set('port', process.env.PORT || 3100);"),
      },
      listens: '3100',
      at: 'app.js:3100',
      steps: ["listen(app.get('port'))", 'process.env.PORT || 3100'],
    },
    row('the environment counts first', '3200', {
      Dockerfile: nodeImage('["node", "server.js"]', 'ENV PORT=3200\n'),
      'server.js': listens,
      'app.js': application("app.set('port', process.env.PORT || 3100);"),
    }),
    row('an ES module with a default export', '3101', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': "import app from './app.js';\nconst server = app.listen(app.get('port'));\n",
      'app.js':
        "import express from 'express';\nconst app = express();\napp.set('port', process.env.PORT || 3101);\nexport default app;\n",
    }),
    row('set nowhere', /^unknown: the port `app.get\('port'\)` in server.js cannot be decided/, {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': listens,
      'app.js': application(''),
    }),
    row('set to itself', /^unknown: /, {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': listens,
      'app.js': application("app.set('port', app.get('port'));"),
    }),
    row('set to two ports', /^unknown: /, {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': listens,
      'app.js': application("app.set('port', 3102);\napp.set('port', 3103);"),
    }),
  ]));

const feathers = {
  Dockerfile: nodeImage('["node", "src/index.js"]'),
  'src/index.js': "const app = require('./app');\nconst port = app.get('port');\napp.listen(port);\n",
  'src/app.js': `const feathers = require('@feathersjs/feathers');
const configuration = require('@feathersjs/configuration');
const express = require('@feathersjs/express');
const app = express(feathers());
app.configure(configuration());
module.exports = app;
`,
};

test('Feathers', () =>
  assertRows([
    row('config/default.json', '3030', { ...feathers, 'config/default.json': json({ host: 'localhost', port: 3030 }) }),
    row('the settings of an environment', '3031', {
      ...feathers,
      Dockerfile: nodeImage('["node", "src/index.js"]', 'ENV NODE_ENV=production\n'),
      'config/default.json': json({ port: 3030 }),
      'config/production.json': json({ port: 3031 }),
    }),
  ]));

test('sources of what was built', () =>
  assertRows([
    row('main is a folder', '3300', {
      Dockerfile: nodeImage('node . listen', 'RUN npm run build\n'),
      'package.json': json({ main: 'lib', scripts: { build: 'tsc' } }),
      'tsconfig.json': json({ compilerOptions: { outDir: 'lib', rootDir: 'src' } }),
      'src/index.ts': "import express from 'express';\nexpress().listen(3300);\n",
    }),
    row('only the output is copied from the stage that holds a package of a workspace', '3301', {
      Dockerfile: `FROM node:20 AS builder
WORKDIR /app
COPY package.json ./
COPY backend/package.json ./backend/
COPY backend/tsconfig.json ./backend/
COPY backend/src ./backend/src/
RUN npm run build --prefix backend
FROM node:20
WORKDIR /app
COPY --from=builder /app/backend/dist ./dist
CMD sh -c "node dist/index.js"
`,
      'package.json': json({ workspaces: ['backend'] }),
      'backend/package.json': json({ scripts: { build: 'tsc' } }),
      'backend/tsconfig.json': json({ compilerOptions: { outDir: 'dist', rootDir: 'src' } }),
      'backend/src/index.ts': "import express from 'express';\nexpress().listen(process.env.PORT || 3301);\n",
    }),
    row("Angular's own server", '4000', {
      Dockerfile: nodeImage('node dist/shop/server/server.mjs', 'RUN npm run build\n'),
      'angular.json': '{}',
      'src/server.ts': `import { isMainModule } from '@angular/ssr/node';
import express from 'express';
const app = express();
if (isMainModule(import.meta.url)) {
  const port = process.env['PORT'] || 4000;
  app.listen(port, () => {});
}
`,
    }),
    row('Sapper', '3302', {
      Dockerfile: nodeImage('node __sapper__/build', 'ENV PORT=3302\n'),
      'src/server.js': "import polka from 'polka';\nconst { PORT } = process.env;\npolka().listen(PORT);\n",
    }),
  ]));
