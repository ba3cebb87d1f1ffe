import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Location } from '../../server/src/base/text.ts';
import type { EditIntent } from '../../server/src/facts/edit.ts';
import type { Expression } from '../../server/src/facts/expression.ts';
import type { Listener } from '../../server/src/facts/program.ts';
import { edited, extract, loadGrammars, showListener } from './programs.ts';

before(() => loadGrammars('python', 'javascript', 'typescript', 'tsx'));

/** The literal inside of an expression that a person would change. */
function literalIn(expression: Expression | undefined): Location | undefined {
  switch (expression?.kind) {
    case 'literal':
      return expression.at;
    case 'environment':
      return literalIn(expression.default);
    case 'fallback':
      return literalIn(expression.options.at(-1));
    case 'call':
      return literalIn(expression.arguments[0]?.value);
    case 'concat':
      return literalIn(expression.parts[0]);
    default:
      return undefined;
  }
}

function firstListener(extension: string, text: string): Listener {
  const [listener] = extract(extension, text).listeners;
  assert.ok(listener, text);
  return listener;
}

const replacements: readonly (readonly [
  extension: string,
  text: string,
  part: 'host' | 'port' | 'address',
  value: string | number,
  after: string,
])[] = [
  ['.py', 'app.run(host="127.0.0.1", port=1)', 'host', '0.0.0.0', 'app.run(host="0.0.0.0", port=1)'],
  ['.py', "app.run(host='localhost', port=5_201)", 'port', 5001, "app.run(host='localhost', port=5001)"],
  [
    '.py',
    'app.run(port=int(os.environ.get("PORT", "80")))',
    'port',
    5001,
    'app.run(port=int(os.environ.get("PORT", "5001")))',
  ],
  ['.py', 'app.run(host=f"127.0.0.1", port=1)', 'host', '0.0.0.0', 'app.run(host=f"0.0.0.0", port=1)'],
  ['.py', 's.add_insecure_port(f"127.0.0.1:{port}")', 'address', '0.0.0.0:', 's.add_insecure_port(f"0.0.0.0:{port}")'],
  ['.py', "app.run(host='x', port=1)", 'host', "a'b\\", "app.run(host='a\\'b\\\\', port=1)"],
  ['.js', 'app.listen(3000, "127.0.0.1")', 'host', '0.0.0.0', 'app.listen(3000, "0.0.0.0")'],
  ['.js', 'app.listen(process.env.PORT || 0x1451)', 'port', 5001, 'app.listen(process.env.PORT || 5001)'],
  [
    '.ts',
    "app.listen({ port: +(process.env.PORT ?? '80') })",
    'port',
    5001,
    "app.listen({ port: +(process.env.PORT ?? '5001') })",
  ],
  ['.ts', 's.bindAsync(`127.0.0.1:${port}`, c)', 'address', '0.0.0.0:', 's.bindAsync(`0.0.0.0:${port}`, c)'],
];

describe('replacing a literal', () => {
  for (const [extension, text, part, value, after] of replacements) {
    it(`${text} → ${value}`, () => {
      const at = literalIn(firstListener(extension, text)[part]);
      assert.ok(at);
      assert.equal(edited(extension, text, { kind: 'replace', at, value }), after);
      const changed = literalIn(firstListener(extension, after)[part]);
      assert.ok(changed);
      assert.equal(changed.span.start, at.span.start);
    });
  }

  it('changes a part of a string', () => {
    const text = 'server.add_insecure_port("[::]:50051")';
    const start = text.indexOf('50051');
    const at = { uri: 'file:///app/main.py', span: { start, end: start + 5 } };
    assert.equal(edited('.py', text, { kind: 'replace', at, value: 9000 }), 'server.add_insecure_port("[::]:9000")');
  });

  it('changes nothing that is no literal', () => {
    for (const [extension, text] of [
      ['.py', 'app.run(port=PORT)'],
      ['.js', 'app.listen(PORT)'],
      ['.js', 'app.listen(`${PORT}`)'],
    ] as const) {
      const start = text.indexOf('PORT');
      const at = { uri: `file:///app/main${extension}`, span: { start, end: start + 4 } };
      assert.equal(edited(extension, text, { kind: 'replace', at, value: 80 }), text);
    }
    const at = { uri: 'file:///app/main.py', span: { start: 3, end: 900 } };
    assert.equal(edited('.py', 'app.run(port=1)', { kind: 'replace', at, value: 80 }), 'app.run(port=1)');
  });
});

const flask = 'from flask import Flask\napp = Flask(__name__)\n';
const fastify = "const app = require('fastify')();\n";
const express = "const app = require('express')();\n";
const ws = "import { WebSocketServer } from 'ws';\n";
const apollo = "import { startStandaloneServer } from '@apollo/server/standalone';\n";

