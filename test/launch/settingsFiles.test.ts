// What programs read from settings files: JSON, YAML, TOML, INI, node-config, .env files, and where tsconfig.json
// puts their build.

import { test } from 'node:test';
import { assertRows } from './rows.ts';
import { express, flaskProgram, json, nodeImage, pythonImage, row } from './shortRows.ts';

test('TypeScript is configured', () =>
  assertRows([
    row('ts outDir', '3100', {
      Dockerfile: nodeImage('["node", "build/main.js"]', 'RUN npm run build\n'),
      'tsconfig.json': json({ compilerOptions: { outDir: './build', rootDir: './code' } }),
      'code/main.ts': `import express from 'express';\nexpress().listen(3100);`,
      'package.json': json({ scripts: { build: 'tsc' } }),
    }),
    row('ts extends', '3101', {
      Dockerfile: nodeImage('["node", "out/main.js"]', 'RUN npm run build\n'),
      'tsconfig.json': json({ extends: './tsconfig.base.json' }),
      'tsconfig.base.json': json({ compilerOptions: { outDir: 'out', rootDir: 'lib' } }),
      'lib/main.ts': `import express from 'express';\nexpress().listen(3101);`,
      'package.json': json({ scripts: { build: 'tsc' } }),
    }),
    row('ts paths', '3102', {
      Dockerfile: nodeImage('["node", "dist/main.js"]', 'RUN npm run build\n'),
      'tsconfig.json':
        '// c\n{ "compilerOptions": { "outDir": "dist", "baseUrl": "./src", "paths": {"@cfg/*": ["shared/settings/*"]} } }',
      'src/main.ts': `import express from 'express';\nimport {port} from '@cfg/port';\nexpress().listen(port);`,
      'src/shared/settings/port.ts': 'export const port = 3102;',
      'package.json': json({ scripts: { build: 'tsc' } }),
    }),
    row('ts paths extends', '3103', {
      Dockerfile: nodeImage('["node", "dist/main.js"]', 'RUN npm run build\n'),
      'tsconfig.json': '{ "extends": "./configs/base" }',
      'configs/base.json': '{"compilerOptions": { "outDir": "../dist", "paths": {"@cfg/*": ["../src/settings/*"]} }}',
      'src/main.ts': `import express from 'express';\nimport {port} from '@cfg/port';\nexpress().listen(port);`,
      'src/settings/port.ts': 'export const port = 3103;',
      'package.json': json({ scripts: { build: 'tsc' } }),
    }),
    row('ts rootDir both', '3104', {
      Dockerfile: nodeImage('["node", "dist/src/main.js"]', 'RUN npm run build\n'),
      'tsconfig.json': '{ "compilerOptions": { "outDir": "dist" } }',
      'src/main.ts': `import express from 'express';\nexpress().listen(3104);`,
      'package.json': json({ scripts: { build: 'tsc' } }),
    }),
  ]));

test('Node reads settings files', () =>
  assertRows([
    row('require json', '3200', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express('config.port', "const config = require('./config.json');"),
      'config.json': json({ port: 3200 }),
    }),
    row('require json nested', '3201', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express('process.env.PORT || config.server.port', "const config = require('./config');"),
      'config.json': json({ server: { port: '3201' } }),
    }),
    row('JSON.parse(readFileSync)', '3202', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'config.port',
        "const fs = require('fs');\nconst config = JSON.parse(fs.readFileSync('./config.json', 'utf8'));",
      ),
      'config.json': json({ port: 3202 }),
    }),
    row('JSON.parse(readFileSync path.join)', '3203', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'config.port',
        "const fs = require('fs');const path=require('path');\nconst config = JSON.parse(fs.readFileSync(path.join(__dirname, 'conf', 'config.json')));",
      ),
      'conf/config.json': json({ port: 3203 }),
    }),
    row('yaml.load', '3204', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express(
        'config.server.port',
        "const fs = require('fs');const yaml=require('js-yaml');\nconst config = yaml.load(fs.readFileSync('config.yml', 'utf8'));",
      ),
      'config.yml': 'server:\n  port: 3204\n',
    }),
    row('node-config', '3205', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express("config.get('server.port')", "const config = require('config');"),
      'config/default.json': json({ server: { port: 3205 } }),
    }),
    row('node-config env', '3206', {
      Dockerfile: nodeImage('["node", "server.js"]', 'ENV NODE_ENV=production\n'),
      'server.js': express("config.get('port')", "const config = require('config');"),
      'config/default.json': json({ port: 1 }),
      'config/production.json': json({ port: 3206 }),
    }),
    row('node-config custom env', '3207', {
      Dockerfile: nodeImage('["node", "server.js"]', 'ENV APP_PORT=3207\n'),
      'server.js': express("config.get('port')", "const config = require('config');"),
      'config/default.json': json({ port: 1 }),
      'config/custom-environment-variables.json': json({ port: 'APP_PORT' }),
    }),
    row('node-config custom env unset', '3208', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express("config.get('port')", "const config = require('config');"),
      'config/default.yaml': 'port: 3208\n',
      'config/custom-environment-variables.yaml': 'port:\n  __name: APP_PORT\n  __format: number\n',
    }),
    row('node-config js', '3209', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': express('config.port', "const config = require('config');"),
      'config/default.js': 'module.exports = { port: process.env.PORT || 3209 };',
    }),
    row('dotenv-flow', '3210', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': `require('dotenv-flow').config();\n${express('process.env.PORT')}`,
      '.env': 'PORT=3210\n',
    }),
    row('dotenv/config', '3211', {
      Dockerfile: nodeImage('["node", "server.js"]'),
      'server.js': `require('dotenv/config');\n${express('process.env.PORT')}`,
      '.env': 'PORT=3211\n',
    }),
    row('node --env-file', '3212', {
      Dockerfile: nodeImage('["node", "--env-file=.env.prod", "server.js"]'),
      'server.js': express('process.env.PORT'),
      '.env.prod': 'PORT=3212\n',
    }),
    row('-r dotenv/config', '3213', {
      Dockerfile: nodeImage('["node", "-r", "dotenv/config", "server.js"]'),
      'server.js': express('process.env.PORT'),
      '.env': 'PORT=3213\n',
    }),
    row('import json with', '3214', {
      Dockerfile: nodeImage('["node", "server.mjs"]'),
      'server.mjs':
        "import express from 'express';\nimport config from './config.json' with { type: 'json' };\nexpress().listen(config.port);",
      'config.json': json({ port: 3214 }),
    }),
  ]));

