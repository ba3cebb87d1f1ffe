// Comments that ignore a rule in place.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findInlineIgnores } from '../../server/src/config/inlineIgnore.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly dockerfile?: boolean;
  readonly found: readonly (readonly [rule: string, reason: string | undefined, appliesTo: string])[];
}

const cases: readonly Case[] = [
  {
    name: 'a comment above',
    text: 'a: 1\n  # steadystate-ignore some-rule -- it is a test\nb: 2\nc: 3',
    found: [['some-rule', 'it is a test', '  # steadystate-ignore some-rule -- it is a test\nb: 2']],
  },
  {
    name: 'a comment on the line',
    text: 'port = 80 // steadystate-ignore r -- x\r\nnext()\r\n',
    found: [['r', 'x', 'port = 80 // steadystate-ignore r -- x\r\nnext()']],
  },
  { name: 'no reason', text: '# steadystate-ignore r\nb', found: [['r', undefined, '# steadystate-ignore r\nb']] },
  { name: 'an empty reason', text: '# steadystate-ignore r --\nb', found: [['r', '', '# steadystate-ignore r --\nb']] },
  { name: 'no rule', text: '#steadystate-ignore', found: [['', undefined, '#steadystate-ignore']] },
  {
    name: 'only the line below in a Dockerfile',
    text: '# steadystate-ignore r -- x\nEXPOSE 80\n',
    dockerfile: true,
    found: [['r', 'x', 'EXPOSE 80']],
  },
  {
    name: 'two above each other',
    text: '# steadystate-ignore a -- x\n# steadystate-ignore b -- y\nEXPOSE 80\n',
    dockerfile: true,
    found: [
      ['a', 'x', 'EXPOSE 80'],
      ['b', 'y', 'EXPOSE 80'],
    ],
  },
  { name: 'the word elsewhere', text: 'say "steadystate-ignore r -- x"\n# no steadystate-ignore r -- x', found: [] },
  { name: 'a longer word', text: '# steadystate-ignored r -- x', found: [] },
];

for (const { name, text, dockerfile, found } of cases) {
  test(`finds ${name}`, () => {
    const ignores = findInlineIgnores({ uri: 'file:///a', text }, dockerfile ?? false);
    const actual = ignores.map(({ rule, reason, appliesTo }) => [
      rule,
      reason,
      text.slice(appliesTo.start, appliesTo.end),
    ]);
    assert.deepEqual(actual, found);
    for (const { rule, ruleAt } of ignores) {
      assert.equal(text.slice(ruleAt.span.start, ruleAt.span.end), rule || 'steadystate-ignore');
    }
  });
}
