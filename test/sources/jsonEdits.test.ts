import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json, Scalar } from '../../server/src/base/json.ts';
import { applyEdits, type Location, locationOf } from '../../server/src/base/text.ts';
import type { EditIntent } from '../../server/src/facts/edit.ts';
import { editJson, editJsonAll } from '../../server/src/sources/jsonEdits.ts';
import { parseJson } from '../../server/src/syntax/json.ts';
import { uri } from './marks.ts';

/** The place of the `count`-th occurrence of a piece. */
function place(text: string, piece: string, count = 1): Location {
  let start = -1;
  for (let i = 0; i < count; i++) start = text.indexOf(piece, start + 1);
  assert(start >= 0, piece);
  return locationOf(uri, start, start + piece.length);
}

function edit(text: string, ...intents: readonly EditIntent[]): string {
  const result = applyEdits(
    text,
    intents.length === 1 && intents[0] ? editJson({ uri, text }, intents[0]) : editJsonAll({ uri, text }, intents),
  );
  assert.deepEqual(parseJson(result).problems, [], result);
  return result;
}

function replace(text: string, piece: string, value: Scalar, count = 1): string {
  return edit(text, { kind: 'replace', at: place(text, piece, count), value });
}

function set(text: string, path: readonly string[], value: Json, owner?: string): string {
  const at = owner === undefined ? locationOf(uri, 0, text.trimEnd().length) : place(text, owner);
  return edit(text, { kind: 'set', owner: at, path, value });
}

function remove(text: string, ...pieces: readonly string[]): string {
  return edit(text, ...pieces.map((piece) => ({ kind: 'remove', at: place(text, piece) }) as const));
}

describe('replace', () => {
  const cases: readonly (readonly [string, string, Scalar, string])[] = [
    ['{"a": 5001}', '5001', 5201, '{"a": 5201}'],
    ['{"a": "5001"}', '5001', 5201, '{"a": "5201"}'],
    ['{"a": "5001"}', '"5001"', 5201, '{"a": "5201"}'],
    ['{"a": 5001}', '5001', '5201', '{"a": 5201}'],
    ['{"a": false}', 'false', true, '{"a": true}'],
    ['{"a": "false"}', 'false', true, '{"a": "true"}'],
    ['{"a": "curl http://localhost:5001/ || exit 1"}', '5001', 5201, '{"a": "curl http://localhost:5201/ || exit 1"}'],
    ['{"a": "x"}', 'x', 'say "hi"\\', '{"a": "say \\"hi\\"\\\\"}'],
    ['{"a": <PORT>}', '<PORT>', 80, '{"a": 80}'],
    ['{"a": null}', 'null', 'x', '{"a": "x"}'],
    ['{"a": /* c */ 1,\r\n}', '1', 2, '{"a": /* c */ 2,\r\n}'],
  ];
  for (const [text, piece, value, expected] of cases) {
    it(`${text} ← ${value}`, () => assert.equal(replace(text, piece, value), expected));
  }

  it('does nothing where no value stands', () => {
    for (const piece of ['"a"', '{', ':']) {
      assert.deepEqual(
        editJson({ uri, text: '{"a": 1}' }, { kind: 'replace', at: place('{"a": 1}', piece), value: 2 }),
        [],
      );
    }
  });
});

