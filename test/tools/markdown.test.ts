// The HTML of AWS's documentation as Markdown.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlToMarkdown, plainSummary } from '../../server/src/tools/markdown.ts';

const cases: readonly { readonly what: string; readonly html: string; readonly markdown: string }[] = [
  { what: 'a paragraph', html: '<p>The  family.</p>', markdown: 'The family.' },
  { what: 'paragraphs', html: '<p>One.</p> <p>Two.</p>', markdown: 'One.\n\nTwo.' },
  {
    what: 'code and entities',
    html: '<p>Use <code>&lt;default&gt;</code> here.</p>',
    markdown: 'Use `<default>` here.',
  },
  { what: 'emphasis', html: '<p>The <i>Guide</i> <b>now</b>.</p>', markdown: 'The *Guide* **now**.' },
  {
    what: 'a link',
    html: '<p>See <a href="https://x.test/a">Task size</a>.</p>',
    markdown: 'See [Task size](https://x.test/a).',
  },
  { what: 'a link to nowhere', html: '<p>See <a>Task size</a>.</p>', markdown: 'See Task size.' },
  {
    what: 'a note',
    html: '<p>One.</p> <note> <p>Not on Windows.</p> </note> <p>Two.</p>',
    markdown: 'One.\n\n**Note:** Not on Windows.\n\nTwo.',
  },
  {
    what: 'a list',
    html: '<p>Values:</p> <ul> <li> <p>a</p> </li> <li> <p>b</p> <p>more</p> </li> </ul> <p>End.</p>',
    markdown: 'Values:\n\n- a\n- b\n\n  more\n\nEnd.',
  },
  {
    what: 'a list in a list',
    html: '<ol> <li> <p>a</p> <ul> <li> <p>b</p> </li> </ul> </li> <li> <p>c</p> </li> </ol>',
    markdown: '1. a\n   - b\n1. c',
  },
  {
    what: 'definitions',
    html: '<dl> <dt>mode</dt> <dd> <p>Required: No</p> </dd> </dl>',
    markdown: '- **mode**\n\n  Required: No',
  },
  {
    what: 'braces that a template engine was kept from',
    html: "<p><code>'\\{\\{.X\\}\\}'</code></p>",
    markdown: "`'{{.X}}'`",
  },
  { what: 'plain text', html: 'a < b', markdown: 'a < b' },
];

for (const { what, html, markdown } of cases) {
  test(what, () => assert.equal(htmlToMarkdown(html), markdown));
}

test('the summary is the first paragraph without markup', () => {
  const markdown = 'Use `awsvpc` of the *Guide*, **always**, see [Task size](https://x.test).\n\nMore.';
  assert.equal(plainSummary(markdown), 'Use awsvpc of the Guide, always, see Task size.');
});
