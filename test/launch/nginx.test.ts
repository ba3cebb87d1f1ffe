// What nginx listens on: its image's own files, copied configuration, templates, distributions' packages. Commands
// that rewrite it: `nginxScripts.test.ts`.

import { test } from 'node:test';
import { assertRows } from './rows.ts';

const site = (listen: string) => `server {\n  ${listen}\n  location / { proxy_pass http://localhost:3000; }\n}\n`;
const image = (rest: string, from = 'nginx:1.27-alpine') => `FROM ${from}\n${rest}\n`;

test('the configuration of the nginx images', () =>
  assertRows([
    { name: 'the default site', files: { Dockerfile: image('COPY . /usr/share/nginx/html') }, listens: '80' },
    {
      name: 'the default site of the unprivileged image',
      files: { Dockerfile: image('', 'nginxinc/nginx-unprivileged:1.27') },
      listens: '8080',
    },
    {
      name: 'the default site of openresty',
      files: { Dockerfile: image('', 'openresty/openresty:alpine\nCMD ["openresty", "-g", "daemon off;"]') },
      listens: '80',
    },
    {
      name: 'a site in place of the default',
      files: {
        Dockerfile: image('COPY nginx.conf /etc/nginx/conf.d/default.conf\nCMD ["nginx", "-g", "daemon off;"]'),
        'nginx.conf': site('listen 8080 default_server;'),
      },
      listens: '8080',
      at: 'nginx.conf:8080',
      steps: ['CMD ["nginx"', 'listen 8080'],
    },
    {
      name: 'a folder of sites beside the default',
      files: { Dockerfile: image('COPY conf.d/ /etc/nginx/conf.d/'), 'conf.d/app.conf': site('listen 8080;') },
      listens: '8080 80',
    },
    {
      name: 'the default is removed, then the sites are copied',
      files: {
        Dockerfile: image('RUN rm -f /etc/nginx/conf.d/default.conf\nCOPY deploy/app.conf /etc/nginx/conf.d'),
        'deploy/app.conf': site('listen 8080;'),
      },
      listens: '8080',
    },
    {
      name: 'removed by a wildcard',
      files: {
        Dockerfile: image('RUN rm -rf /etc/nginx/conf.d/*\nCOPY app.conf /etc/nginx/conf.d/app.conf'),
        'app.conf': site('listen 8081;'),
      },
      listens: '8081',
    },
    {
      name: 'a main file with a server of its own',
      files: {
        Dockerfile: image('COPY nginx.conf /etc/nginx/'),
        'nginx.conf': `events {}\nhttp {\n  include mime.types;\n  ${site('listen 3000;\n  listen [::]:3000;')} }`,
      },
      listens: '3000',
    },
    {
      name: 'several servers, one on loopback, one on a socket, one with TLS',
      files: {
        Dockerfile: image('COPY a.conf /etc/nginx/conf.d/default.conf'),
        'a.conf': [
          site('listen 80;'),
          site('listen 127.0.0.1:8081;'),
          site('listen unix:/run/a.sock;'),
          site('listen 443 ssl http2;'),
        ].join('\n'),
      },
      listens: '80 127.0.0.1:8081 443',
    },
    {
      name: 'a server without listen',
      files: { Dockerfile: image('COPY a.conf /etc/nginx/conf.d/default.conf'), 'a.conf': 'server { root /a; }' },
      listens: '80',
    },
    {
      name: 'a commented line and a string do not count',
      files: {
        Dockerfile: image('COPY a.conf /etc/nginx/conf.d/default.conf'),
        'a.conf': 'server {\n # listen 81;\n listen 82;\n add_header X "listen 83;";\n}',
      },
      listens: '82',
    },
    {
      name: 'another main file by -c, with an include beside it',
      files: {
        Dockerfile: image('COPY web /srv/web\nCMD ["nginx", "-c", "/srv/web/main.conf", "-g", "daemon off;"]'),
        'web/main.conf': 'http { include sites/*.conf; }',
        'web/sites/one.conf': site('listen 9001;'),
      },
      listens: '9001',
    },
    {
      name: 'no server in view',
      files: {
        Dockerfile: 'FROM acme/nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\nCMD ["nginx"]\n',
        'nginx.conf': 'http { include /etc/nginx/conf.d/*.conf; }',
      },
      listens: /^unknown: no server of nginx's configuration/,
    },
    {
      name: 'a site that is copied from where nothing is in view',
      files: { Dockerfile: image('COPY site.conf /etc/nginx/conf.d/default.conf') },
      listens: /^unknown: site.conf, which is copied to/,
    },
    {
      name: 'a site of a stage that fetched it',
      files: {
        Dockerfile: `FROM alpine AS fetch\nRUN git clone x /x\n${image('COPY --from=fetch /x/default.conf /etc/nginx/conf.d/')}`,
      },
      listens: /^unknown: /,
    },
    {
      name: 'a site beside its link',
      files: {
        Dockerfile:
          'FROM debian:12\nRUN apt-get install -y nginx\nCOPY site /etc/nginx/sites-available/default\nCMD ["nginx"]\n',
        site: 'server { listen 8085; }',
      },
      listens: '8085',
    },
    {
      name: 'a configuration that is not in the workspace',
      files: { Dockerfile: image('CMD ["nginx", "-c", "/srv/main.conf"]') },
      listens: /^unknown: nginx's configuration \/srv\/main\.conf is not among the files in view/,
    },
    {
      name: 'a configuration of an earlier stage',
      files: {
        Dockerfile: `FROM node:20 AS build\nWORKDIR /src\nCOPY . .\nRUN npm run build\n${image('COPY --from=build /src/ops/nginx.conf /etc/nginx/conf.d/default.conf')}`,
        'ops/nginx.conf': site('listen 4000;'),
      },
      listens: '4000',
      at: 'ops/nginx.conf:4000',
    },
    {
      name: 'UDP and QUIC are left out',
      files: {
        Dockerfile: image('COPY a.conf /etc/nginx/conf.d/default.conf'),
        'a.conf': 'server { listen 443 quic; listen 8443 ssl; }',
      },
      listens: '8443',
    },
  ]));

