// Where a port that stands in a settings file is decided, and the steps that lead there.

import { test } from 'node:test';
import { assertRows } from './rows.ts';
import { express, flaskProgram, json, nodeImage, pythonImage } from './shortRows.ts';

test('the place that decides', () =>
  assertRows([
    {
      name: 'JSON',
      files: {
        Dockerfile: nodeImage('["node", "server.js"]'),
        'server.js': express('config.server.port', "const config = require('./config.json');"),
        'config.json': json({ server: { port: 3200 } }),
      },
      listens: '3200',
      at: 'config.json:3200',
      steps: ['CMD ["node", "server.js"]', 'server.port: 3200'],
    },
    {
      name: 'YAML',
      files: {
        Dockerfile: pythonImage('["python", "app.py"]'),
        'app.py': flaskProgram('config["port"]', 'import yaml\nconfig = yaml.safe_load(open("config.yaml"))'),
        'config.yaml': 'port: "5201" # here\n',
      },
      listens: '5201',
      at: 'config.yaml:5201',
      steps: ['port: 5201'],
    },
    {
      name: 'the default of a schema',
      files: {
        Dockerfile: nodeImage('["node", "server.js"]'),
        'server.js': express(
          'env.PORT',
          "const { z } = require('zod');\nconst env = z.object({ PORT: z.coerce.number().default(3304) }).parse(process.env);",
        ),
      },
      listens: '3304',
      at: 'server.js:3304',
      steps: ['default(3304)'],
    },
    {
      name: 'the file of uWSGI',
      files: { Dockerfile: pythonImage('["uwsgi", "uwsgi.ini"]'), 'uwsgi.ini': '[uwsgi]\nhttp = 0.0.0.0:5301\n' },
      listens: '5301',
      at: 'uwsgi.ini:5301',
      steps: ['CMD ["uwsgi", "uwsgi.ini"]', 'uwsgi.ini http = 0.0.0.0:5301'],
    },
    {
      name: 'the configuration of vite',
      files: {
        Dockerfile: nodeImage('["npx", "vite", "preview", "--host"]'),
        'vite.config.ts': 'export default { preview: { port: 4300 } };\n',
      },
      listens: '4300',
      at: 'vite.config.ts:4300',
      steps: ['port: 4300'],
    },
    {
      name: 'the variables of a process file',
      files: {
        Dockerfile: nodeImage('["pm2-runtime", "ecosystem.config.js"]'),
        'ecosystem.config.js': "module.exports = { apps: [{ script: 'server.js', env: { PORT: 3400 } }] };",
        'server.js': express('process.env.PORT'),
      },
      listens: '3400',
      at: 'ecosystem.config.js:3400',
      steps: ['script: server.js', 'PORT'],
    },
    {
      name: 'a console script',
      files: {
        Dockerfile: pythonImage('["api"]'),
        'pyproject.toml': '[project.scripts]\napi = "pkg.server:main"\n',
        'pkg/__init__.py': '',
        'pkg/server.py': 'import uvicorn\ndef main():\n    uvicorn.run("x:app", host="0.0.0.0", port=5315)\n',
      },
      listens: '5315',
      at: 'pkg/server.py:5315',
      steps: ['CMD ["api"]', 'api = pkg.server:main', 'port=5315'],
    },
  ]));

test('what stays open', () =>
  assertRows([
    {
      name: 'a settings file that is not in view',
      files: {
        Dockerfile: nodeImage('["node", "server.js"]'),
        'server.js': express('config.port', "const config = JSON.parse(require('fs').readFileSync('local.json'));"),
      },
      listens: /^unknown: .*local\.json is not among the files in view/,
    },
    {
      name: 'a file whose name is open',
      files: {
        Dockerfile: nodeImage('["node", "server.js"]'),
        'server.js': express('config.port', 'const config = JSON.parse(require("fs").readFileSync(process.argv[2]));'),
        'config.json': json({ port: 3200 }),
      },
      listens: /^unknown/,
    },
    {
      name: 'a script that sets the port differently on each of many ways',
      files: {
        Dockerfile: pythonImage('["sh", "start.sh"]'),
        'start.sh': `${[...'abcdefgh'].map((name) => `if [ -f /${name} ]; then export PORT=80${name}; fi`).join('\n')}
exec gunicorn -b 0.0.0.0:$PORT app:app
`,
      },
      listens: /^unknown/,
    },
  ]));
