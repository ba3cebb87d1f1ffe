// Commands that keep several programs running: supervisord, managers of a Procfile.

import { test } from 'node:test';
import { assertRows, dockerfile } from './rows.ts';

const debian = (rest: string) => dockerfile('python:3.12-slim', rest);

test('supervisord', () =>
  assertRows([
    {
      name: 'nginx and php-fpm',
      files: {
        Dockerfile: dockerfile(
          'php:8.3-fpm-alpine',
          'RUN apk add --no-cache nginx supervisor\nCOPY docker/nginx.conf /etc/nginx/nginx.conf\nCOPY docker/supervisord.conf /etc/supervisord.conf\nCMD ["/usr/bin/supervisord", "-c", "/etc/supervisord.conf"]',
        ),
        'docker/nginx.conf': 'http {\n server { listen 8080; }\n}\n',
        'docker/supervisord.conf':
          '[supervisord]\nnodaemon=true\n\n[program:php]\ncommand=php-fpm -F\n\n[program:nginx]\ncommand = nginx -g "daemon off;" ; comment\nautorestart=true\n',
      },
      listens: '9000 8080',
      steps: ['supervisord', '[program:php] command=php-fpm -F'],
    },
    {
      name: 'a worker that does not start, a port from the environment',
      files: {
        Dockerfile: debian('COPY app.conf /etc/supervisor/conf.d/app.conf\nENV PORT=8002\nCMD ["supervisord", "-n"]'),
        'app.conf':
          '[program:web]\ncommand=gunicorn -b 0.0.0.0:%(ENV_PORT)s app:app\n[program:other]\ncommand=gunicorn -b 0.0.0.0:1 x:y\nautostart=false\n[program:worker]\ncommand=celery -A app worker\n',
      },
      listens: '8002',
      at: 'Dockerfile:8002',
    },
    {
      name: 'a directory, an environment and a shell',
      files: {
        Dockerfile: debian('CMD ["supervisord", "-c", "supervisord.conf"]'),
        'supervisord.conf':
          '[supervisord]\nnodaemon=true\n[program:web]\ndirectory=/app/web\nenvironment=PORT="8003",MODE=x\ncommand=bash -c "exec uvicorn main:app --host 0.0.0.0 --port $PORT"\n',
      },
      listens: '8003',
      at: 'supervisord.conf:8003',
    },
    {
      name: 'includes',
      files: {
        Dockerfile: debian('COPY super /etc/super\nCMD supervisord -n -c /etc/super/main.conf'),
        'super/main.conf': '[supervisord]\nnodaemon=true\n[include]\nfiles = conf.d/*.ini conf.d/*.conf\n',
        'super/conf.d/web.ini': '[program:web]\ncommand=gunicorn -b :8004 app:app\n',
      },
      listens: '8004',
    },
    {
      name: 'written in the Dockerfile',
      files: {
        Dockerfile: debian(
          'RUN printf "[program:web]\\ncommand=gunicorn -b :8005 app:app\\n" > /etc/supervisor/conf.d/web.conf\nCMD ["supervisord", "-n"]',
        ),
      },
      listens: '8005',
    },
    {
      name: 'not in the workspace',
      files: { Dockerfile: debian('CMD ["supervisord", "-c", "/etc/acme.conf"]') },
      listens: /^unknown: supervisord's configuration \/etc\/acme\.conf is not among the files in view/,
    },
  ]));

test('Procfiles', () =>
  assertRows([
    {
      name: 'honcho gives PORT',
      files: {
        Dockerfile: debian('CMD ["honcho", "start"]'),
        Procfile: 'web: gunicorn -b 0.0.0.0:$PORT app:app\nworker: celery -A app worker\n',
      },
      listens: '5000',
    },
    {
      name: 'foreman gives the second process 5100',
      files: {
        Dockerfile: debian('CMD foreman start web'),
        Procfile: 'worker: celery -A app worker\nweb: gunicorn -b 0.0.0.0:$PORT app:app\n',
      },
      listens: '5100',
    },
    {
      name: 'PORT of the task',
      files: {
        Dockerfile: debian('CMD honcho start -f Procfile.prod web'),
        'Procfile.prod': 'web: gunicorn -b :$PORT a:b\n',
      },
      task: { environment: [{ name: 'PORT', value: '8006' }] },
      listens: '8006',
      at: 'task.json:8006',
    },
    {
      name: '-p',
      files: { Dockerfile: debian('CMD honcho -p 8007 start'), Procfile: 'web: gunicorn -b :$PORT a:b\n' },
      listens: '8007',
    },
    {
      name: 'no Procfile',
      files: { Dockerfile: debian('CMD honcho start') },
      listens: /^unknown: Procfile is not among/,
    },
  ]));

test('folders of services', () =>
  assertRows([
    {
      name: 's6-overlay, a folder of services',
      files: {
        Dockerfile: debian(
          'RUN apt-get update && apt-get install -y nginx\nADD https://example.com/s6-overlay.tar.xz /tmp\nCOPY rootfs/services.d /etc/services.d\nCOPY nginx.conf /etc/nginx/nginx.conf\nENTRYPOINT ["/init"]',
        ),
        'nginx.conf': 'http { server { listen 8080; } }',
        'rootfs/services.d/nginx/run': '#!/usr/bin/with-contenv bash\nexec nginx -g "daemon off;"\n',
        'rootfs/services.d/app/run': '#!/command/execlineb -P\nwith-contenv\ngunicorn -b 127.0.0.1:8000 app:app\n',
      },
      listens: '127.0.0.1:8000 8080',
      steps: ['the service app'],
    },
    {
      name: 'one service and a command',
      files: {
        Dockerfile: debian(
          'COPY s6-overlay /s6-overlay\nCOPY run.sh /etc/s6-overlay/s6-rc.d/web/run\nENTRYPOINT ["/init"]\nCMD ["gunicorn", "-b", ":8001", "a:b"]',
        ),
        'run.sh': '#!/bin/sh\nexec gunicorn -b :8002 c:d\n',
        's6-overlay/x': '',
      },
      listens: '8002 8001',
    },
    {
      name: 'runit',
      files: {
        Dockerfile: debian('COPY service /etc/service\nCMD ["runsvdir", "-P", "/etc/service"]'),
        'service/web/run': '#!/bin/sh\nexec gunicorn -b :8003 a:b\n',
      },
      listens: '8003',
    },
    {
      name: 'an execline script that is not followed',
      files: {
        Dockerfile: debian('COPY s6-overlay /etc/s6-overlay\nENTRYPOINT ["/init"]'),
        's6-overlay/s6-rc.d/web/run': '#!/command/execlineb -P\nforeground { echo a }\nb\n',
      },
      listens: /^unknown: the service script .*web\/run is not followed/,
    },
  ]));

test('services that a script starts', () =>
  assertRows([
    {
      name: 'php-fpm of a distribution and nginx',
      files: {
        Dockerfile:
          'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y nginx php8.1-fpm\nCOPY start.sh /\nCMD ["/start.sh"]\n',
        'start.sh': '#!/bin/sh\nservice php8.1-fpm start\n/etc/init.d/nginx start\ntail -f /var/log/nginx/access.log\n',
      },
      listens: '80',
    },
    {
      name: 'a service that is not known',
      files: {
        Dockerfile: debian('CMD service acme start && tail -f /dev/null'),
      },
      listens: /^unknown: what the service `acme` listens on is not known/,
    },
  ]));
