// `steadystate check --fix` and `--dry-run` on a copy of the story.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../host/folder.ts';
import { stories } from '../vscode/stories.ts';
import { parseReport } from './report.ts';
import { copyOfWorkspace, steadystate } from './steadystate.ts';

function textsOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = names.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(files.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
}

test('--fix --unsafe mends every file; what is left is no error', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  const { code, out, err } = await steadystate(['check', folder, '--fix', '--unsafe', '--format', 'json']);
  assert.equal(code, 0);
  assert.deepEqual(
    parseReport(out).findings.filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.match(err, /^fixed: /m);
  const texts = textsOf(folder);
  assert.match(texts['ecs/task-definition.json'] ?? '', /"containerPort": 5201/);
  assert.match(texts['ecs/task-definition.json'] ?? '', /localhost:5201/);
  assert.match(texts['ecs/service-definition.json'] ?? '', /"containerPort": 5201/);
  assert.doesNotMatch(texts['ecs/service-definition.json'] ?? '', /5001/);
  assert.match(texts['app.py'] ?? '', /port=5201/);
  const again = await steadystate(['check', folder, '--fix', '--unsafe']);
  assert.equal(again.err, '', 'a second run has nothing left to do');
  assert.deepEqual(textsOf(folder), texts);
});

for (const { workspace, mended } of stories) {
  test(`--fix --unsafe mends ${workspace} in its own spelling`, async (t) => {
    const folder = copyOfWorkspace(t, workspace);
    const before = textsOf(folder);
    const { code, out, err } = await steadystate(['check', folder, '--fix', '--unsafe', '--format', 'json']);
    assert.equal(code, 0);
    assert.match(err, /^fixed: Serve port 5201/m);
    const left = parseReport(out).findings.map(({ rule }) => rule);
    assert.deepEqual(
      left.filter((rule) => /port|breaker/.test(rule)),
      [],
    );
    const texts = textsOf(folder);
    for (const file of mended) assert.notEqual(texts[file], before[file], file);
    assert.equal(texts['app.py'], before['app.py']);
    const again = await steadystate(['check', folder, '--fix', '--unsafe']);
    assert.equal(again.err, '', 'a second run has nothing left to do');
    assert.deepEqual(textsOf(folder), texts);
  });
}

test('--fix alone leaves what is deployed as it is', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  const { code } = await steadystate(['check', folder, '--fix']);
  assert.equal(code, 1);
  const texts = textsOf(folder);
  assert.match(texts['ecs/task-definition.json'] ?? '', /"containerPort": 5001/);
  assert.match(texts['ecs/task-definition.json'] ?? '', /flask-app:latest/);
});

test('--dry-run changes nothing; its diff makes of the files what --fix makes of them', async (t) => {
  const folder = copyOfWorkspace(t, 'nine-am');
  const before = textsOf(folder);
  const { code, out } = await steadystate(['check', folder, '--fix', '--unsafe', '--dry-run']);
  assert.equal(code, 1, 'the files are still wrong');
  assert.deepEqual(textsOf(folder), before);
  const patched = temporaryFolder(t);
  cpSync(folder, patched, { recursive: true });
  execFileSync('git', ['apply', '-'], { cwd: patched, input: out });
  await steadystate(['check', folder, '--fix', '--unsafe']);
  assert.deepEqual(textsOf(patched), textsOf(folder));
});

for (const [name, mark, newline] of [
  ['a byte-order mark', '\uFEFF', '\n'],
  ['CRLF', '', '\r\n'],
  ['both', '\uFEFF', '\r\n'],
] as const) {
  test(`fixes keep ${name}`, async (t) => {
    const folder = copyOfWorkspace(t, 'nine-am');
    const files = ['ecs/task-definition.json', 'ecs/service-definition.json', 'Dockerfile'];
    for (const file of files) {
      const full = path.join(folder, file);
      writeFileSync(full, mark + readFileSync(full, 'utf8').replaceAll('\n', newline));
    }
    const plain = copyOfWorkspace(t, 'nine-am');
    await Promise.all([folder, plain].map((each) => steadystate(['check', each, '--fix', '--unsafe'])));
    const expected = textsOf(plain);
    for (const file of files) {
      assert.equal(textsOf(folder)[file], mark + (expected[file] ?? '').replaceAll('\n', newline), file);
    }
    assert.match(expected['ecs/task-definition.json'] ?? '', /5201/);
  });
}