describe('set', () => {
  const breaker = { enable: true, rollback: true };
  const path = ['deploymentConfiguration', 'deploymentCircuitBreaker'];
  const cases: readonly (readonly [string, string, readonly string[], Json, string])[] = [
    ['adds below the last property', '{\n  "a": 1\n}\n', ['b'], 2, '{\n  "a": 1,\n  "b": 2\n}\n'],
    [
      'makes missing parents',
      '{\n    "a": 1\n}\n',
      path,
      breaker,
      '{\n    "a": 1,\n    "deploymentConfiguration": {\n        "deploymentCircuitBreaker": {\n            "enable": true,\n            "rollback": true\n        }\n    }\n}\n',
    ],
    [
      'adds in an existing parent, with tabs and CRLF',
      '{\r\n\t"deploymentConfiguration": {\r\n\t\t"maximumPercent": 200\r\n\t},\r\n\t"z": 1\r\n}',
      path,
      breaker,
      '{\r\n\t"deploymentConfiguration": {\r\n\t\t"maximumPercent": 200,\r\n\t\t"deploymentCircuitBreaker": {\r\n\t\t\t"enable": true,\r\n\t\t\t"rollback": true\r\n\t\t}\r\n\t},\r\n\t"z": 1\r\n}',
    ],
    ['keeps a trailing comma', '{\n  "a": 1,\n}', ['b'], 2, '{\n  "a": 1,\n  "b": 2,\n}'],
    ['keeps a comment behind the last property', '{\n  "a": 1 // one\n}', ['b'], 2, '{\n  "a": 1, // one\n  "b": 2\n}'],
    ['keeps comments below', '{\n  "a": 1\n  // end\n}', ['b'], 2, '{\n  "a": 1,\n  "b": 2\n  // end\n}'],
    ['keeps one-line objects on their line', '{ "a": 1 }', ['b'], 2, '{ "a": 1, "b": 2 }'],
    [
      'keeps compact objects compact',
      '{"a":1,"c":3}',
      ['b'],
      breaker,
      '{"a":1,"c":3,"b":{"enable":true,"rollback":true}}',
    ],
    ['fills an empty object', '{\n  "a": {}\n}', ['a', 'b'], 2, '{\n  "a": {\n    "b": 2\n  }\n}'],
    ['fills an empty file object', '{}', ['b'], 2, '{\n  "b": 2\n}'],
    ['fills an object that holds a comment', '{\n  // todo\n}\n', ['b'], 2, '{\n  // todo\n  "b": 2\n}\n'],
    ['replaces a value', '{\n  "a": { "b": [1] }\n}', ['a', 'b'], 2, '{\n  "a": { "b": 2 }\n}'],
    ['replaces a string inside its quotes', '{"a": "x"}', ['a'], 'y', '{"a": "y"}'],
    ['replaces a parent of another type', '{\n  "a": null\n}', ['a', 'b'], true, '{\n  "a": {\n    "b": true\n  }\n}'],
    ['walks into lists', '{"l": [{"a": 1}, {"a": 2}]}', ['l', '1', 'a'], 3, '{"l": [{"a": 1}, {"a": 3}]}'],
    [
      'writes lists of words on one line',
      '{\n  "a": 1\n}',
      ['c'],
      ['CMD', 'x'],
      '{\n  "a": 1,\n  "c": ["CMD", "x"]\n}',
    ],
    [
      'keeps templates',
      '{\n  "a": {{ a }},\n  "b": "${B}"\n}',
      ['c'],
      1,
      '{\n  "a": {{ a }},\n  "b": "${B}",\n  "c": 1\n}',
    ],
  ];
  for (const [name, text, at, value, expected] of cases) {
    it(name, () => assert.equal(set(text, at, value), expected));
  }

  it('finds the owner in the middle of a file', () => {
    const text = '{\n  "l": [\n    { "n": "a" },\n    {\n      "n": "b"\n    }\n  ]\n}';
    assert.equal(set(text, ['x'], 1, '{ "n": "a" }'), text.replace('"a" }', '"a", "x": 1 }'));
    assert.equal(set(text, ['x'], 1, '{\n      "n": "b"\n    }'), text.replace('"b"\n', '"b",\n      "x": 1\n'));
  });

  it('sets two properties of one object at once', () => {
    const text = '{\n  "a": 1\n}';
    const owner = locationOf(uri, 0, text.length);
    const intents: readonly EditIntent[] = ['b', 'c'].map((key) => ({ kind: 'set', owner, path: [key], value: 2 }));
    assert.equal(edit(text, ...intents), '{\n  "a": 1,\n  "b": 2,\n  "c": 2\n}');
  });
});

describe('remove', () => {
  const cases: readonly (readonly [string, string, readonly string[], string])[] = [
    ['the first', '{\n  "a": 1,\n  "b": 2\n}', ['a'], '{\n  "b": 2\n}'],
    ['one in the middle', '{\n  "a": 1,\n  "b": [\n    2\n  ],\n  "c": 3\n}', ['b'], '{\n  "a": 1,\n  "c": 3\n}'],
    ['the last', '{\r\n  "a": 1,\r\n  "b": 2\r\n}', ['b'], '{\r\n  "a": 1\r\n}'],
    ['the last with a trailing comma', '{\n  "a": 1,\n  "b": 2,\n}', ['b'], '{\n  "a": 1,\n}'],
    ['the only one', '{\n  "a": 1\n}', ['a'], '{\n}'],
    [
      'the only one of an object, with that object',
      '{\n  "o": {\n    "a": 1\n  },\n  "b": 2\n}',
      ['"a"'],
      '{\n  "b": 2\n}',
    ],
    ['the first two', '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', ['a', 'b'], '{\n  "c": 3\n}'],
    ['the last two', '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', ['b', 'c'], '{\n  "a": 1\n}'],
    ['the first and the last', '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}', ['a', 'c'], '{\n  "b": 2\n}'],
    ['all', '{\n  "a": 1,\n  "b": 2\n}', ['a', 'b'], '{\n}'],
    ['on one line', '{"a": 1, "b": 2, "c": 3}', ['b'], '{"a": 1, "c": 3}'],
    ['the last on one line', '{ "a": 1, "b": 2 }', ['b'], '{ "a": 1 }'],
    ['an entry of a list by its text', '{"l": ["x", "y"]}', ['y'], '{"l": ["x"]}'],
    ['an object of a list', '{"l": [{"a": 1}, {"b": 2}]}', ['{"a": 1}'], '{"l": [{"b": 2}]}'],
    ['by its value', '{\n  "a": "x",\n  "b": 2\n}', ['x'], '{\n  "b": 2\n}'],
    ['and keeps the comment above', '{\n  // note\n  "a": 1,\n  "b": 2\n}', ['a'], '{\n  // note\n  "b": 2\n}'],
    ['and keeps the comment behind', '{\n  "a": 1, // note\n  "b": 2\n}', ['"a"'], '{\n  // note\n  "b": 2\n}'],
  ];
  for (const [name, text, pieces, expected] of cases) {
    it(name, () => assert.equal(remove(text, ...pieces), expected));
  }

  it('does nothing for one of several that is not there', () => {
    const text = '{"a": 1, "b": 2}';
    const intents = [place(text, 'a'), locationOf(uri, 0, 1)].map((at) => ({ kind: 'remove', at }) as const);
    assert.deepEqual(editJsonAll({ uri, text }, intents), []);
  });
});
