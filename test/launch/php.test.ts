// What PHP listens on: its own server, Laravel's commands, php-fpm behind nginx.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

const cli = (command: string) => dockerfile('php:8.3-cli', command);
const fpm = (rest: string) => dockerfile('php:8.3-fpm', rest);

test('commands of PHP', () =>
  assertRows([
    {
      name: 'its own server',
      files: { Dockerfile: cli('CMD ["php", "-S", "0.0.0.0:8000", "-t", "public"]') },
      listens: '8000',
    },
    {
      name: 'its own server on loopback',
      files: { Dockerfile: cli('CMD php -S localhost:8080') },
      listens: 'localhost:8080',
    },
    {
      name: 'its own server with PORT',
      files: { Dockerfile: cli('ENV PORT=8081\nCMD php -S 0.0.0.0:$PORT -t public') },
      listens: '8081',
    },
    { name: 'artisan serve', files: { Dockerfile: cli('CMD ["php", "artisan", "serve"]') }, listens: '127.0.0.1:8000' },
    {
      name: 'artisan serve with flags',
      files: { Dockerfile: cli('CMD php artisan serve --host=0.0.0.0 --port=8181') },
      listens: '8181',
      at: 'Dockerfile:8181',
    },
    {
      name: 'artisan serve, host and port in one',
      files: { Dockerfile: cli('CMD php artisan serve --host 0.0.0.0:8182') },
      listens: '8182',
    },
    {
      name: 'artisan serve with SERVER_PORT',
      files: { Dockerfile: cli('ENV SERVER_PORT=8183\nCMD php artisan serve --host 0.0.0.0') },
      listens: '8183',
    },
    {
      name: 'migrate first',
      files: { Dockerfile: cli('CMD php artisan migrate --force && php artisan serve --host=0.0.0.0') },
      listens: '8000',
    },
    {
      name: 'octane',
      files: { Dockerfile: cli('CMD php artisan octane:start --server=swoole --host=0.0.0.0 --port=9001') },
      listens: '9001',
    },
    {
      name: 'octane by default',
      files: { Dockerfile: cli('CMD php artisan octane:start') },
      listens: '127.0.0.1:8000',
    },
    {
      name: 'a queue',
      files: { Dockerfile: cli('CMD ["php", "artisan", "queue:work", "--tries=3"]') },
      listens: 'none',
    },
    { name: 'a schedule', files: { Dockerfile: cli('CMD ["php", "artisan", "schedule:work"]') }, listens: 'none' },
    {
      name: 'Symfony messenger',
      files: { Dockerfile: cli('CMD ["php", "bin/console", "messenger:consume", "async"]') },
      listens: 'none',
    },
    {
      name: 'a command of the project',
      files: { Dockerfile: cli('CMD ["php", "artisan", "acme:serve"]') },
      listens: /^unknown: .*acme:serve/,
    },
    {
      name: 'the Symfony CLI',
      files: { Dockerfile: cli('CMD symfony server:start --port=8001 --allow-all-ip') },
      listens: '8001',
    },
  ]));

