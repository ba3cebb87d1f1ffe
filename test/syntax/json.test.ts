import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJson } from '../../server/src/syntax/json.ts';
import type { TreeNode } from '../../server/src/syntax/tree.ts';
import { cpuMilliseconds } from '../cpuTime.ts';
import { plain } from './treePlain.ts';

describe('JSON without templates', () => {
  for (const text of [
    '{"a": [1, -2.5, 1e3, "x", true, false, null], "b": {}, "c": []}',
    '"lone"',
    '[[[]], {"a": {"b": {"c": "\\u00e9\\n\\"\\\\"}}}]',
    '{"emoji 😀": "😀", "url": "https://example.com/a%20b?x=1#y", "mail": "a@example.com"}',
  ]) {
    it(text, () => {
      const tree = parseJson(text);
      assert.deepEqual(plain(tree.root), JSON.parse(text));
      assert.deepEqual(tree.problems, []);
    });
  }

  it('takes comments and trailing commas', () => {
    const tree = parseJson('// top\n{"a": [1, 2,], /* "b": 1 */ "c": {"d": 1,}, // "e"\n}');
    assert.deepEqual(plain(tree.root), { a: [1, 2], c: { d: 1 } });
    assert.deepEqual(tree.problems, []);
  });

  it('places keys and values', () => {
    const text = '{\r\n  "port" : 5001, "name": "we\\tb", "list": [true]\r\n}';
    const { root } = parseJson(text);
    assert(root?.kind === 'object');
    const slice = (span: { start: number; end: number }): string => text.slice(span.start, span.end);
    assert.deepEqual(
      root.entries.map((entry) => [slice(entry.keySpan), slice(entry.span), slice(entry.value.span)]),
      [
        ['port', '"port" : 5001', '5001'],
        ['name', '"name": "we\\tb"', '"we\\tb"'],
        ['list', '"list": [true]', '[true]'],
      ],
    );
    const name = root.entries[1]?.value;
    assert(name?.kind === 'string');
    assert.equal(slice(name.inner), 'we\\tb');
    assert.equal(name.value, 'we\tb');
  });
});

describe('broken JSON', () => {
  const cases: readonly (readonly [string, unknown, RegExp, string])[] = [
    ['{"a": 1 "b": 2}', { a: 1, b: 2, '…': true }, /comma is missing/, '"b"'],
    ['{"a": 1', { a: 1, '…': true }, /closing brace is missing/, ''],
    ['{"a": [{"x": 1], "b": 2}', { a: [{ x: 1, '…': true }, '…'], b: 2, '…': true }, /closes nothing/, ']'],
    ['{"a": [{"x": 1}} ], "b": 2}', { a: [{ x: 1 }, '…'], b: 2, '…': true }, /closes nothing/, '}'],
    ['{"a": , "b": 2}', { b: 2, '…': true }, /comma has no value/, ','],
    ['{"a": }', { '…': true }, /value of this property is missing/, '}'],
    ['{a: 1}', { a: 1, '…': true }, /no quotes/, 'a'],
    ['{"a": True, "b": 2}', { a: 'T:True', b: 2, '…': true }, /not valid JSON/, 'True'],
    ['{} {}', {}, /goes on/, '{'],
  ];
  for (const [text, expected, message, place] of cases) {
    it(text, () => {
      const tree = parseJson(text);
      assert.deepEqual(plain(tree.root), expected);
      const [problem] = tree.problems;
      assert.match(problem?.message ?? '', message);
      assert.equal(text.slice(problem?.span.start, problem?.span.end), place);
    });
  }

  it('spoils only the object that the problem touches', () => {
    const { root } = parseJson('{"good": {"a": 1}, "bad": {"a": 1 "b": 2}}');
    assert.deepEqual(plain(root), { good: { a: 1 }, bad: { a: 1, b: 2, '…': true } });
  });

  it('takes an unclosed string as one problem place and spoils what is open', () => {
    const tree = parseJson('{"a": {"b": "x\n}, "c": 1}');
    assert.equal(tree.problems[0]?.span.start, 12);
    assert(tree.root?.kind === 'object');
    assert.equal(tree.root.complete, false);
  });
});

