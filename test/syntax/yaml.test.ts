import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseYaml, parseYamlDocuments } from '../../server/src/syntax/yaml.ts';
import { cpuMilliseconds } from '../cpuTime.ts';
import { plain } from './treePlain.ts';

describe('YAML', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    [
      'scalars',
      "a: 1\nb: 1.50\nc: true\nd: 'it''s'\ne: \"x\\ty\"\nf:\ng: ~\non: x\n",
      { a: 1, b: 1.5, c: true, d: "it's", e: 'x\ty', f: null, g: null, on: 'x' },
    ],
    ['blocks', 'a: |\n  one\n  two\nb: >-\n  one\n  two\n', { a: 'one\ntwo\n', b: 'one two' }],
    ['flow', 'a: [1, {b: c}]\n', { a: [1, { b: 'c' }] }],
    ['short tags', 'a: !Sub "${X}/y"\nb: !Ref Z\n', { a: '!Sub t:${X}/y', b: '!Ref Z' }],
    ['aliases', 'a: &x {b: 1}\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
    ['merge keys', 'a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
    ['unknown aliases', 'a: *x\n', { a: 'T:*x' }],
    [
      'templates',
      'a: {{ a }}\nb: ${PORT}\nc: "<X>/y"\nd: [%X%, ${Y}]\n',
      { a: 't:{{ a }}', b: 't:${PORT}', c: 't:<X>/y', d: ['t:%X%', 't:${Y}'] },
    ],
    ['control lines', 'a: 1\n{{ if .X }}\nb: 2\n{{ end }}\nc: {d: 1}\n', { a: 1, b: '2?', c: { d: 1 }, '…': true }],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => {
      for (const version of [text, text.replaceAll('\n', '\r\n')]) {
        const actual = JSON.stringify(plain(parseYaml(version).root)).replaceAll('\\r\\n', '\\n');
        assert.deepEqual(JSON.parse(actual), expected);
      }
    });
  }

  it('reads every document', () => {
    assert.deepEqual(
      parseYamlDocuments('a: 1\n---\nb: 2\n').map((tree) => plain(tree.root)),
      [{ a: 1 }, { b: 2 }],
    );
  });

  it('keeps the text of numbers and the inside of quotes', () => {
    const text = 'a: 1.20\nb: "x"\nc: |\n  one\n';
    const { root } = parseYaml(text);
    assert(root?.kind === 'object');
    const [number, string, block] = root.entries.map((entry) => entry.value);
    assert(number?.kind === 'number' && string?.kind === 'string' && block?.kind === 'string');
    assert.equal(number.text, '1.20');
    assert.equal(text.slice(string.inner.start, string.inner.end), 'x');
    assert.equal(text.slice(block.inner.start, block.inner.end), '  one\n');
  });

  it('says what is broken and spoils what it touches', () => {
    const tree = parseYaml('good: {a: 1}\nbad: {a: [1, 2\n');
    assert(tree.problems.length > 0);
    assert(tree.root?.kind === 'object');
    assert.equal(tree.root.complete, false);
    assert.deepEqual(plain(tree.root.entries[0]?.value), { a: 1 });
  });

  it('takes quoted texts whose later lines are not indented, as CloudFormation does', () => {
    const text = `a:\n  b: !Sub '{\n"x": "it''s"\n  }'\n  c: "one\n  two"\nd: 1\n`;
    const tree = parseYaml(text);
    assert.deepEqual(tree.problems, []);
    assert(tree.root?.kind === 'object' && tree.root.complete);
    assert.deepEqual(
      tree.root.entries.map((entry) => entry.key),
      ['a', 'd'],
    );
    assert.match(JSON.stringify(plain(tree.root)), /it's/);
    assert(parseYaml("a: 'x\nb: 1\n").problems.length > 0);
  });

  it('bounds aliases that multiply', () => {
    const names = 'abcdefghijkl';
    const lines = [...names].map((name, index) => {
      const inner = index === 0 ? '1' : `*${names[index - 1]}`;
      return `${name}: &${name} [${Array(9).fill(inner).join(', ')}]`;
    });
    const text = JSON.stringify(plain(parseYaml(lines.join('\n')).root));
    assert(text.includes('T:*'));
    assert(text.length < 1_000_000);
  });

  it('refuses nesting that would end the process', () => {
    for (const text of ['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(50_000), '? '.repeat(100_000)]) {
      assert.match(parseYaml(text).problems[0]?.message ?? '', /too deep/);
    }
  });

  it('takes any text in bounded time', () => {
    for (const piece of ['&a ', ']', '{{ if }}\n', 'a: "x\n', '\t- a\n', '%\n', '!a ', '---\n', "'", ': ']) {
      const start = cpuMilliseconds();
      parseYamlDocuments(piece.repeat(30_000));
      assert(cpuMilliseconds() - start < 3000, piece);
    }
  });
});
