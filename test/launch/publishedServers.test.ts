// Servers that other people publish as images: as they are, moved by variables and options, and with a Dockerfile on top.

import { test } from 'node:test';
import type { Row } from './rows.ts';
import { assertRows } from './rows.ts';

function task(image: string, more: Readonly<Record<string, unknown>> = {}): Pick<Row, 'files' | 'task'> {
  return { files: {}, task: { image, ...more } };
}
const variable = (name: string, value: string) => ({ environment: [{ name, value }] });

test('images of a task definition', () =>
  assertRows([
    {
      name: 'as it is',
      ...task('grafana/grafana:11'),
      listens: '?:3000',
      steps: ['the image grafana/grafana listens on 3000'],
    },
    { name: 'behind a mirror', ...task('public.ecr.aws/bitnami/redis:7'), listens: '?:6379' },
    {
      name: 'moved by a variable',
      ...task('grafana/grafana', variable('GF_SERVER_HTTP_PORT', '80')),
      listens: '?:80',
      at: 'task.json:80',
    },
    { name: 'another variable', ...task('metabase/metabase', variable('PORT', '80')), listens: '?:3000' },
    {
      name: 'a variable that is an address',
      ...task('registry:2', variable('REGISTRY_HTTP_ADDR', '0.0.0.0:5001')),
      listens: '5001',
    },
    {
      name: 'a variable that is not followed',
      ...task('grafana/grafana', variable('GF_PATHS_CONFIG', '/x.ini')),
      listens: /^unknown: what GF_PATHS_CONFIG/,
    },
    {
      name: 'arguments that do not matter',
      ...task('prom/prometheus', { command: ['--config.file=/etc/prometheus/p.yml'] }),
      listens: '?:9090',
    },
    {
      name: 'an address among the arguments',
      ...task('prom/prometheus', { command: ['--web.listen-address=:9091'] }),
      listens: '?:9091',
    },
    {
      name: 'the program with an option',
      ...task('redis:7', { command: ['redis-server', '--port', '6380'] }),
      listens: '?:6380',
    },
    {
      name: 'a configuration of its own',
      ...task('redis:7', { command: ['redis-server', '/etc/redis.conf'] }),
      listens: /^unknown/,
    },
    {
      name: 'another program of the image',
      ...task('redis:7', { command: ['redis-cli', '-h', 'a', 'ping'] }),
      listens: 'none',
    },
    {
      name: 'arguments of a server that takes none',
      ...task('n8nio/n8n', { command: ['worker'] }),
      listens: /^unknown/,
    },
    { name: 'another entrypoint', ...task('metabase/metabase', { entryPoint: ['/start.sh'] }), listens: /^unknown/ },
    { name: 'a tool', ...task('amazon/aws-cli', { command: ['s3', 'cp', 's3://a/b', '/c'] }), listens: 'none' },
    {
      name: 'with a configuration from elsewhere',
      ...task('grafana/loki:3.5', { command: ['-config.file=/c.yml'] }),
      listens: /^unknown/,
    },
    { name: 'of another registry', ...task('quay.io/wildfly/wildfly:latest'), listens: '?:8080' },
    { name: 'two ports', ...task('qdrant/qdrant'), listens: '?:6333 ?:6334' },
    { name: 'an image of its own', ...task('acme/grafana:1'), listens: /^unknown/ },
  ]));

test('images built on them', () =>
  assertRows([
    {
      name: 'with files',
      files: { Dockerfile: 'FROM grafana/grafana:11\nCOPY dashboards /etc/grafana/provisioning/dashboards\n' },
      listens: '?:3000',
    },
    {
      name: 'with ENV',
      files: { Dockerfile: 'FROM metabase/metabase\nENV MB_JETTY_PORT=8080\n' },
      listens: '?:8080',
      at: 'Dockerfile:8080',
    },
    {
      name: 'with arguments',
      files: { Dockerfile: 'FROM prom/prometheus\nCMD ["--config.file=/p.yml", "--web.listen-address=:9099"]\n' },
      listens: '?:9099',
    },
    {
      name: 'with a configuration',
      files: { Dockerfile: 'FROM grafana/grafana\nCOPY grafana.ini /etc/grafana/grafana.ini\n' },
      listens: /^unknown: the configuration of grafana/,
    },
    {
      name: 'with a program of its own',
      files: {
        Dockerfile: 'FROM n8nio/n8n\nCMD ["node", "server.js"]\nCOPY . .\n',
        'server.js': "require('http').createServer().listen(4000)",
      },
      listens: /4000|unknown/,
    },
  ]));
