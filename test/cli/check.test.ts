// `steadystate check` as a process: formats, exit codes, narrowing, ignores, baselines.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { addFiles, temporaryFolder } from '../host/folder.ts';
import { type Finding, parseReport } from './report.ts';
import { copyOfWorkspace, steadystate, workspacePath } from './steadystate.ts';

const nineAm = workspacePath('nine-am');

async function findingsOf(args: readonly string[], cwd?: string): Promise<readonly Finding[]> {
  const { out, err } = await steadystate(['check', ...args, '--format', 'json'], cwd === undefined ? {} : { cwd });
  assert.equal(err, '');
  return parseReport(out).findings;
}

const rulesOf = (findings: readonly Finding[]): readonly string[] =>
  [...new Set(findings.map(({ rule }) => rule))].sort();

test('text: the mismatch with all its places, the chain and a summary; exit code 1', async () => {
  const { code, out, err } = await steadystate(['check', nineAm]);
  assert.equal(code, 1);
  assert.equal(err, '');
  assert.match(out, /^error\[container-port-not-listened-on\] .*5201.*5001/m);
  assert.match(out, /^ +--> ecs\/task-definition\.json:14:28$/m);
  assert.match(out, /^14 │ {9}\{ "containerPort": 5001, "protocol": "tcp" \}\n +│ {28}\^\^\^\^$/m);
  assert.match(out, /^ +::: app\.py:\d+:\d+$/m);
  assert.match(out, /= fix: .*5201.* \(steadystate check --fix --unsafe\)$/m);
  assert.match(out, /✗ flask-app: python app\.py → app\.py:\d+ .* → listens on 5201 .*containerPort 5001/);
  assert.match(out, /\n\d+ errors?, \d+ warnings?, \d+ info in 1 deployment \(\d+ files? read, \d+\.\d\d s\)\n$/);
  assert.doesNotMatch(out, /\u001b/);
});

test('the mended workspace has no error and no warning; exit code 0', async () => {
  const { code, out } = await steadystate(['check', workspacePath('nine-am-fixed'), '--fail-on', 'warning']);
  assert.equal(code, 0);
  assert.match(out, /\n0 errors, 0 warnings, \d+ info in 1 deployment/);
  assert.match(out, /✓ flask-app: /);
});

test('colors where they are asked for, and not where they are not', async () => {
  const args = ['check', nineAm];
  const [forced, none, both] = await Promise.all([
    steadystate(args, { env: { FORCE_COLOR: '1' } }),
    steadystate(args, { env: { FORCE_COLOR: '0' } }),
    steadystate(args, { env: { NO_COLOR: '1' } }),
  ]);
  assert.match(forced.out, /\u001b\[31m/);
  assert.doesNotMatch(none.out + both.out, /\u001b/);
});

for (const name of readdirSync(workspacePath('.'))) {
  test(`JSON of ${name} follows the schema, and is the same twice`, async () => {
    const args = ['check', workspacePath(name), '--format', 'json'];
    const [first, second] = await Promise.all([steadystate(args), steadystate(args)]);
    parseReport(first.out);
    assert.equal(first.out, second.out);
    assert.ok(first.code === 0 || first.code === 1);
  });
}

test('JSON of the story: one error, its places, its fix, its deployment', async () => {
  const { out } = await steadystate(['check', nineAm, '--format', 'json']);
  const { findings, deployments } = parseReport(out);
  const errors = findings.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ rule, file, range, deployments: ids }) => ({ rule, file, range, ids })),
    [
      {
        rule: 'container-port-not-listened-on',
        file: 'ecs/task-definition.json',
        range: { start: { line: 14, column: 28 }, end: { line: 14, column: 32 } },
        ids: ['ecs/service-definition.json#flask-app'],
      },
    ],
  );
  assert.deepEqual([...new Set(errors[0]?.related.map(({ file }) => file))].sort(), [
    'Dockerfile',
    'app.py',
    'ecs/service-definition.json',
    'ecs/task-definition.json',
  ]);
  for (const rule of ['image-tag-latest', 'circuit-breaker-missing']) assert.ok(rulesOf(findings).includes(rule), rule);
  const [container] = deployments[0]?.containers ?? [];
  assert.deepEqual(
    container?.listens.ports.map(({ port, host }) => ({ port, host })),
    [{ port: 5201, host: '0.0.0.0' }],
  );
  assert.equal(container?.program?.file, 'app.py');
  assert.deepEqual(container?.program?.command, ['python', 'app.py']);
  assert.deepEqual(container?.containerPorts, [5001]);
  assert.deepEqual(container?.exposes, [5001]);
});

const levels: readonly (readonly [level: string, code: number])[] = [
  ['error', 1],
  ['warning', 1],
  ['never', 0],
];

for (const [level, code] of levels) {
  test(`--fail-on ${level} exits with ${code}`, async () => {
    assert.equal((await steadystate(['check', nineAm, '--fail-on', level])).code, code);
  });
}

