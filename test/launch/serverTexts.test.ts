// Commands that rewrite configuration in odd ways, and configuration that is broken: an answer in bounded time, never a
// throw, never a guess.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMilliseconds } from '../cpuTime.ts';
import { launchWorkspace, loadGrammars, summary } from './helper.ts';
import { assertRows } from './rows.ts';

const image = (rest: string) => `FROM nginx:1.27\n${rest}\n`;
const path = '/etc/nginx/conf.d/default.conf';

test('sed', () =>
  assertRows([
    { name: 'another delimiter', files: { Dockerfile: image(`RUN sed -i 's|80|8080|' ${path}`) }, listens: '8080' },
    {
      name: 'several expressions, one after the other',
      files: { Dockerfile: image(`RUN sed -i -e 's/80/8081/' -e 's/8081/8082/' ${path}`) },
      listens: '8082',
    },
    {
      name: 'two commands in one',
      files: { Dockerfile: image(`RUN sed -i 's/a/b/; s/80/8083/' ${path}`) },
      listens: '8083',
    },
    { name: 'an address', files: { Dockerfile: image(`RUN sed -i '/listen/s/80/8084/' ${path}`) }, listens: '8084' },
    {
      name: 'an address that fits nothing',
      files: { Dockerfile: image(`RUN sed -i '/nowhere/s/80/8084/' ${path}`) },
      listens: '80',
    },
    {
      name: 'groups',
      files: { Dockerfile: image(`RUN sed -i 's/\\(listen[[:space:]]*\\)80/\\18085/' ${path}`) },
      listens: '8085',
    },
    {
      name: 'extended groups',
      files: { Dockerfile: image(`RUN sed -i -r 's/(listen\\s+)[0-9]+/\\18086/' ${path}`) },
      listens: '8086',
    },
    { name: 'the whole match', files: { Dockerfile: image(`RUN sed -i 's/80/&87/' ${path}`) }, listens: '8087' },
    {
      name: 'another file',
      files: { Dockerfile: image("RUN sed -i 's/80/8088/' /etc/nginx/mime.types") },
      listens: '80',
    },
    { name: 'not in place', files: { Dockerfile: image(`RUN sed 's/80/8088/' ${path}`) }, listens: '80' },
    {
      name: 'into another file',
      files: { Dockerfile: image(`RUN sed 's/80/8089/' ${path} > /etc/nginx/conf.d/b.conf`) },
      listens: '8089 80',
    },
    {
      name: 'a line number',
      files: { Dockerfile: image(`RUN sed -i '2s/80/8090/' ${path}`) },
      listens: /^unknown: .*rewrites it/,
    },
    {
      name: 'a variable that nothing sets',
      files: { Dockerfile: image(`RUN sed -i "s/80;/$NGINX_PORT;/" ${path}`) },
      listens: /^unknown: .*NGINX_PORT/,
    },
    {
      name: 'a condition that is open',
      files: { Dockerfile: image(`RUN if [ -n "$(cat /x)" ]; then sed -i 's/80/8091/' ${path}; fi`) },
      listens: /^unknown: .*a RUN line may rewrite it/,
    },
  ]));

