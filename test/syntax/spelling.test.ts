// Where the parts of a string stand that the file spells with escapes, doubled quotes or over several lines.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJson } from '../../server/src/syntax/json.ts';
import { entryOf, type Tree } from '../../server/src/syntax/tree.ts';
import { parseYaml } from '../../server/src/syntax/yaml.ts';

/** Each run must say in the file what the value says, and together they must hold `port`. */
function checkRuns(text: string, tree: Tree, port: string): void {
  const node = tree.root?.kind === 'object' ? entryOf(tree.root, 'command')?.value : undefined;
  assert.ok(node?.kind === 'string' && node.runs, 'a string with runs');
  for (const { start, end, at } of node.runs) {
    assert.equal(text.slice(at, at + end - start), node.value.slice(start, end));
  }
  const index = node.value.indexOf(port);
  assert.ok(index >= 0);
  const run = node.runs.find(({ start, end }) => start <= index && index + port.length <= end);
  assert.ok(run, 'a run with the port');
  assert.equal(run.at + index - run.start, text.indexOf(port));
}

const json: Readonly<Record<string, string>> = {
  'escaped quotes': String.raw`{ "command": "node -e \"get('http://localhost:8800/')\" || exit 1" }`,
  'an escape of four digits': String.raw`{ "command": "\ud83d\ude80 \u0022 http://localhost:8800/" }`,
  'a tab': String.raw`{ "command": "curl\thttp://localhost:8800/" }`,
};

const yaml: Readonly<Record<string, string>> = {
  'double quotes': String.raw`command: "node -e \"get('http://localhost:8800/')\" \U0001F680 || exit 1"`,
  'single quotes': `command: 'node -e "get(''http://localhost:8800/'')" || exit 1'`,
  'a block': 'command: |\n  set -e\n    echo \\n\n  curl http://localhost:8800/\n',
  'a folded block with CRLF': 'command: >-\r\n  curl -f\r\n  http://localhost:8800/\r\n\r\n  -v\r\n',
  'double quotes over lines': 'command: "curl -f \\\n    http://localhost:8800/ &&\n    \\x22true"',
  'plain text over lines': 'command: curl\n    -f\n    http://localhost:8800/\n',
};

describe('strings that are spelled otherwise', () => {
  for (const [name, text] of Object.entries(json))
    test(`JSON: ${name}`, () => checkRuns(text, parseJson(text), '8800'));
  for (const [name, text] of Object.entries(yaml))
    test(`YAML: ${name}`, () => checkRuns(text, parseYaml(text), '8800'));
  test('a string that says what stands there has no runs', () => {
    const { root } = parseJson('"curl"');
    assert.ok(root?.kind === 'string');
    assert.equal(root.runs, undefined);
  });
});
