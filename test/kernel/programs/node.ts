// Node programs, on its own modules alone.

import { imageOf, type KernelProgram } from '../program.ts';

const base = 'node:22-slim';

function script(
  name: string,
  text: string,
  more: Partial<KernelProgram> = {},
  last = 'CMD ["node", "server.js"]',
): KernelProgram {
  return {
    name,
    runtime: 'node',
    files: { Dockerfile: imageOf(base, last), 'server.js': text, ...more.files },
    ...(more.environment && { environment: more.environment }),
  };
}

const http =
  "const http = require('node:http');\nconst server = http.createServer((request, response) => response.end());\n";

export const node: readonly KernelProgram[] = [
  script('a literal port', `${http}server.listen(5301);\n`),
  script('loopback', `${http}server.listen(5302, '127.0.0.1');\n`),
  script('localhost by name', `${http}server.listen(5303, 'localhost');\n`),
  script('an object of options', `${http}server.listen({ port: 5304, host: '0.0.0.0' });\n`),
  script(
    'a variable with a default',
    `${http}const port = process.env.PORT || 5305;\nserver.listen(port, () => console.log(port));\n`,
  ),
  script('the same variable, set by the task', `${http}server.listen(process.env.PORT || 5305);\n`, {
    environment: { PORT: '6305' },
  }),
  script(
    'nullish defaults and Number',
    `${http}const port = Number(process.env.PORT ?? 5306);\nserver.listen(port);\n`,
  ),
  script('a module of settings', `const { port, host } = require('./config');\n${http}server.listen(port, host);\n`, {
    files: { 'config.js': "module.exports = { port: parseInt(process.env.PORT || '5307', 10), host: '0.0.0.0' };\n" },
  }),
  script('settings in JSON', `const config = require('./config.json');\n${http}server.listen(config.server.port);\n`, {
    files: { 'config.json': '{ "server": { "port": 5308 } }\n' },
  }),
  script(
    'modules of ECMAScript',
    '',
    {
      files: {
        'server.mjs':
          "import { createServer } from 'node:http';\nimport { port } from './settings.mjs';\n\ncreateServer().listen(port);\n",
        'settings.mjs': 'export const port = 5309;\n',
      },
    },
    'CMD ["node", "server.mjs"]',
  ),
  script('a function that starts', `${http}function start(port = 5310) {\n  server.listen(port);\n}\nstart();\n`),
  script(
    'a class',
    "const http = require('http');\n\nclass App {\n  constructor() {\n    this.port = process.env.PORT || 5311;\n    this.server = http.createServer();\n  }\n\n  start() {\n    this.server.listen(this.port);\n  }\n}\n\nnew App().start();\n",
  ),
  script('two servers', `${http}server.listen(5312);\nhttp.createServer().listen(9312, '127.0.0.1');\n`),
  script('a plain socket', "require('net').createServer().listen(5313);\n"),
  script('a worker', 'setInterval(() => {}, 1000);\n'),
  script(
    'npm start',
    `${http}server.listen(process.env.PORT || 5314);\n`,
    { files: { 'package.json': '{ "name": "web", "scripts": { "start": "node server.js" } }\n' } },
    'CMD ["npm", "start"]',
  ),
  script(
    'npm start with a variable in the script',
    `${http}server.listen(process.env.PORT || 5315);\n`,
    { files: { 'package.json': '{ "name": "web", "scripts": { "start": "PORT=6315 node server.js" } }\n' } },
    'CMD ["npm", "start"]',
  ),
  script(
    'an index file',
    '',
    { files: { 'src/index.js': "require('http').createServer().listen(5316);\n" } },
    'CMD ["node", "src"]',
  ),
];
