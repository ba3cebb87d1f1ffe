// Programs that load code which only a run decides, or start servers of bots: they are not said to listen nowhere.

import { test } from 'node:test';
import { assertRows } from './rows.ts';
import { nodeImage, pythonImage, row } from './shortRows.ts';

const server = "require('http').createServer().listen(8500);\n";
const node = (listens: string | RegExp, text: string) =>
  row(text, listens, {
    Dockerfile: nodeImage('node job.js'),
    'job.js': `const path = require('path');\n${text}\n`,
    'server.js': server,
  });
const python = (listens: string | RegExp, text: string) =>
  row(text, listens, { Dockerfile: pythonImage('python job.py'), 'job.py': `${text}\n` });

test('modules that JavaScript loads by a computed name', () =>
  assertRows([
    node('8500', "require(path.join(__dirname, 'server'));"),
    node('8500', "const app = require(path.resolve(__dirname, './server.js'));"),
    node('8500', "require(__dirname + '/server');"),
    node('8500', "import('./server.js');"),
    node(/^unknown: .* process\.env\.ENTRY opens a port is not known$/, 'require(process.env.ENTRY);'),
    node(/^unknown: /, 'const job = require(`./jobs/${process.argv[2]}`);\njob.run();'),
    node(/^unknown: .* worker_threads/, "new (require('worker_threads').Worker)('./server.js');"),
    node('none', "console.log(path.join(__dirname, 'server'));"),
  ]));

test('modules and programs that Python starts by a computed name', () =>
  assertRows([
    python(/^unknown: .* importlib/, 'import importlib, os\nimportlib.import_module(os.environ["JOB"]).main()'),
    python('none', 'from importlib.metadata import version\nprint(version("job"))'),
    python('none', 'from importlib import resources\nprint(resources)'),
    python(
      /^unknown: .* starts other programs$/,
      'import asyncio\nasync def main():\n    await asyncio.create_subprocess_exec("gunicorn", "shop:app")\nasyncio.run(main())',
    ),
  ]));

test('webhooks of bots', () =>
  assertRows([
    python(
      '8508',
      "from telegram.ext import Application\napp = Application.builder().token('x').build()\napp.run_webhook(listen='0.0.0.0', port=8508)",
    ),
    python(
      'none',
      "from telegram.ext import Application\napp = Application.builder().token('x').build()\napp.run_polling()",
    ),
    python(
      '8509',
      "from aiogram import executor\nexecutor.start_webhook(dispatcher=None, webhook_path='/', host='0.0.0.0', port=8509)",
    ),
    node(
      '8510',
      "const { Telegraf } = require('telegraf');\nconst bot = new Telegraf('x');\nbot.launch({ webhook: { domain: 'x', port: 8510 } });",
    ),
    node('none', "const { Telegraf } = require('telegraf');\nnew Telegraf('x').launch();"),
  ]));
