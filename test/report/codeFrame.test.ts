// Code frames line up whatever the file holds.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeFrame } from '../../server/src/report/codeFrame.ts';
import { createPlaces } from '../../server/src/report/places.ts';
import { plainStyle } from '../../server/src/report/style.ts';
import { characterWidth, textWidth, visible } from '../../server/src/report/terminalText.ts';

/** The frame of a text in which `«…»` marks the place. */
function frameOf(marked: string, context = 1, label?: string): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/g, '');
  const source = createPlaces(
    () => text,
    (uri) => uri,
  ).source('file:///a');
  assert.ok(source);
  const options = { style: plainStyle, paint: plainStyle.red, context, mark: '^', gutter: 2 } as const;
  return codeFrame(source, { start, end }, label === undefined ? options : { ...options, label }).join('\n');
}

const cases: readonly (readonly [name: string, actual: string, expected: string])[] = [
  [
    'lines around',
    frameOf('one\ntwo «three» four\nfive\nsix'),
    ' 1 │ one\n 2 │ two three four\n   │     ^^^^^\n 3 │ five',
  ],
  ['CRLF', frameOf('a\r\n«b»\r\nc\r\n'), ' 1 │ a\n 2 │ b\n   │ ^\n 3 │ c'],
  ['tabs', frameOf('\t«x»\ty', 0), ' 1 │     x   y\n   │     ^'],
  ['a tab in the place', frameOf('ab«\tx»', 0), ' 1 │ ab  x\n   │   ^^^'],
  ['wide characters', frameOf('日本«語» "😀" «»', 0), ' 1 │ 日本語 "😀"\n   │     ^^'],
  ['an empty place at the end of a file', frameOf('a\n«»'), ' 1 │ a\n 2 │\n   │ ^'],
  ['a place over several lines', frameOf('{ «a\nb» }', 0), ' 1 │ { a\n   │   ^'],
  ['a label', frameOf('«a»', 0, 'It listens here.'), ' 1 │ a\n   │ ^ It listens here.'],
];

for (const [name, actual, expected] of cases) test(name, () => assert.equal(actual, expected));

test('a place far right in a long line is seen', () => {
  const frame = frameOf(`${'a'.repeat(100_000)}«port»${'b'.repeat(100_000)}`, 1);
  const [code = '', marks = ''] = frame.split('\n');
  assert.ok(code.length < 140);
  assert.equal(code.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'port');
  assert.match(code, /│ …a+portb+…$/);
});

test('nothing in a file can move the cursor or reorder what is shown', () => {
  assert.equal(visible('a\u001b[2Jb\u202ec\rd\u009be'), 'a\ufffd[2Jb\ufffdc d\ufffde');
  assert.doesNotMatch(frameOf('\u001b[31m«x»\u0007'), /[\u0000-\u0008\u000b-\u001f]/);
});

test('widths', () => {
  assert.equal(textWidth('aé日😀'), 6);
  assert.equal(characterWidth(0x301), 0);
  assert.equal(textWidth('a\u0301'), 1);
});
