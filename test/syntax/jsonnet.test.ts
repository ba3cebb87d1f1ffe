// Jsonnet as far as it is JSON with names.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJsonnet } from '../../server/src/syntax/jsonnet.ts';
import type { TreeNode } from '../../server/src/syntax/tree.ts';
import { cpuMilliseconds } from '../cpuTime.ts';

/** What a tree says as plain data: what stays open as `‹source›`, what is not whole with a key `…`. */
function plain(node: TreeNode | undefined): unknown {
  if (node === undefined) return null;
  switch (node.kind) {
    case 'object': {
      const entries = node.entries.map(({ key, value }) => [key, plain(value)]);
      return Object.fromEntries(node.complete ? entries : [...entries, ['…', true]]);
    }
    case 'array':
      return node.complete ? node.items.map(plain) : [...node.items.map(plain), '…'];
    case 'template':
      return `‹${node.text}›`;
    case 'null':
      return null;
    default:
      return node.value;
  }
}

const rows: readonly (readonly [text: string, says: unknown])[] = [
  ['{ a: 1, "b": \'two\', c: [true, null,], }', { a: 1, b: 'two', c: [true, null] }],
  ['// one\n# two\n/* three */ { a: -1.5 }', { a: -1.5 }],
  ['local port = 80; { a: port, b: [port] }', { a: 80, b: [80] }],
  ['local a = 1, b = { c: 2 }; { x: a, y: b.c }', { x: 1, y: 2 }],
  ['local f(x) = x; { a: f(1), b: 2 }', { a: '‹f(1)›', b: 2 }],
  ['{ local n = 3, a: n }', { a: 3 }],
  ['{ assert true : "x", a: 1 }', { a: 1 }],
  ['{ a: 1, hidden:: 2 }', { a: 1 }],
  ['{ a: 1 } + { b: 2 }', { a: 1, b: 2 }],
  ['local base = { a: 1, b: 1 }; base { b: 2 }', { a: 1, b: 2 }],
  ['{ o: { a: 1 } } + { o+: { b: 2 } }', { o: { a: 1, b: 2 } }],
  ['{ o: { a: 1 } } + { o: { b: 2 } }', { o: { b: 2 } }],
  ['{ a: [1] + [2] }', { a: [1, 2] }],
  ["{ a: 'x' + 'y', b: 1 + 1 }", { a: "‹'x' + 'y'›", b: '‹1 + 1›' }],
  ["{ a: std.extVar('a'), b: 1 }", { a: "‹std.extVar('a')›", b: 1 }],
  ["local c = import 'c.json'; { a: c.port }", { a: '‹c.port›' }],
  [
    "{ a: 'v%d' % 1, b: if x then { c: 1 } else null, d: 1 }",
    { a: "‹'v%d' % 1›", b: '‹if x then { c: 1 } else null›', d: 1 },
  ],
  ['{ a: [x for x in [1, 2]], b: 1 }', { a: ['…'], b: 1 }],
  ['{ [k]: 1 for k in ["a"] }', { '…': true }],
  ['{ [k]: 1, b: 2 }', { b: 2, '…': true }],
  ["{ a: @'it''s', b: 'it\\'s', c: \"\\u0041\" }", { a: "it's", b: "it's", c: 'A' }],
  ['{ a: |||\n    one\n    two\n  |||, b: 1 }', { a: 'one\ntwo\n', b: 1 }],
  ['{ a: (1), b: (({ c: 2 })) }', { a: 1, b: { c: 2 } }],
  ['{ a: $.b, b: self.c, c: 1 }', { a: '‹$.b›', b: '‹self.c›', c: 1 }],
  ['{ a: 1', { a: 1, '…': true }],
  ['function(x) { a: x }', '‹function(x) { a: x }›'],
  ['', null],
];

describe('Jsonnet', () => {
  for (const [text, says] of rows) {
    it(text.replaceAll('\n', ' ') || 'nothing', () => assert.deepEqual(plain(parseJsonnet(text).root), says));
  }

  it('places values where they are written', () => {
    const text = "local port = 8080;\n{ name: 'web', port: port }";
    const { root } = parseJsonnet(text);
    const [name, port] = root?.kind === 'object' ? root.entries : [];
    assert(name?.value.kind === 'string' && port);
    assert.equal(text.slice(name.value.inner.start, name.value.inner.end), 'web');
    assert.equal(text.slice(name.keySpan.start, name.keySpan.end), 'name');
    assert.equal(port.value.span.start, text.indexOf('8080'));
  });

  it('sees the templates in strings', () => {
    const text = "{ image: 'web:{{ must_env `TAG` }}', command: ['echo ${HOME}'] }";
    const tree = parseJsonnet(text);
    const found = tree.templates.map(({ start, end, shell }) => [text.slice(start, end), shell]);
    assert.deepEqual(found, [
      ['{{ must_env `TAG` }}', false],
      ['${HOME}', true],
    ]);
  });

  it('says where a bracket is missing', () => {
    assert.deepEqual(
      parseJsonnet('{ a: [1 }').problems.map(({ message }) => message),
      ['The closing bracket is missing.'],
    );
    assert.deepEqual(parseJsonnet('{ a: [1] }').problems, []);
  });

  it('ends, whatever stands in the text', () => {
    const whole = rows.map(([text]) => text).join('\n');
    for (let end = 0; end < whole.length; end++) parseJsonnet(whole.slice(end));
    for (let end = 0; end < whole.length; end++) parseJsonnet(whole.slice(0, end));
  });

  it('takes time in proportion to the text', () => {
    const names = Array.from({ length: 40 }, (_, i) => `local a${i + 1} = [${`a${i}, `.repeat(9)}];`).join('\n');
    const texts = [
      '['.repeat(50_000),
      '{a:'.repeat(50_000),
      '('.repeat(50_000),
      'local a = '.repeat(30_000),
      `${'{ a: 1 } + '.repeat(20_000)}{}`,
      `{ ${'a: x for '.repeat(20_000)} }`,
      `[${'[x for x in y], '.repeat(20_000)}]`,
      `local a0 = [1];\n${names}\na40`,
      `{ ${Array.from({ length: 20_000 }, (_, i) => `local n${i} = ${i}, k${i}: n${i}`).join(', ')} }`,
      "'".repeat(100_000),
      '|||'.repeat(50_000),
      '/*'.repeat(50_000),
    ];
    for (const text of texts) {
      const started = cpuMilliseconds();
      parseJsonnet(text);
      assert.ok(cpuMilliseconds() - started < 1_500, `${text.slice(0, 30)}…`);
    }
  });
});