const additions: readonly (readonly [
  extension: string,
  head: string,
  text: string,
  key: 'host' | 'port',
  after: string,
])[] = [
  ['.py', flask, "app.run(port=5201, use='x')", 'host', "app.run(port=5201, use='x', host='0.0.0.0')"],
  ['.py', flask, 'app.run("x")', 'port', 'app.run("x", port=8080)'],
  ['.py', flask, 'app.run()', 'host', "app.run(host='0.0.0.0')"],
  ['.py', flask, 'app.run(port=1, debug="a",)', 'host', 'app.run(port=1, debug="a", host="0.0.0.0",)'],
  ['.py', flask, 'app.run(\n    port=1,  # why\n)', 'host', "app.run(\n    port=1,  # why\n    host='0.0.0.0',\n)"],
  [
    '.py',
    flask,
    'app.run(\n    debug=True,\n    port=1,\n)',
    'host',
    "app.run(\n    debug=True,\n    port=1,\n    host='0.0.0.0',\n)",
  ],
  ['.py', flask, 'app.run(host="127.0.0.1")', 'host', 'app.run(host="0.0.0.0")'],
  ['.py', 'import gradio as gr\n', 'gr.Interface(f).launch()', 'host', "gr.Interface(f).launch(server_name='0.0.0.0')"],
  ['.js', fastify, 'app.listen({ port: 3000 })', 'host', "app.listen({ port: 3000, host: '0.0.0.0' })"],
  ['.js', fastify, 'app.listen({\n  port: 3000,\n})', 'host', "app.listen({\n  port: 3000,\n  host: '0.0.0.0',\n})"],
  ['.js', fastify, 'app.listen()', 'host', "app.listen({ host: '0.0.0.0' })"],
  ['.js', fastify, 'app.listen(3000)', 'host', "app.listen(3000, '0.0.0.0')"],
  ['.js', express, 'app.listen(3000)', 'host', "app.listen(3000, '0.0.0.0')"],
  ['.js', express, 'app.listen(3000, () => {})', 'host', "app.listen(3000, '0.0.0.0', () => {})"],
  ['.js', express, 'app.listen(() => {})', 'port', 'app.listen(8080, () => {})'],
  ['.js', express, 'app.listen()', 'port', 'app.listen(8080)'],
  ['.js', "import Koa from 'koa';\n", 'new Koa().listen(3000)', 'host', "new Koa().listen(3000, '0.0.0.0')"],
  ['.ts', ws, 'new WebSocketServer({ port: 1 })', 'host', "new WebSocketServer({ port: 1, host: '0.0.0.0' })"],
  ['.ts', apollo, 'startStandaloneServer(s)', 'port', 'startStandaloneServer(s, { listen: { port: 8080 } })'],
  [
    '.ts',
    apollo,
    'startStandaloneServer(s, { listen: { port: 1 } })',
    'host',
    "startStandaloneServer(s, { listen: { port: 1, host: '0.0.0.0' } })",
  ],
  ['.ts', '', 'Bun.serve({ fetch })', 'port', 'Bun.serve({ fetch, port: 8080 })'],
  ['.ts', '', 'Deno.serve({}, f)', 'host', "Deno.serve({ hostname: '0.0.0.0' }, f)"],
];

describe('adding what a call leaves out', () => {
  const values = { host: '0.0.0.0', port: 8080 } as const;
  for (const [extension, head, text, key, after] of additions) {
    for (const newline of ['\n', '\r\n']) {
      it(`${JSON.stringify(text)}: ${key}${newline === '\n' ? '' : ' (CRLF)'}`, () => {
        const lines = (part: string) => part.replaceAll('\n', newline);
        const before = firstListener(extension, lines(head + text));
        const intent: EditIntent = { kind: 'set', owner: before.at, path: [key], value: values[key] };
        const result = edited(extension, lines(head + text), intent);
        assert.equal(result, lines(head + after));
        const listener = firstListener(extension, result);
        assert.ok(showListener(listener).includes(`${key} ${JSON.stringify(values[key])}`), showListener(listener));
        const other = key === 'host' ? 'port' : 'host';
        assert.equal(listener[other]?.kind, before[other]?.kind);
      });
    }
  }

  it('adds nothing where the call takes it from elsewhere', () => {
    for (const [extension, text] of [
      ['.py', `${flask}app.run(**options)`],
      ['.py', `${flask}app.run(host=HOST)`],
      ['.py', 's.add_insecure_port(address)'],
      ['.js', `${fastify}app.listen({ port: 1, ...options })`],
      ['.js', `${express}app.listen(() => {})`],
      ['.js', 's.bindAsync(address, f)'],
    ] as const) {
      const owner = firstListener(extension, text).at;
      assert.equal(edited(extension, text, { kind: 'set', owner, path: ['host'], value: '0.0.0.0' }), text);
    }
    const owner = firstListener('.py', `${flask}app.run()`).at;
    for (const path of [[], ['debug'], ['host', 'x']]) {
      assert.equal(edited('.py', `${flask}app.run()`, { kind: 'set', owner, path, value: 1 }), `${flask}app.run()`);
    }
  });
});