test('templates of the nginx image', () =>
  assertRows([
    {
      name: 'a variable of the task definition',
      files: {
        Dockerfile: image('ENV PORT=80\nCOPY default.conf.template /etc/nginx/templates/default.conf.template'),
        'default.conf.template': site('listen ${PORT};\n  set $x $host;'),
      },
      task: { environment: [{ name: 'PORT', value: '8085' }] },
      listens: '8085',
      at: 'task.json:8085',
    },
    {
      name: 'a secret',
      files: {
        Dockerfile: image('COPY a.template /etc/nginx/templates/default.conf.template'),
        'a.template': site('listen ${PORT};'),
      },
      task: { secrets: [{ name: 'PORT', valueFrom: 'arn:aws:ssm:x' }] },
      listens: /^unknown: the port of `listen PORT` is open: PORT is a secret/,
    },
    {
      name: 'a variable that nothing sets stays as it is written',
      files: {
        Dockerfile: image('COPY a.template /etc/nginx/templates/default.conf.template'),
        'a.template': site('listen ${PORT};'),
      },
      listens: /^unknown: `listen \$\{PORT\}` of nginx names no port/,
    },
    {
      name: 'an ENTRYPOINT of its own fills nothing in',
      files: {
        Dockerfile: image(
          'COPY a.template /etc/nginx/templates/default.conf.template\nENTRYPOINT ["nginx", "-g", "daemon off;"]',
        ),
        'a.template': site('listen 8080;'),
      },
      listens: '80',
    },
  ]));

test('packages of distributions', () =>
  assertRows([
    {
      name: 'Debian',
      files: {
        Dockerfile:
          'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y nginx\nCMD ["nginx", "-g", "daemon off;"]\n',
      },
      listens: '80',
      steps: ['the package nginx brings'],
    },
    {
      name: 'Alpine',
      files: { Dockerfile: 'FROM alpine:3.20\nRUN apk add --no-cache nginx\nCMD nginx -g "daemon off;"\n' },
      listens: '80',
    },
    {
      name: 'Debian, the default site overwritten',
      files: {
        Dockerfile:
          'FROM debian:12\nRUN apt-get update && apt-get install -y nginx\nCOPY default /etc/nginx/sites-available/default\nCOPY default /etc/nginx/sites-enabled/default\nCMD ["nginx"]\n',
        default: site('listen 8500;'),
      },
      listens: '8500',
    },
    {
      name: 'an application behind it in one script',
      files: {
        Dockerfile:
          'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\nCOPY start.sh .\nCMD ["bash", "start.sh"]\n',
        'nginx.conf': `http { ${site('listen 8000;')} }`,
        'start.sh': 'nginx\ngunicorn --bind 127.0.0.1:3000 app:app\n',
      },
      listens: '8000 127.0.0.1:3000',
    },
    { name: 'an image that is not built here', files: {}, task: { image: 'nginx:latest' }, listens: '80' },
  ]));
