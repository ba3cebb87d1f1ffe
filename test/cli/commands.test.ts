// The other commands: graph, explain, rules, help, version, lsp.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { command, steadystate, workspacePath } from './steadystate.ts';

const nineAm = workspacePath('nine-am');

test('graph shows the way from the service to the port', async () => {
  const { code, out } = await steadystate(['graph', nineAm]);
  assert.equal(code, 0);
  assert.match(out, /^service flask-app {2}ecs\/service-definition\.json:3\n└─ task definition flask-app /);
  assert.match(out, /└─ python app\.py: listens on 5201 {2}app\.py:\d+\n/);
  assert.match(out, /├─ ✗ containerPort 5001 {2}ecs\/task-definition\.json:14\n/);
});

test('graph as JSON, mermaid and dot', async () => {
  const [json, mermaid, dot] = await Promise.all(
    ['json', 'mermaid', 'dot'].map((format) => steadystate(['graph', nineAm, '--format', format])),
  );
  const graph: { nodes: { id: string }[]; edges: { from: string; to: string }[] } = JSON.parse(json?.out ?? '');
  const ids = graph.nodes.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  for (const { from, to } of graph.edges) assert.ok(ids.includes(from) && ids.includes(to));
  assert.match(mermaid?.out ?? '', /^flowchart LR\n {2}n0\["service flask-app"\]\n/);
  assert.match(dot?.out ?? '', /^digraph deployments \{\n.*\n\}\n$/s);
});

test('forecast tells why nothing would have been rolled back, and what would be', async () => {
  const { code, out } = await steadystate(['forecast', nineAm]);
  assert.equal(code, 0);
  assert.match(out, /ECS would not notice a broken revision\.\n {4}There is no deployment circuit breaker/);
  assert.match(
    out,
    /With the circuit breaker and rollback on: rolled back after about \d+–\d+ minutes\.\n {4}0:00 +ECS starts 1 new task/,
  );
  assert.match(out, /Broken image pushed to a moving tag, no new revision {2}never\n/);
  assert.equal(out.match(/^ {4}(?:Broken|New|Created|First) /gm)?.length, 5);
});

test('forecast with other values, as JSON', async () => {
  const flags = ['--circuit-breaker', 'on', '--rollback', 'on', '--desired-count', '5', '--threshold', 'COUNT:2'];
  const { out } = await steadystate(['forecast', nineAm, '--format', 'json', ...flags]);
  const {
    services,
  }: { services: { forecast: { threshold: number; rollsBack: boolean; minutes: { high: number } } }[] } =
    JSON.parse(out);
  assert.equal(services[0]?.forecast.threshold, 2);
  assert.equal(services[0]?.forecast.rollsBack, true);
  assert.ok((services[0]?.forecast.minutes.high ?? 99) <= 5);
  const wrong = await steadystate(['forecast', nineAm, '--threshold', 'two']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /'--threshold' is like COUNT:2/);
});

test('rules lists every rule, and explain has a page for each', async () => {
  const { code, out } = await steadystate(['rules']);
  assert.equal(code, 0);
  const ids = [...out.matchAll(/^ {2}([a-z-]+) +(?:error|warning|info) +\S/gm)].map((match) => match[1] ?? '');
  for (const id of ['container-port-not-listened-on', 'image-tag-latest', 'settings-invalid', 'file-unreadable']) {
    assert.ok(ids.includes(id), id);
  }
  const page = await steadystate(['explain', 'container-port-not-listened-on']);
  assert.equal(page.code, 0);
  for (const part of ['Why it matters', 'How to fix it', 'Sources', 'https://'])
    assert.ok(page.out.includes(part), part);
  assert.doesNotMatch(page.out, /[«»]/);
});

test('help of the program and of every command', async () => {
  const { code, out } = await steadystate(['--help']);
  assert.equal(code, 0);
  for (const name of ['check', 'graph', 'forecast', 'explain', 'rules', 'lsp']) {
    assert.match(out, new RegExp(`^  ${name} `, 'm'));
    const help = await steadystate([name, '--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, new RegExp(`^Usage: steadystate ${name} `, 'm'));
  }
});

test('the version is that of the package', async () => {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  assert.deepEqual(await steadystate(['--version']), { code: 0, out: `${version}\n`, err: '' });
});

test('lsp --stdio answers initialize and ends when it is told to', async () => {
  const child = spawn(process.execPath, [...command, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  send({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
  await until(() => out.includes('"capabilities"'));
  send({ method: 'initialized', params: {} });
  send({ id: 2, method: 'shutdown' });
  await until(() => /"id":2/.test(out));
  send({ method: 'exit' });
  assert.equal(await closed, 0);
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'no answer');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