test('php-fpm', () =>
  assertRows([
    { name: 'the official image', files: { Dockerfile: fpm('') }, listens: '9000', steps: ['listen = 9000'] },
    {
      name: 'a pool of its own that is read last',
      files: {
        Dockerfile: fpm('COPY zzz.conf /usr/local/etc/php-fpm.d/zzz-www.conf'),
        'zzz.conf': '[www]\nlisten = /var/run/php-fpm/php-fpm.sock\nlisten.owner = www-data\n',
      },
      listens: 'none',
    },
    {
      name: 'a pool that is read before the image’s own',
      files: {
        Dockerfile: dockerfile('php:8.1-fpm', 'COPY www.conf /usr/local/etc/php-fpm.d/www.conf'),
        'www.conf': '[www]\nlisten = 127.0.0.1:9001\n',
      },
      listens: '9000',
    },
    {
      name: 'the same in newer images, which say where to listen first',
      files: {
        Dockerfile: fpm('COPY www.conf /usr/local/etc/php-fpm.d/www.conf'),
        'www.conf': '[www]\nlisten = 127.0.0.1:9001\n',
      },
      listens: '127.0.0.1:9001',
    },
    {
      name: 'the image’s own is edited',
      files: {
        Dockerfile: dockerfile(
          'php:8.3.29-fpm-alpine',
          "RUN sed -i 's/listen = 9000/listen = 127.0.0.1:9000/' /usr/local/etc/php-fpm.d/zz-docker.conf",
        ),
      },
      listens: '127.0.0.1:9000',
    },
    {
      name: 'nginx in front of it in one script',
      files: {
        Dockerfile: fpm(
          'RUN apt-get update && apt-get install -y nginx\nCOPY site.conf /etc/nginx/sites-enabled/default\nCMD ["sh", "start.sh"]',
        ),
        'site.conf': 'server {\n  listen 8080;\n  location ~ \\.php$ { fastcgi_pass 127.0.0.1:9000; }\n}\n',
        'start.sh': 'php-fpm -D\nnginx -g "daemon off;"\n',
      },
      listens: '9000 8080',
    },
    {
      name: 'nginx in the background of an entry script',
      files: {
        Dockerfile: fpm(
          'RUN apt-get install -y nginx\nCOPY site.conf /etc/nginx/sites-enabled/default\nENTRYPOINT ["/app/start.sh"]\nCMD ["php-fpm"]',
        ),
        'site.conf': 'server {\n  listen 8081;\n}\n',
        'start.sh': '#!/bin/sh\nnohup nginx -g "daemon off;" &\nexec "$@"\n',
      },
      listens: '8081 9000',
    },
    {
      name: "Alpine's package",
      files: { Dockerfile: 'FROM alpine:3.20\nRUN apk add --no-cache php83 php83-fpm\nCMD ["php-fpm83", "-F"]\n' },
      listens: '127.0.0.1:9000',
    },
  ]));

const script = (text: string, files: Readonly<Record<string, string>> = {}) => ({
  Dockerfile: cli('CMD ["php", "server.php"]'),
  'server.php': `<?php\n${text}\n`,
  ...files,
});

test('programs that open a socket', () =>
  assertRows([
    {
      name: 'Swoole',
      files: script(
        "use Swoole\\Http\\Server;\n$http = new Server('0.0.0.0', 9501);\n$http->on('request', fn() => 1);\n$http->start();",
      ),
      listens: '9501',
      at: 'server.php:9501',
    },
    {
      name: 'Swoole with a variable and a default',
      files: script("$port = (int) (getenv('PORT') ?: 9502);\n$http = new \\Swoole\\Http\\Server('0.0.0.0', $port);"),
      listens: '9502',
      at: 'server.php:9502',
    },
    {
      name: 'the environment beats the default',
      files: script("$port = $_ENV['PORT'] ?? 9502;\n$http = new OpenSwoole\\HTTP\\Server('0.0.0.0', $port);"),
      task: { environment: [{ name: 'PORT', value: '9503' }] },
      listens: '9503',
      at: 'task.json:9503',
    },
    {
      name: 'ReactPHP on loopback',
      files: script("$socket = new React\\Socket\\SocketServer('127.0.0.1:8080');"),
      listens: '127.0.0.1:8080',
    },
    {
      name: 'Workerman with an interpolated address',
      files: script(
        'use Workerman\\Worker;\nconst PORT = 2345;\n$port = PORT;\n$w = new Worker("http://0.0.0.0:{$port}");\nWorker::runAll();',
      ),
      listens: '2345',
    },
    {
      name: 'a constant of an included file',
      files: script("require __DIR__ . '/config.php';\n$s = stream_socket_server('tcp://0.0.0.0:' . APP_PORT);", {
        'config.php': "<?php\ndefine('APP_PORT', 7001);\n",
      }),
      listens: '7001',
      at: 'config.php:7001',
    },
    {
      name: 'Ratchet',
      files: script(
        "use Ratchet\\Server\\IoServer;\nrequire 'vendor/autoload.php';\n$server = IoServer::factory(new Chat(), 8090);\n$server->run();",
      ),
      listens: '8090',
    },
    {
      name: 'a program of libraries that are not in view',
      files: script("require 'vendor/autoload.php';\n(new App())->run();"),
      listens: /^unknown/,
    },
    {
      name: 'a program that starts another',
      files: script("passthru('php -S 0.0.0.0:8000');"),
      listens: /^unknown: .*\.php starts other programs$/,
    },
    { name: 'a job', files: script("echo 'done';"), listens: 'none' },
  ]));
