// What package scripts and the tools of Node listen on: npm start, npx, next, built files.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

const npmStart = dockerfile('node:20-slim', 'CMD ["npm", "start"]');

function express(listen: string, head = ''): string {
  return `const express = require('express');\n${head}\nconst app = express();\n${listen}\n`;
}

function manifest(scripts: Readonly<Record<string, string>>): string {
  return JSON.stringify({ name: 'app', scripts }, undefined, 2);
}

test('package scripts and tools', () =>
  assertRows([
    {
      name: 'npm start',
      files: {
        Dockerfile: npmStart,
        'package.json': manifest({ start: 'node server.js' }),
        'server.js': express('app.listen(3100);'),
      },
      listens: '3100',
      steps: ['CMD ["npm", "start"]', '"start": "node server.js"', 'listen(3100)'],
    },
    {
      name: 'npm start without a script',
      files: { Dockerfile: npmStart, 'package.json': '{}', 'server.js': express('app.listen(3101);') },
      listens: '3101',
    },
    {
      name: 'a port in the script',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["npm", "run", "serve"]'),
        'package.json': manifest({ serve: 'cross-env PORT=3102 node server.js' }),
        'server.js': express('app.listen(process.env.PORT || 1);'),
      },
      listens: '3102',
      at: 'package.json:3102',
    },
    {
      name: 'scripts that call scripts',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD yarn start:prod'),
        'package.json': manifest({
          'start:prod': 'npm run build && npm run serve',
          build: 'tsc',
          serve: 'node dist/index.js',
        }),
        'src/index.ts': express('app.listen(3103);'),
      },
      listens: '3103',
    },
    {
      name: 'arguments behind --',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["npm", "run", "start", "--", "-p", "3104"]'),
        'package.json': manifest({ start: 'next start' }),
      },
      listens: '3104',
      at: 'Dockerfile:3104',
    },
    {
      name: 'next start',
      files: { Dockerfile: npmStart, 'package.json': manifest({ start: 'next start' }) },
      listens: '3000',
    },
    {
      name: 'next start reads PORT',
      files: { Dockerfile: npmStart, 'package.json': manifest({ start: 'next start' }) },
      task: { environment: [{ name: 'PORT', value: '8080' }] },
      listens: '8080',
    },
    {
      name: 'pnpm --filter',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["pnpm", "--filter", "@acme/api", "start"]'),
        'packages/api/package.json': manifest({ start: 'node index.js' }),
        'packages/api/index.js': express('app.listen(3105);'),
      },
      listens: '3105',
    },
    {
      name: 'nodemon and ts-node',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD npm run dev'),
        'package.json': manifest({ dev: 'nodemon --exec ts-node src/index.ts' }),
        'src/index.ts': express('app.listen(3106);'),
      },
      listens: '3106',
    },
    {
      name: 'a migration first',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD npx prisma migrate deploy && node server.js'),
        'server.js': express('app.listen(3107);'),
      },
      listens: '3107',
    },
    {
      name: 'serve',
      files: { Dockerfile: dockerfile('node:20', 'CMD ["npx", "serve", "-s", "build", "-l", "3108"]') },
      listens: '3108',
    },
    {
      name: 'the entrypoint of the node image',
      files: {
        Dockerfile: dockerfile('node:20', 'ENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node", "server.js"]'),
        'server.js': express('app.listen(3109);'),
      },
      listens: '3109',
    },
    {
      name: "Next's standalone server",
      files: {
        Dockerfile:
          'FROM node:20 AS builder\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:20-slim\nWORKDIR /app\nENV PORT=3112 HOSTNAME=0.0.0.0\nCOPY --from=builder /app/.next/standalone ./\nCMD ["node", "server.js"]\n',
        'package.json': manifest({ build: 'next build' }),
      },
      listens: '3112',
      at: 'Dockerfile:3112',
    },
    {
      name: 'Nuxt',
      files: { Dockerfile: dockerfile('node:20', 'CMD ["node", ".output/server/index.mjs"]'), 'package.json': '{}' },
      listens: '3000',
    },
    {
      name: 'a bundle by esbuild',
      files: {
        Dockerfile: dockerfile('node:20', 'RUN npm run build\nCMD ["node", "out/bundle.js"]'),
        'package.json': manifest({ build: 'esbuild src/server.ts --bundle --platform=node --outfile=out/bundle.js' }),
        'src/server.ts': express('app.listen(3113);'),
      },
      listens: '3113',
    },
    {
      name: 'only the output is copied, and ncc wrote it',
      files: {
        Dockerfile:
          'FROM node:20 AS build\nWORKDIR /build\nCOPY api ./api\nCOPY package.json .\nRUN npm run build\nFROM node:20\nWORKDIR /app\nCOPY --from=build /build/dist ./dist\nCMD ["node", "dist"]\n',
        'package.json': manifest({ build: 'ncc build api/index.ts --out dist' }),
        'api/index.ts': express('app.listen(3116);'),
      },
      listens: '3116',
    },
    {
      name: 'output that is copied file by file',
      files: {
        Dockerfile:
          'FROM node:20 AS build\nWORKDIR /src\nCOPY *.ts ./\nRUN npx tsc --outDir dist\nFROM node:20\nWORKDIR /app\nCOPY --from=build /src/dist/* ./\nCMD ["node", "api.js"]\n',
        'api.ts': express('app.listen(3117);'),
      },
      listens: '3117',
    },
    {
      name: 'react-scripts, which reads PORT',
      files: { Dockerfile: npmStart, 'package.json': manifest({ start: 'react-scripts start' }) },
      task: { environment: [{ name: 'PORT', value: '3114' }] },
      listens: '3114',
    },
    {
      name: 'vite in development is on localhost',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["npm", "run", "dev"]'),
        'package.json': manifest({ dev: 'vite' }),
      },
      listens: 'localhost:5173',
    },
    {
      name: 'vite with a host',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["npx", "vite", "preview", "--host", "0.0.0.0", "--port", "3115"]'),
      },
      listens: '3115',
    },
    {
      name: 'pm2-runtime',
      files: {
        Dockerfile: dockerfile('node:20', 'CMD ["pm2-runtime", "server.js"]'),
        'server.js': express('app.listen(3110);'),
      },
      listens: '3110',
    },
    {
      name: 'concurrently',
      files: {
        Dockerfile: npmStart,
        'package.json': manifest({ start: 'concurrently "npm:web" "node worker.js"', web: 'node server.js' }),
        'server.js': express('app.listen(3111);'),
        'worker.js': "require('@aws-sdk/client-sqs');\n",
      },
      listens: '3111',
    },
  ]));
