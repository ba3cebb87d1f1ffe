// Application servers with addresses in files of their own, and consoles of PHP that start a server.

import { test } from 'node:test';
import type { Workspace } from './helper.ts';
import type { Row } from './rows.ts';
import { assertRows, dockerfile } from './rows.ts';
import { json, pythonImage, row } from './shortRows.ts';

const php = (command: string, listens: Row['listens'], files: Workspace = {}): Row =>
  row(command, listens, { Dockerfile: dockerfile('php:8.3-cli', `CMD ${command}`), ...files });

test('RoadRunner', () =>
  assertRows([
    {
      name: 'its configuration',
      files: {
        Dockerfile: dockerfile('php:8.3-cli', 'CMD ["./rr", "serve", "-c", ".rr.yaml"]'),
        '.rr.yaml': 'version: "3"\nhttp:\n  address: "0.0.0.0:8081"\nrpc:\n  listen: tcp://127.0.0.1:6001\n',
      },
      listens: '8081',
      at: '.rr.yaml:8081',
    },
    php('rr serve -o http.address=:8090', '8090', { '.rr.yaml': 'http:\n  address: :8081\n' }),
    php('rr serve', '9001', { '.rr.yaml': 'grpc:\n  listen: "tcp://0.0.0.0:9001"\n' }),
    php('rr serve', /^unknown: the configuration of RoadRunner/),
    php('rr workers', /^unknown: what `rr workers` listens on is not known/),
  ]));

test('NGINX Unit', () =>
  assertRows([
    {
      name: 'listeners of the configuration',
      files: {
        Dockerfile: 'FROM unit:1.34-php8.3\nCOPY unit.json /docker-entrypoint.d/\nCOPY . /www\n',
        'unit.json': json({
          listeners: { '*:8080': { pass: 'applications/shop' } },
          applications: { shop: { type: 'php', root: '/www/public' } },
        }),
      },
      listens: '8080',
    },
    row('two listeners, one local', '80 127.0.0.1:9000', {
      Dockerfile: 'FROM nginx/unit:1.29.1-php8.1\nCOPY unit.json /docker-entrypoint.d/config.json\n',
      'unit.json': json({
        listeners: { '*:80': { pass: 'routes' }, '127.0.0.1:9000': { pass: 'routes' } },
        routes: [],
      }),
    }),
    row('no configuration', '80', { Dockerfile: 'FROM unit:php\n' }),
    row('no listener', /^unknown: the configuration of NGINX Unit/, {
      Dockerfile: 'FROM unit:php\nCOPY unit.json /docker-entrypoint.d/\n',
      'unit.json': json({ routes: [] }),
    }),
  ]));

test('pserve', () =>
  assertRows([
    row('listen', '6543', {
      Dockerfile: pythonImage('pserve production.ini'),
      'production.ini': '[app:main]\nuse = egg:shop\n\n[server:main]\nuse = egg:waitress#main\nlisten = *:6543\n',
    }),
    row('host and port', '127.0.0.1:6544', {
      Dockerfile: pythonImage('pserve production.ini'),
      'production.ini': '[server:main]\nuse = egg:waitress#main\nhost = 127.0.0.1\nport = 6544\n',
    }),
    row('a value of the arguments', /^unknown: the settings that pserve reads take values from its arguments/, {
      Dockerfile: pythonImage('pserve production.ini http_port=80'),
      'production.ini': '[server:main]\nuse = egg:waitress#main\nport = %(http_port)s\n',
    }),
    row('settings that are not in view', /^unknown: the settings that pserve reads are not in view/, {
      Dockerfile: pythonImage('pserve production.ini'),
    }),
  ]));

test('consoles of PHP frameworks', () =>
  assertRows([
    php('php yii serve 0.0.0.0 --port=8088', '8088'),
    php('./yii serve 0.0.0.0:8089', '8089'),
    php('php yii migrate --interactive=0', /^unknown: what `yii migrate` listens on is not known/),
    php('php spark serve --host 0.0.0.0', '8080'),
    php('bin/cake server -H 0.0.0.0', '8765'),
    php('php think run', '8000'),
    php('php bin/console server:run 0.0.0.0:8001', '8001'),
  ]));

test('scripts of Composer', () =>
  assertRows([
    php('composer start', '8080', {
      'composer.json': json({ scripts: { start: 'php -S 0.0.0.0:8080 -t public' } }),
    }),
    php('composer run dev', '8002', {
      'composer.json': json({
        scripts: { dev: ['Composer\\Config::disableProcessTimeout', '@php artisan serve --host=0.0.0.0 --port=8002'] },
      }),
    }),
    php('composer all', /^unknown: what the script "all" of composer.json runs is not known/, {
      'composer.json': json({ scripts: { all: ['@lint', '@test'] } }),
    }),
    php('composer install', 'none'),
    php('composer start', /^unknown: what the script "start" of composer.json runs is not known/),
  ]));