test('several formats in one run', async (t) => {
  const folder = temporaryFolder(t);
  const { out } = await steadystate(['check', nineAm, '--format', 'json=report.json', '--format', 'text=r.txt'], {
    cwd: folder,
  });
  assert.equal(out, '');
  assert.ok(parseReport(readFileSync(path.join(folder, 'report.json'), 'utf8')).findings.length > 0);
  assert.match(readFileSync(path.join(folder, 'r.txt'), 'utf8'), /container-port-not-listened-on/);
});

test('paths narrow what is reported, never what is read', async () => {
  const all = await findingsOf([nineAm]);
  const app = await findingsOf(['app.py'], nineAm);
  const folder = await findingsOf(['ecs', 'Dockerfile'], nineAm);
  const requirements = await findingsOf(['requirements.txt', '--root', nineAm], nineAm);
  assert.ok(rulesOf(app).includes('container-port-not-listened-on'), 'the program is a part of the mismatch');
  assert.equal(rulesOf(app).includes('circuit-breaker-missing'), false);
  assert.deepEqual(folder, all);
  assert.deepEqual(requirements, []);
});

test('the JSON is the same from every working directory', async () => {
  const [here, there] = await Promise.all([findingsOf(['.'], nineAm), findingsOf([nineAm], '/')]);
  assert.deepEqual(here, there);
});

test('settings turn rules off and ignore findings; --no-ignores shows them', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  const settings = {
    rules: { 'circuit-breaker-missing': 'off', 'image-tag-latest': 'error' },
    ignore: [{ rule: 'container-port-not-listened-on', path: 'ecs/*.json', reason: 'a test' }],
  };
  addFiles(folder, { 'steadystate.json': JSON.stringify(settings) });
  const findings = await findingsOf([folder]);
  assert.equal(rulesOf(findings).includes('circuit-breaker-missing'), false);
  assert.equal(findings.find(({ rule }) => rule === 'image-tag-latest')?.severity, 'error');
  assert.equal(findings.find(({ rule }) => rule === 'container-port-not-listened-on')?.suppressed, true);
  const text = await steadystate(['check', folder]);
  assert.doesNotMatch(text.out, /container-port-not-listened-on/);
  assert.match(text.out, /1 ignored/);
  const shown = await findingsOf([folder, '--no-ignores']);
  assert.equal(shown.find(({ rule }) => rule === 'container-port-not-listened-on')?.suppressed, false);
});

test('--config beats the settings file of the folder', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  addFiles(folder, {
    'steadystate.json': '{ "rules": { "container-port-not-listened-on": "off" } }',
    'ci/strict.json': '{ "rules": { "container-port-not-listened-on": "warning" }, "ignroe": [] }',
  });
  const findings = await findingsOf([folder, '--config', path.join(folder, 'ci/strict.json')]);
  assert.equal(findings.find(({ rule }) => rule === 'container-port-not-listened-on')?.severity, 'warning');
  const invalid = findings.find(({ rule }) => rule === 'settings-invalid');
  assert.equal(invalid?.file, 'ci/strict.json');
  assert.match(invalid?.message ?? '', /'ignroe'; did you mean 'ignore'\?/);
});

test('paths of --config count from its own folder', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  const rule = 'container-port-not-listened-on';
  const ignored = async (ignored: string): Promise<boolean | undefined> => {
    addFiles(folder, { 'ci/strict.json': JSON.stringify({ ignore: [{ rule, path: ignored, reason: 'known' }] }) });
    const findings = await findingsOf([folder, '--config', path.join(folder, 'ci/strict.json')]);
    return findings.find((finding) => finding.rule === rule)?.suppressed;
  };
  assert.equal(await ignored('../ecs/*.json'), true);
  assert.equal(await ignored('ecs/*.json'), false);
  addFiles(folder, { 'ci/quiet.json': '{ "exclude": ["../ecs"] }' });
  assert.deepEqual(await findingsOf([folder, '--config', path.join(folder, 'ci/quiet.json')]), []);
  const listens = [{ dockerfile: '../Dockerfile', ports: [5001] }];
  addFiles(folder, { 'ci/ports.json': JSON.stringify({ listens }) });
  const stated = await findingsOf([folder, '--config', path.join(folder, 'ci/ports.json')]);
  assert.deepEqual(
    stated.filter((finding) => finding.rule === rule),
    [],
  );
});

test('excluded folders are not read', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  addFiles(folder, { 'steadystate.json': '{ "exclude": ["ecs"] }' });
  assert.deepEqual(await findingsOf([folder]), []);
});

test('a baseline silences what was there, and nothing new', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  const written = await steadystate(['check', '--write-baseline', 'base.json'], { cwd: folder });
  assert.deepEqual([written.code, written.out], [0, '']);
  const calm = await steadystate(['check', '--baseline', 'base.json', '--fail-on', 'info'], { cwd: folder });
  assert.equal(calm.code, 0);
  const app = path.join(folder, 'app.py');
  writeFileSync(app, readFileSync(app, 'utf8').replace('5201', '5202'));
  const worse = await steadystate(['check', '--baseline', 'base.json'], { cwd: folder });
  assert.equal(worse.code, 1);
  assert.match(worse.out, /5202/);
});

test('a reader that closes the pipe early is no error', async () => {
  const { err } = await steadystate(['check', nineAm, '--format', 'json'], { closeEarly: true });
  assert.equal(err, '');
});