test('odd commands', () =>
  assertRows([
    {
      name: 'a pipe into tee',
      files: { Dockerfile: image(`RUN echo "server { listen 8100; }" | tee ${path}`) },
      listens: '8100',
    },
    {
      name: 'appended',
      files: { Dockerfile: image(`RUN echo "server { listen 8101; }" >> ${path}`) },
      listens: '80 8101',
    },
    {
      name: 'moved away',
      files: {
        Dockerfile: image(`RUN mv ${path} ${path}.off && echo "server { listen 8102; }" > /etc/nginx/conf.d/a.conf`),
      },
      listens: '8102',
    },
    {
      name: 'what a group prints is not followed',
      files: { Dockerfile: image(`RUN { echo "server {"; echo "listen 8103; }"; } | cat > ${path}`) },
      listens: /^unknown/,
    },
    {
      name: 'a folder of the build context',
      files: {
        Dockerfile: image('COPY . /build\nRUN cp -r /build/nginx/* /etc/nginx/'),
        'nginx/nginx.conf': 'http { server { listen 8104; } }',
      },
      listens: '8104',
    },
    {
      name: 'files that include each other',
      files: {
        Dockerfile: image('COPY nginx.conf /etc/nginx/nginx.conf'),
        'nginx.conf': 'http { include /etc/nginx/nginx.conf; server { listen 8105; } }',
      },
      listens: /^(?:8105|unknown: .*includes more files)/,
    },
    {
      name: 'a copy of itself',
      files: { Dockerfile: image(`RUN cp ${path} ${path} && cat ${path} ${path} > ${path}`) },
      listens: '80',
    },
  ]));

test('commands that copy to and fro end', async () => {
  await loadGrammars();
  const before = cpuMilliseconds();
  for (const command of [
    'cp /d/a /d',
    'cat /etc/nginx/nginx.conf /etc/nginx/nginx.conf > /etc/nginx/nginx.conf',
    'cp -r /etc/nginx /etc',
    "sed -i 's/e/ee/g' /etc/nginx/nginx.conf",
    'mv /etc/nginx/conf.d /etc/nginx/conf.d',
  ]) {
    const found = summary(launchWorkspace({ Dockerfile: image(`RUN ${Array(150).fill(command).join(' && ')}`) }));
    assert.match(found, /^(?:80|none|unknown: \S)/, command);
  }
  assert.ok(cpuMilliseconds() - before < 8000);
});

const pieces = [
  'server {',
  '}',
  ';',
  'listen',
  ' 80',
  '"',
  "'",
  '${PORT}',
  '{{ x }}',
  '<VirtualHost *:1>',
  'Listen ',
  '[program:x]',
  'command=',
  '%(ENV_X)s',
  ':8080 {',
  '\n',
  '\r\n',
  'bind *:',
  'include *;',
  '\\',
  '😀',
  '\u0000',
  'web: ',
  '#',
];

const servers: readonly (readonly [string, string])[] = [
  ['nginx.conf', image('COPY nginx.conf /etc/nginx/nginx.conf')],
  ['httpd.conf', 'FROM httpd:2.4\nCOPY httpd.conf /usr/local/apache2/conf/httpd.conf\n'],
  ['Caddyfile', 'FROM caddy:2\nCOPY Caddyfile /etc/caddy/Caddyfile\n'],
  ['haproxy.cfg', 'FROM haproxy:3.0\nCOPY haproxy.cfg /usr/local/etc/haproxy/haproxy.cfg\n'],
  ['supervisord.conf', 'FROM python:3\nCOPY supervisord.conf /etc/\nCMD supervisord -c /etc/supervisord.conf\n'],
  ['www.conf', 'FROM php:8-fpm\nCOPY www.conf /usr/local/etc/php-fpm.d/zzz.conf\n'],
  ['Procfile', 'FROM ruby:3\nWORKDIR /a\nCOPY Procfile .\nCMD foreman start\n'],
];

test('broken configuration', async () => {
  await loadGrammars();
  const before = cpuMilliseconds();
  for (const [name, dockerfile] of servers) {
    for (const [index, first] of pieces.entries()) {
      for (const second of pieces.slice(index, index + 8)) {
        const found = summary(
          launchWorkspace({ Dockerfile: dockerfile, [name]: `${first}${second}${first} 1 ${second}` }),
        );
        assert.match(found, /^(?:none|unknown: \S|(?:(?:\S+:)?\d+ ?)+$)/, `${name}: ${first}${second}`);
      }
      summary(launchWorkspace({ Dockerfile: dockerfile, [name]: `${first} `.repeat(5000) }));
    }
  }
  assert.ok(cpuMilliseconds() - before < 30_000);
});
