// Edits of steadystate.json keep what people wrote: comments, indentation, line ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/text.ts';
import { addIgnoreEdits, ruleLevelEdits } from '../../server/src/config/edit.ts';
import { readSettings } from '../../server/src/config/read.ts';

const entry = { rule: 'r', path: 'a.json', reason: 'why' };
const entryText = '{\n      "rule": "r",\n      "path": "a.json",\n      "reason": "why"\n    }';

function ignored(text: string): string {
  return applyEdits(text, addIgnoreEdits(text, entry));
}

function levelled(text: string): string {
  return applyEdits(text, ruleLevelEdits(text, 'r', 'info'));
}

const cases: readonly (readonly [name: string, actual: string, expected: string])[] = [
  ['an empty file', ignored(''), `{\n  "ignore": [\n    ${entryText}\n  ]\n}\n`],
  ['an empty object', ignored('{}\n'), `{\n  "ignore": [\n    ${entryText}\n  ]\n}\n`],
  [
    'an object with another key',
    ignored('{\n  "exclude": ["a"] // why\n}\n'),
    `{\n  "exclude": ["a"], // why\n  "ignore": [\n    ${entryText}\n  ]\n}\n`,
  ],
  ['an empty list', ignored('{\n  "ignore": []\n}'), `{\n  "ignore": [\n    ${entryText}\n  ]\n}`],
  [
    'a trailing comma behind a comment',
    ignored('{\n  "ignore": [\n    {} /* , */ , // last\n  ]\n}'),
    `{\n  "ignore": [\n    {} /* , */ , // last\n    ${entryText}\n  ]\n}`,
  ],
  ['no rules yet', levelled('{\n\t"exclude": []\n}'), '{\n\t"exclude": [],\n\t"rules": {\n\t\t"r": "info"\n\t}\n}'],
  ['another rule', levelled('{ "rules": { "q": "off" } }'), '{ "rules": { "q": "off", "r": "info" } }'],
  ['a level already', levelled('{ "rules": { "r": "off" } }'), '{ "rules": { "r": "info" } }'],
  ['a level of a wrong type', levelled('{ "rules": { "r": 3 } }'), '{ "rules": { "r": "info" } }'],
  ['only comments', levelled('{\n  // mine\n}'), '{\n  // mine\n  "rules": {\n    "r": "info"\n  }\n}'],
  ['no object at all', levelled('[1]'), '[1]'],
];

for (const [name, actual, expected] of cases) {
  test(`edits a file with ${name}`, () => assert.equal(actual, expected));
}

test('CRLF stays CRLF', () => {
  const text = ignored('{\r\n  "rules": {}\r\n}\r\n');
  assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
});

test('what was written is read back', () => {
  const text = levelled(ignored(ignored('{ "exclude": ["x"] }')));
  const { settings, problems } = readSettings({ uri: 'file:///steadystate.json', text }, new Set(['r']));
  assert.deepEqual(problems, []);
  assert.deepEqual(settings, { exclude: ['x'], ignore: [entry, entry], rules: { r: 'info' } });
});
