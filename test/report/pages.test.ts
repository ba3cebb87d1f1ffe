// Rule pages, their terminal form, and the escaping of what files say.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html, raw } from '../../server/src/report/html.ts';
import { rulePage, withoutMarks } from '../../server/src/report/rulePage.ts';
import { ansiStyle, plainStyle } from '../../server/src/report/style.ts';
import { terminalMarkdown } from '../../server/src/report/terminalMarkdown.ts';
import type { Rule } from '../../server/src/rules/rule.ts';

const rule: Rule = {
  id: 'some-rule',
  subject: 'engine',
  group: 'ports',
  severity: 'error',
  summary: 'Something is wrong.',
  why: 'Because of `this`.',
  remedy: 'Do that.',
  sources: ['https://docs.aws.amazon.com/'],
  fixKinds: ['safe', 'unsafe'],
  examples: {
    bad: [{ files: '--- Dockerfile\nFROM a\nEXPOSE «5001»\n--- x/task.json\n{ "a": «1:"```"» }\n' }],
    good: ['--- Dockerfile\nEXPOSE 80\n'],
  },
};

test('a rule page says what, why, how, shows examples without marks, and its sources', () => {
  const page = rulePage(rule);
  for (const part of [
    '# some-rule\n\nSomething is wrong.\n',
    '**Error** · ports · has a safe fix (`--fix`) and a fix that changes behavior as its title says (`--fix --unsafe`)\n',
    '## Why it matters\n\nBecause of `this`.\n',
    '## How to fix it\n\nDo that.\n',
    '`Dockerfile`\n\n```dockerfile\nFROM a\nEXPOSE 5001\n```\n',
    '`x/task.json`\n\n````json\n{ "a": "```" }\n````\n',
    'This is fine:\n\n`Dockerfile`\n\n```dockerfile\nEXPOSE 80\n```\n',
    '{ "rules": { "some-rule": "off" } }',
    '# steadystate-ignore some-rule -- the reason',
    '## Sources\n\n- <https://docs.aws.amazon.com/>\n',
  ]) {
    assert.ok(page.includes(part), `${part}\n--- is not in ---\n${page}`);
  }
});

test('marks', () => assert.equal(withoutMarks('a «b» «12:c»'), 'a b c'));

test('Markdown in a terminal', () => {
  const markdown =
    '# Title\n\nSome `code here` and **strong** words that go on and on.\n\n- item\n\n```json\n{ "a": 1 }\n```\n';
  assert.equal(
    terminalMarkdown(markdown, plainStyle, 30),
    'Title\n\nSome code here and strong\nwords that go on and on.\n\n- item\n\n    { "a": 1 }\n',
  );
  assert.match(terminalMarkdown(markdown, ansiStyle), /\u001b\[1m.*Title/);
});

test('HTML escapes every text that is not HTML already', () => {
  const name = '<img src=x onerror="alert(1)">&\'';
  assert.equal(
    html`<p title="${name}">${[name, html`<b>${'x'}</b>`]}${raw('<i></i>')}</p>`.text,
    '<p title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;">&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;<b>x</b><i></i></p>',
  );
});
