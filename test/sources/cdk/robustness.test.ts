// CDK programs that are cut, damaged or made to go on for ever: nothing throws, nothing hangs, nothing is guessed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { sources } from '../../../server/src/sources/index.ts';
import { loadGrammars, pythonStack, root, settle, stack, type Texts } from './app.ts';

before(loadGrammars);

const workspaces = 'test/workspaces';

function texts(folder: string, paths: readonly string[]): Texts {
  return Object.fromEntries(paths.map((path) => [path, readFileSync(`${workspaces}/${folder}/infra/${path}`, 'utf8')]));
}

const apps: readonly (readonly [name: string, texts: Texts, file: string])[] = [
  [
    'TypeScript',
    texts('nine-am-cdk', ['cdk.json', 'bin/infra.ts', 'lib/flask-app-stack.ts']),
    'lib/flask-app-stack.ts',
  ],
  [
    'Python',
    texts('nine-am-cdk-python', ['cdk.json', 'app.py', 'flask_app/stack.py', 'flask_app/__init__.py']),
    'flask_app/stack.py',
  ],
];

for (const [name, app, file] of apps) {
  describe(name, () => {
    const text = app[file] ?? '';

    it('cut anywhere', () => {
      for (let end = 0; end < text.length; end += 37) settle({ ...app, [file]: text.slice(0, end) });
    });

    it('with a piece missing anywhere', () => {
      for (let start = 0; start < text.length; start += 53) {
        settle({ ...app, [file]: text.slice(0, start) + text.slice(start + 29) });
      }
    });

    it('edits of the damaged text stay in it', () => {
      const uri = `${root}/${file}`;
      const source = sources.find((one) => one.discovery === 'onDemand' && one.claims(uri) === 'yes');
      assert(source);
      for (let start = 0; start < text.length; start += 41) {
        const at = { uri, span: { start, end: Math.min(text.length, start + 17) } };
        const edits = [
          ...source.edit({ uri, text }, { kind: 'replace', at, value: 3000 }),
          ...source.edit({ uri, text }, { kind: 'set', owner: at, path: ['desiredCount'], value: 2 }),
          ...source.edit({ uri, text }, { kind: 'remove', at }),
        ];
        assert(edits.every(({ span }) => 0 <= span.start && span.end <= text.length));
      }
    });
  });
}

const endless: readonly (readonly [what: string, texts: Texts])[] = [
  ['a function that calls itself twice', stack('const f = (n) => [f(n), f(n)]; f(1);')],
  ['a class that makes itself', stack('class A { constructor() { new A(); new A(); } } new A();')],
  ['a loop without an end', stack('while (true) { new ecs.FargateTaskDefinition(this, "Task"); }')],
  [
    'loops in loops',
    stack(`const many = [${'1,'.repeat(150)}];
many.forEach(() => many.forEach(() => many.forEach(() => new ecs.FargateTaskDefinition(this, 'Task'))));`),
  ],
  ['files that import each other', stack('', { 'bin/other.ts': `import { x } from './app'; export const y = x;` })],
  ['a class that extends itself', stack('class A extends A {} new A().x();')],
  ['conditions behind conditions', stack('let a = 1; '.concat('a = process.env.X ? a : a; '.repeat(40)))],
  ['texts that double', stack(`let a = 'x'; ${'a = a + a; '.repeat(60)}`)],
  ['lists that double', stack(`let a = [1]; ${'a = a.concat(a); '.repeat(40)}`)],
  ['spreads that double', stack(`let a = { k: 1 }; ${'a = { ...a, ...a }; '.repeat(40)}`)],
  ['deep brackets', stack(`const a = ${'['.repeat(2000)}${']'.repeat(2000)};`)],
  ['Python that calls itself', pythonStack('def f(n):\n    return [f(n), f(n), f(n)]\nf(1)')],
  ['Python whose classes nest', pythonStack('class A:\n    def __init__(self):\n        A()\n        A()\nA()')],
];

describe('programs without an end', () => {
  for (const [what, app] of endless) {
    it(what, { timeout: 5000 }, () => {
      settle(app);
    });
  }
});

describe('cdk.json', () => {
  for (const text of [
    '',
    '{',
    '[]',
    '{"app": 3}',
    '{"app": ["node"]}',
    '{"app": ""}',
    '\u0000\ufffe{"app": "node \\"" }',
  ]) {
    it(JSON.stringify(text), () => assert.deepEqual(settle({ 'cdk.json': text }).facts, []));
  }
});