describe('JSON with templates', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['{"a": <PORT>, "b": ${PORT}, "c": {{ x }}}', { a: 'T:<PORT>', b: 'T:${PORT}', c: 'T:{{ x }}' }],
    ['{"a": %PORT%, "b": __PORT__, "c": $PORT}', { a: 'T:%PORT%', b: 'T:__PORT__', c: 'T:$PORT' }],
    ['{"a": ${{ secrets.X }}, "b": PORT, "c": #{X}#}', { a: 'T:${{ secrets.X }}', b: 'T:PORT', c: 'T:#{X}#' }],
    ['{"a": 80${X}, "b": ${A}${B}, "c": 1}', { a: 'T:80${X}', b: 'T:${A}${B}', c: 1 }],
    ['{"a": "${R}/web:latest", "b": "{{ must_env `X` }}"}', { a: 't:${R}/web:latest', b: 't:{{ must_env `X` }}' }],
    ['{"a": "{{ env "X" "y" }}", "b": "<A>:<B>"}', { a: 't:{{ env "X" "y" }}', b: 't:<A>:<B>' }],
    ['{"a": {{\n  must_env\n  `X`\n}}, "b": 1}', { a: 'T:{{\n  must_env\n  `X`\n}}', b: 1 }],
    ['{"a": ${jsonencode({ "x" = "}" })}, "b": 1}', { a: 'T:${jsonencode({ "x" = "}" })}', b: 1 }],
    ['{"${KEY}": 1, "b": 2}', { b: 2, '…': true }],
    ['{ {{ key }}: 1, "b": 2}', { b: 2, '…': true }],
    ['{ {{ include "x" . }} "b": 2}', { b: 2, '…': true }],
    ['{"a": 1, {{ include "x" . }}, "b": 2}', { a: 1, b: 2, '…': true }],
    ['{"l": [ {{ a }}, 1 ]}', { l: ['T:{{ a }}', 1] }],
    ['{"l": [ {{ range .X }} {"n": 1}, {{ end }} 2 ]}', { l: [{ n: '1?' }, 2, '…'] }],
    ['{ {% if x %} "a": 1, {% endif %} "b": 2 }', { a: '1?', b: 2, '…': true }],
    ['{{/* note */}}\n{{ $x := env "A" }}\n{"a": 1}', { a: 1 }],
    ['{{ define "x" }}{"a": 1}{{ end }}', { a: 1 }],
  ];
  for (const [text, expected] of cases) {
    it(text, () => {
      const tree = parseJson(text);
      assert.deepEqual(plain(tree.root), expected);
      assert.deepEqual(tree.problems, []);
    });
  }

  for (const text of [
    '{"a": "echo {{", "b": {"c": {"d": 1}}}',
    '{"a": "50%", "b": "%E3%81%82", "c": "a < b > c", "d": "__init__", "e": "x@y.z"}',
    '{"a": "$HOME", "b": "{ }", "c": "${", "d": "}"}',
  ]) {
    it(`sees no template in ${text}`, () => {
      const tree = parseJson(text);
      assert.deepEqual(tree.templates, []);
      assert.deepEqual(plain(tree.root), JSON.parse(text));
    });
  }
});

describe('any text', () => {
  it('costs bounded time and no stack', () => {
    const hostile = [
      '[',
      '{"a":',
      '{{',
      '"{{',
      '${',
      '"${',
      '<a',
      '__A',
      '${a"',
      '{{ if }}',
      '%{a',
      '//',
      '/*',
      '"\\',
      ',',
      '}',
    ];
    for (const piece of hostile) {
      const start = cpuMilliseconds();
      parseJson(piece.repeat(100_000));
      assert(cpuMilliseconds() - start < 2000, piece);
    }
  });

  it('keeps every place inside the text when cut anywhere', () => {
    const text = '{"a": [{"b": "{{ x }}", "c": <D>}, // e\n 1.5, tru], {{ if }} "é": "\\u12"}';
    for (let end = 0; end <= text.length; end++) {
      const cut = text.slice(0, end);
      check(parseJson(cut).root, { start: 0, end });
    }
  });
});

function check(node: TreeNode | undefined, within: { start: number; end: number }): void {
  if (!node) return;
  assert(within.start <= node.span.start && node.span.start <= node.span.end && node.span.end <= within.end);
  if (node.kind === 'array') for (const item of node.items) check(item, node.span);
  if (node.kind === 'object') for (const entry of node.entries) check(entry.value, node.span);
}