test('Python reads settings files', () =>
  assertRows([
    row('json.load', '5200', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        "config['port']",
        "import json\nwith open('config.json') as f:\n    config = json.load(f)",
      ),
      'config.json': json({ port: 5200 }),
    }),
    row('yaml.safe_load', '5201', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        "config['server']['port']",
        "import yaml\nwith open('config.yaml') as f:\n    config = yaml.safe_load(f)",
      ),
      'config.yaml': 'server:\n  port: 5201\n',
    }),
    row('yaml.load(open())', '5202', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        "config.get('port', 1)",
        "import yaml\nconfig = yaml.load(open('config.yml'), Loader=yaml.FullLoader)",
      ),
      'config.yml': 'port: 5202\n',
    }),
    row('tomllib', '5203', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        "config['server']['port']",
        "import tomllib\nwith open('config.toml', 'rb') as f:\n    config = tomllib.load(f)",
      ),
      'config.toml': '[server]\nport = 5203\n',
    }),
    row('toml.load path', '5204', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram("config['port']", "import toml\nconfig = toml.load('config.toml')"),
      'config.toml': 'port = 5204\n',
    }),
    row('configparser', '5205', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        "config.getint('server', 'port')",
        "import configparser\nconfig = configparser.ConfigParser()\nconfig.read('config.ini')",
      ),
      'config.ini': '[server]\nport = 5205\n',
    }),
    row('configparser []', '5206', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        "int(config['server']['Port'])",
        "from configparser import ConfigParser\nconfig = ConfigParser()\nconfig.read(['settings.ini'])",
      ),
      'settings.ini': '[server]\nPort: 5206\n',
    }),
    row('json in function', '5207', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        "load()['port']",
        "import json\ndef load():\n    with open(os.path.join(os.path.dirname(__file__), 'conf', 'c.json'), 'r') as handle:\n        data = json.load(handle)\n    return data",
      ),
      'conf/c.json': json({ port: 5207 }),
    }),
    row('json.loads(read)', '5208', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py': flaskProgram(
        "config['port']",
        "import json\nfrom pathlib import Path\nconfig = json.loads(Path('config.json').read_text())",
      ),
      'config.json': json({ port: 5208 }),
    }),
    row('flask from_object', '5209', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py':
        "from flask import Flask\napp = Flask(__name__)\napp.config.from_object('config.Config')\nif __name__ == '__main__':\n    app.run(host='0.0.0.0', port=app.config['PORT'])",
      'config.py': 'class Config:\n    PORT = 5209\n',
    }),
    row('flask from_pyfile', '5210', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      'app.py':
        "from flask import Flask\napp = Flask(__name__)\napp.config.from_pyfile('settings.cfg')\nif __name__ == '__main__':\n    app.run(host='0.0.0.0', port=app.config['PORT'])",
      'settings.cfg': 'PORT = 5210\n',
    }),
  ]));

test('.dockerignore', () =>
  assertRows([
    row('dockerignore', /unknown/, {
      Dockerfile: pythonImage('["python", "app.py"]'),
      '.dockerignore': '# x\nconfig.json\n',
      'app.py': flaskProgram("config['port']", "import json\nconfig = json.load(open('config.json'))"),
      'config.json': json({ port: 5200 }),
    }),
    row('dockerignore .env', '5322', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      '.dockerignore': '.env*\n',
      '.env': 'PORT=1\n',
      'app.py': flaskProgram("int(os.getenv('PORT', 5322))", 'from dotenv import load_dotenv\nload_dotenv()'),
    }),
    row('dockerignore negated', '5323', {
      Dockerfile: pythonImage('["python", "app.py"]'),
      '.dockerignore': '**\n!app.py\n!.env\n',
      '.env': 'PORT=5323\n',
      'app.py': flaskProgram("int(os.getenv('PORT', 1))", 'from dotenv import load_dotenv\nload_dotenv()'),
    }),
  ]));
