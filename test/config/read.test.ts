// Reading steadystate.json: right values become settings, wrong ones a sentence at their place.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEditorSettings, readSettings } from '../../server/src/config/read.ts';

const rules = new Set(['image-tag-latest', 'listens-on-loopback']);

function problemsOf(text: string): readonly string[] {
  const { problems } = readSettings({ uri: 'file:///w/steadystate.json', text }, rules);
  return problems.map(({ at, message }) => `${text.slice(at.span.start, at.span.end)} | ${message}`);
}

test('reads every setting, with comments and trailing commas', () => {
  const text = `{
    // levels
    "$schema": "./x.json",
    "rules": { "image-tag-latest": "off", },
    "ignore": [{ "rule": "listens-on-loopback", "path": "ecs/*.json", "pointer": "/containerDefinitions/0", "reason": "sidecar" }],
    "exclude": ["examples/**"],
    "links": [{ "taskDefinition": "td.json", "container": "app", "dockerfile": "Dockerfile" }],
    "listens": [{ "dockerfile": "Dockerfile", "ports": [80, 443] }],
    "rollback": { "slowAfterMinutes": 20 },
  }`;
  const { settings, problems, ignorePlaces } = readSettings({ uri: 'file:///w/steadystate.json', text }, rules);
  assert.deepEqual(problems, []);
  assert.deepEqual(settings, {
    rules: { 'image-tag-latest': 'off' },
    ignore: [
      { rule: 'listens-on-loopback', path: 'ecs/*.json', pointer: '/containerDefinitions/0', reason: 'sidecar' },
    ],
    exclude: ['examples/**'],
    links: [{ taskDefinition: 'td.json', container: 'app', dockerfile: 'Dockerfile' }],
    listens: [{ dockerfile: 'Dockerfile', ports: [80, 443] }],
    rollback: { slowAfterMinutes: 20 },
  });
  assert.equal(ignorePlaces.length, 1);
  assert.equal(text[ignorePlaces[0]?.span.start ?? 0], '{');
});

const wrong: readonly (readonly [text: string, problem: string])[] = [
  ['{ "ignroe": [] }', "ignroe | There is no setting 'ignroe'; did you mean 'ignore'?"],
  ['{ "colour": 1 }', "colour | There is no setting 'colour'."],
  ['[1]', '[1] | Settings are an object, not a list.'],
  ['{ "rules": [] }', "[] | 'rules' is an object, not a list."],
  [
    '{ "rules": { "image-tag-lates": "off" } }',
    "image-tag-lates | There is no rule 'image-tag-lates'; did you mean 'image-tag-latest'?",
  ],
  [
    '{ "rules": { "image-tag-latest": "eror" } }',
    "eror | A rule's level is off, info, warning, error, not 'eror'; did you mean 'error'?",
  ],
  ['{ "rules": { "image-tag-latest": {} } }', "{} | A rule's level is off, info, warning, error, not an object."],
  [
    '{ "ignore": [{ "rule": "image-tag-latest", "path": "*" }] }',
    `{ "rule": "image-tag-latest", "path": "*" } | This entry of 'ignore' has no 'reason', so it ignores nothing.`,
  ],
  [
    '{ "ignore": [{ "rule": "image-tag-latest", "path": "*", "reason": " " }] }',
    `" " | 'reason' is empty, so it ignores nothing.`,
  ],
  [
    '{ "ignore": [{ "rule": "image-tag-latest", "path": "*", "reason": "x", "pointer": "a" }] }',
    "a | A JSON pointer starts with '/', this one is 'a'.",
  ],
  ['{ "ignore": "x" }', "x | 'ignore' is a list, not 'x'."],
  ['{ "exclude": [1] }', "1 | 'exclude' takes text, not 1."],
  [
    '{ "listens": [{ "dockerfile": "D", "ports": [70000] }] }',
    '70000 | A port is a whole number from 1 to 65535, not 70000.',
  ],
  [
    '{ "links": [{ "container": "a", "dockerfile": "b" }] }',
    '{ "container": "a", "dockerfile": "b" } | This entry of \'links\' has no \'taskDefinition\'.',
  ],
  ['{ "rollback": { "slowAfterMinutes": -1 } }', "-1 | 'slowAfterMinutes' is a number of minutes above 0, not -1."],
  ['{ "rollback": { "slow": 1 } }', "slow | 'rollback' has no key 'slow'."],
];

for (const [text, problem] of wrong) {
  test(`says what is wrong with ${text}`, () => assert.deepEqual(problemsOf(text), [problem]));
}

test('an entry that is wrong is left out, its neighbours stay', () => {
  const text = '{ "exclude": ["a", 1, "b"], "rules": { "image-tag-latest": 3, "listens-on-loopback": "info" } }';
  const { settings } = readSettings({ uri: 'file:///w/steadystate.json', text }, rules);
  assert.deepEqual(settings, { exclude: ['a', 'b'], rules: { 'listens-on-loopback': 'info' } });
});

test('broken text gives problems and what can be read', () => {
  for (const text of ['{', '{ "rules": ', '\u0000', '{"rules":{"image-tag-latest":"off"}', '}', '['.repeat(5000)]) {
    const { problems } = readSettings({ uri: 'file:///w/steadystate.json', text }, rules);
    assert.notEqual(problems.length, 0, JSON.stringify(text.slice(0, 20)));
  }
  assert.deepEqual(readSettings({ uri: 'file:///w/steadystate.json', text: '' }, rules).problems, []);
});

test('the editor gives settings as plain values; nonsense is left out', () => {
  const value = { rules: { 'image-tag-latest': 'error', nonsense: 'error' }, exclude: 7, trace: { server: 'off' } };
  assert.deepEqual(readEditorSettings(value, rules), { rules: { 'image-tag-latest': 'error' } });
  for (const odd of [null, undefined, 3, 'x', [], () => 1, 10n]) assert.deepEqual(readEditorSettings(odd, rules), {});
});
