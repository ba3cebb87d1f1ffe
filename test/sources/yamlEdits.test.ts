import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json } from '../../server/src/base/json.ts';
import { applyEdits } from '../../server/src/base/text.ts';
import type { EditIntent } from '../../server/src/facts/edit.ts';
import { editYamlAll } from '../../server/src/sources/yamlEdits.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

const uri = 'file:///repo/file.yml';

/** `«…»` marks the place of the intent. */
function edited(marked: string, intentAt: (at: EditIntent & { kind: 'remove' }) => EditIntent): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace('«', '').replace('»', '');
  const edits = editYamlAll({ uri, text }, [intentAt({ kind: 'remove', at: { uri, span: { start, end } } })]);
  const result = applyEdits(text, edits);
  assert.deepEqual(parseYaml(result).problems, []);
  return result;
}

const replaced = (text: string, value: string | number | boolean): string =>
  edited(text, ({ at }) => ({ kind: 'replace', at, value }));
const set = (text: string, path: string, value: Json): string =>
  edited(text, ({ at }) => ({ kind: 'set', owner: at, path: path.split('.'), value }));
const removed = (text: string): string => edited(text, (intent) => intent);

describe('replace in YAML', () => {
  const rows: readonly (readonly [string, string | number | boolean, string])[] = [
    ['a: «5001»', 5201, 'a: 5201'],
    ['a: «5001» # why', 5201, 'a: 5201 # why'],
    ['a: "«5001»"', 5201, 'a: "5201"'],
    ["a: '«5001»'", 5201, "a: '5201'"],
    ["a: '«x»'", "it's", "a: 'it''s'"],
    ['a: «false»', true, 'a: true'],
    ['a: { b: «1» }', 2, 'a: { b: 2 }'],
    ['a: "curl http://localhost:«5001»/"', 5201, 'a: "curl http://localhost:5201/"'],
    ['a: !Sub "${X}:«latest»"', '1.2', 'a: !Sub "${X}:1.2"'],
    ['a: |\n  curl localhost:«80»\n', 81, 'a: |\n  curl localhost:81\n'],
    ['a: «x»', 'a: b', 'a: "a: b"'],
  ];
  for (const [text, value, expected] of rows) {
    it(JSON.stringify(text), () => assert.equal(replaced(text, value), expected));
  }

  it('does nothing where no scalar stands', () => {
    assert.equal(replaced('«a: { b: 1 }»', 1), 'a: { b: 1 }');
  });
});

describe('set in YAML', () => {
  const rows: readonly (readonly [name: string, text: string, path: string, value: Json, expected: string])[] = [
    ['below the last property', '«a: 1\nb: 2»\n', 'c', true, 'a: 1\nb: 2\nc: true\n'],
    ['at the end of the file', '«a: 1»', 'c', 'x', 'a: 1\nc: x'],
    ['before the next mapping', 'x:\n  «a: 1 # one»\ny: 2\n', 'b', 2, 'x:\n  a: 1 # one\n  b: 2\ny: 2\n'],
    ['after nested values', 'x:\n  «a:\n    b: 1»\n\ny: 2\n', 'c', 3, 'x:\n  a:\n    b: 1\n  c: 3\n\ny: 2\n'],
    ['after a block text', 'x:\n  «a: |\n    one\n»\ny: 2\n', 'b', 1, 'x:\n  a: |\n    one\n  b: 1\n\ny: 2\n'],
    ['in an item', '- «a: 1»\n- b: 2\n', 'c', 3, '- a: 1\n  c: 3\n- b: 2\n'],
    ['with parents', 'x:\n    «a: 1»\n', 'b.c', { d: 1 }, 'x:\n    a: 1\n    b:\n        c:\n            d: 1\n'],
    ['into a parent', '«a:\n  b: 1»\n', 'a.c', 2, 'a:\n  b: 1\n  c: 2\n'],
    ['into an empty parent', '«a:»\nb: 1\n', 'a.c', 2, 'a:\n  c: 2\nb: 1\n'],
    [
      'a list',
      '«x:\n  - 1»\n',
      'z',
      ['CMD', 'a b: c', { k: 1, l: 2 }],
      'x:\n  - 1\nz:\n  - CMD\n  - "a b: c"\n  - k: 1\n    l: 2\n',
    ],
    ['a list without indent', '«x:\n- 1»\n', 'z', ['a'], 'x:\n- 1\nz:\n- a\n'],
    ['in flow style', 'x: «{ a: 1 }»\n', 'b', { c: true }, 'x: { a: 1, b: { c: true } }\n'],
    ['in an empty flow mapping', 'x: «{}»\n', 'b', 1, 'x: { b: 1 }\n'],
    ['over a scalar', '«a: 1»\n', 'a', 2, 'a: 2\n'],
    ['over nothing', '«a:»\n', 'a', 2, 'a: 2\n'],
    ['over a mapping', '«a:\n  b: 1»\nc: 2\n', 'a', { d: 3 }, 'a:\n  d: 3\nc: 2\n'],
    ['text that looks like a number', '«a: 1»\n', 'b', '256', 'a: 1\nb: "256"\n'],
    ['text that looks like a boolean', '«a: 1»\n', 'b', 'yes', 'a: 1\nb: "yes"\n'],
    ['not over a function', '«a: !Ref X»\n', 'a', 2, 'a: !Ref X\n'],
  ];
  for (const [name, text, path, value, expected] of rows) {
    it(name, () => assert.equal(set(text, path, value), expected));
  }

  it('keeps the line ends of the file', () => {
    assert.equal(set('«a: 1\r\nb: 2»\r\nc: 3\r\n', 'd.e', 4), 'a: 1\r\nb: 2\r\nc: 3\r\nd:\r\n  e: 4\r\n');
  });

  it('leaves merged properties where they stand', () => {
    const text = 'base: &base\n  a: 1\nx:\n  «<<: *base\n  b: 2»\n';
    assert.equal(set(text, 'c', 3), 'base: &base\n  a: 1\nx:\n  <<: *base\n  b: 2\n  c: 3\n');
    assert.equal(set(text, 'a', 3), text.replace(/[«»]/g, ''));
  });
});

describe('remove in YAML', () => {
  const rows: readonly (readonly [name: string, text: string, expected: string])[] = [
    ['a line', 'a: 1\n«b»: 2 # two\nc: 3\n', 'a: 1\nc: 3\n'],
    ['several lines', 'x:\n  a: 1\n  «b»:\n    c: 2\n    d: 3\ny: 1\n', 'x:\n  a: 1\ny: 1\n'],
    ['by its value', 'a: 1\nb: «2»\n', 'a: 1\n'],
    ['the only property, with its parent', 'x:\n  a:\n    «b»: 1\n  c: 2\n', 'x:\n  c: 2\n'],
    ['the first property of an item', '- «a»: 1\n  b: 2\n', '- b: 2\n'],
    ['an item', 'x:\n  - «{ a: 1 }»\n  - 2\n', 'x:\n  - 2\n'],
    ['the only item, with its list', 'x:\n  - «a»\ny: 1\n', 'y: 1\n'],
    ['in flow style', 'x: { a: 1, «b»: 2 }\n', 'x: { a: 1 }\n'],
    ['at the end', 'a: 1\n«b»: 2', 'a: 1\n'],
    ['with CRLF', 'a: 1\r\n«b»: 2\r\nc: 3\r\n', 'a: 1\r\nc: 3\r\n'],
  ];
  for (const [name, text, expected] of rows) {
    it(name, () => assert.equal(removed(text), expected));
  }
});
