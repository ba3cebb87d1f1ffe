// Globs of settings, and the joining of the editor's settings with the file's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globMatcher } from '../../server/src/config/globs.ts';
import { mergeSettings } from '../../server/src/config/merge.ts';
import { defaultSettings } from '../../server/src/config/settings.ts';
import { settingsTable } from '../../server/src/config/table.ts';
import { cpuMilliseconds } from '../cpuTime.ts';

const cases: readonly (readonly [glob: string, path: string, matches: boolean])[] = [
  ['ecs/*.json', 'ecs/task.json', true],
  ['ecs/*.json', 'ecs/deep/task.json', false],
  ['**/*.json', '.aws/task.json', true],
  ['examples', 'examples/a/b.json', true],
  ['./examples/', 'examples/a/b.json', true],
  ['/examples/**', 'examples/a', true],
  ['examples', 'other/examples/a', false],
  ['{a,b}/Dockerfile*', 'b/Dockerfile.prod', true],
  ['', 'a', false],
  ['[', 'a', false],
  ['a'.repeat(5000), 'a', false],
];

for (const [glob, path, matches] of cases) {
  test(`'${glob.slice(0, 30)}' and ${path}`, () => assert.equal(globMatcher([glob])(path), matches));
}

test('a hostile glob takes no time', () => {
  const started = cpuMilliseconds();
  globMatcher(['+(+(+(+(a|aa)|aaa)|b)|*(a|a))*c'])('a'.repeat(200));
  globMatcher([`${'*a'.repeat(12)}`])('a'.repeat(200));
  assert.ok(cpuMilliseconds() - started < 1000);
});

test('the file beats the editor key by key', () => {
  const editor = { rules: { a: 'off', b: 'off' }, exclude: ['x'], rollback: { slowAfterMinutes: 3 } } as const;
  const file = { rules: { b: 'error' }, exclude: [] } as const;
  assert.deepEqual(mergeSettings(editor, file), {
    ...defaultSettings,
    rules: { a: 'off', b: 'error' },
    exclude: [],
    rollback: { slowAfterMinutes: 3 },
  });
});

test('the table describes every setting with its default', () => {
  const defaults = Object.fromEntries(settingsTable.map((setting) => [setting.key, setting.default]));
  assert.deepEqual(defaults, defaultSettings);
});
