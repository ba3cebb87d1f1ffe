// What goes wrong is one clear sentence on standard error and exit code 2; odd files are findings or nothing, never a crash.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { addFiles, temporaryFolder } from '../host/folder.ts';
import { parseReport } from './report.ts';
import { copyOfWorkspace, steadystate, workspacePath } from './steadystate.ts';

const nineAm = workspacePath('nine-am');

const mistakes: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
  [[], /Name a command: check, graph, forecast, explain, rules, lsp\./],
  [
    ['chek'],
    /There is no command 'chek'; did you mean 'check'\? The commands are check, graph, forecast, explain, rules, lsp\./,
  ],
  [['check', 'nowhere'], /There is no file or folder 'nowhere'\./],
  [['check', nineAm, '--fromat', 'json'], /There is no flag '--fromat'; did you mean '--format'\?/],
  [['check', nineAm, '--format'], /'--format' needs a value\./],
  [['check', nineAm, '--format', 'yaml'], /There is no format 'yaml'; the formats are text and json\./],
  [['check', nineAm, '--format', 'json='], /names no file/],
  [['check', nineAm, '--format', 'json', '--format', 'text'], /Only one format can go to standard output/],
  [
    ['check', nineAm, '--format', 'json=no/such/folder/x.json'],
    /'no\/such\/folder\/x\.json' cannot be written: no such file or folder\./,
  ],
  [['check', nineAm, '--fail-on', 'fatal'], /'--fail-on' is one of error, warning, info, never, not 'fatal'\./],
  [['check', nineAm, '--unsafe'], /'--unsafe' needs '--fix'/],
  [['check', nineAm, '--fix=yes'], /'--fix' takes no value\./],
  [['check', nineAm, '--config', 'nothing.json'], /There is no settings file 'nothing\.json'\./],
  [['check', nineAm, '--config', nineAm], /The settings file '.*' cannot be read: it is not a regular file\./],
  [['check', nineAm, '--baseline', 'nothing.json'], /There is no baseline 'nothing\.json'/],
  [['check', nineAm, '--baseline', 'package.json'], /'package\.json' is not a baseline/],
  [['check', 'package.json', '--root', nineAm], /'package\.json' lies outside the analysed folder .*nine-am/],
  [['check', '--root', 'package.json'], /'package\.json' is not a folder/],
  [['graph', nineAm, '--format', 'png'], /'--format' is one of text, json, mermaid, dot, not 'png'\./],
  [['explain'], /Name one rule/],
  [['explain', 'image-tag-lates'], /There is no rule 'image-tag-lates'; did you mean 'image-tag-latest'\?/],
  [['rules', 'x'], /'rules' takes no path/],
  [['lsp'], /steadystate lsp --stdio/],
];

for (const [args, sentence] of mistakes) {
  test(`steadystate ${args.map((arg) => path.basename(arg)).join(' ')}`, async () => {
    const { code, out, err } = await steadystate(args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, sentence);
    assert.equal(err.trimEnd().split('\n').length, 1, err);
  });
}

test('a folder and a file that may not be read', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  chmodSync(path.join(folder, 'ecs/task-definition.json'), 0o000);
  chmodSync(folder, 0o755);
  const file = await steadystate(['check', folder, '--format', 'json'], { ...asNobody, cwd: '/' });
  assert.doesNotMatch(file.err, /inside steadystate/);
  assert.ok(Array.isArray(parseReport(file.out).findings));
  chmodSync(folder, 0o000);
  const { code, out, err } = await steadystate(['check', folder], { ...asNobody, cwd: '/' });
  chmodSync(folder, 0o755);
  assert.equal(code, 2);
  assert.equal(out, '');
  assert.match(err, /cannot be read: permission denied\.\n$/);
});

test('a settings file that is no text stops the command', async (t) => {
  const folder = temporaryFolder(t, { 'steadystate.json': Uint8Array.of(0, 1, 2) });
  const { code, err } = await steadystate(['check', folder]);
  assert.equal(code, 2);
  assert.match(err, /steadystate\.json' cannot be read: it is binary, not text\./);
});

test('odd files beside the story change nothing about it', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  const before = parseReport((await steadystate(['check', folder, '--format', 'json'])).out).findings;
  addFiles(folder, {
    'data/binary.json': Uint8Array.of(0x7b, 0, 0xff, 0xfe, 0x22),
    'data/latin1.json': Uint8Array.of(0x7b, 0x22, 0xe4, 0x22, 0x7d),
    'data/empty.json': '',
    'data/deep.json': '['.repeat(100_000),
    'data/huge.json': '',
    'data/package.json': '{ "name": "x", "scripts": { "start": "node ." } }',
    'k8s/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nspec: {}\n',
    'k8s/\u001b[31mred.json': '{ "containerDefinitions": "no" }',
  });
  truncateSync(path.join(folder, 'data/huge.json'), 3_000_000_000);
  mkdirSync(path.join(folder, 'a/b'), { recursive: true });
  symlinkSync('../..', path.join(folder, 'a/b/loop'));
  symlinkSync('self', path.join(folder, 'self.json'));
  symlinkSync('/etc/hostname', path.join(folder, 'outside.json'));
  mkdirSync(path.join(folder, 'folder.json'));
  const { code, out, err } = await steadystate(['check', folder, '--format', 'json']);
  assert.equal(code, 1);
  assert.equal(err, '');
  const after = parseReport(out).findings.filter(({ file }) => !/^(?:data|k8s)\//.test(file));
  assert.deepEqual(after, before);
  const others = parseReport(out).findings.filter(
    ({ file, severity }) => /^(?:data|k8s)\//.test(file) && severity === 'error',
  );
  assert.deepEqual(others, []);
  assert.doesNotMatch((await steadystate(['check', folder])).out, /\u001b/);
});

test('an empty folder has nothing to report', async (t) => {
  const { code, out } = await steadystate(['check', temporaryFolder(t)]);
  assert.equal(code, 0);
  assert.match(out, /No ECS task definition or service was found\./);
  assert.match(out, /0 errors, 0 warnings, 0 info in 0 deployments/);
});
