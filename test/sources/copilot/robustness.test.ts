// Manifests that are cut, scrambled, or made to grow: facts or none, never a throw, in bounded time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMilliseconds } from '../../cpuTime.ts';
import { allReports, analyze } from '../../rules/workspace.ts';
import { settle } from './workload.ts';

const MANIFEST = `name: web
type: Load Balanced Web Service
image:
  build: { dockerfile: ./Dockerfile, args: { PORT: 8080 } }
  port: 8080
  healthcheck: { command: ["CMD-SHELL", "curl localhost:8080"], interval: 10s }
http: { path: /, healthcheck: { port: 8080 }, additional_rules: [{ path: a, target_port: 81 }] }
nlb: { port: 443/tls, target_container: proxy }
sidecars: { proxy: { image: nginx, port: "80/tcp" } }
count: { range: 1-10 }
taskdef_overrides: [{ path: "ContainerDefinitions[0].Ulimits[-].HardLimit", value: 1 }]
environments:
  prod: { image: { port: 81 }, count: 2 }
  test: { http: false }
`;

test('cut anywhere', () => {
  for (let end = 0; end < MANIFEST.length; end++) settle(MANIFEST.slice(0, end));
});

test('every value replaced by another kind', async () => {
  for (const match of MANIFEST.matchAll(/: (?=\S)[^\n]*/g)) {
    for (const other of ['[]', '{}', 'null', '-1', '""', '[[1]]', '${X}', '!Ref x', '*a']) {
      const text = `${MANIFEST.slice(0, match.index + 2)}${other}${MANIFEST.slice(match.index + match[0].length)}`;
      settle(text);
    }
  }
  const host = await analyze(new Map([['copilot/web/manifest.yml', MANIFEST.replace('8080\n', '[]\n')]]));
  assert.ok(!allReports(host).some(({ rule }) => rule.startsWith('circuit-breaker')));
  assert.deepEqual(host.takeLog(), []);
});

test('many environments, sidecars and rules cost no more than their number', () => {
  const many = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('');
  const manifest = (environments: number): string => `name: web
type: Load Balanced Web Service
image: { build: ./Dockerfile, port: 80 }
http:
  path: /
  additional_rules:
${many(100, (i) => `    - { path: p${i}, target_port: ${1000 + i} }\n`)}sidecars:
${many(100, (i) => `  s${i}: { image: "acme/s:${i}", port: ${2000 + i} }\n`)}variables:
${many(200, (i) => `  V${i}: "${i}"\n`)}environments:
${many(environments, (i) => `  e${i}: { count: ${i}, variables: { V${i}: other } }\n`)}`;
  const started = cpuMilliseconds();
  assert.ok(settle(manifest(50)).length > 0);
  assert.equal(settle(manifest(51)).length, 0);
  assert.ok(cpuMilliseconds() - started < 4_000);
});
