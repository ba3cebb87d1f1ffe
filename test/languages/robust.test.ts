import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Expression } from '../../server/src/facts/expression.ts';
import { programs } from '../../server/src/sources/program.ts';
import { edited, extract, loadGrammars, showListeners } from './programs.ts';

before(() => loadGrammars('python', 'javascript', 'typescript', 'tsx'));

const python = `import os, argparse
from flask import Flask
from settings import (PORT as port, HOST)

app = Flask(__name__)
parser = argparse.ArgumentParser()
parser.add_argument("--port", "-p", type=int, default=5_201, help='🚀 port')


class Settings(BaseSettings):
    port: int = Field(8000, env="APP_PORT")

    class Config:
        env_prefix = "APP_"


@app.route("/<path:x>")
async def index(x, *, y=f"{HOST!r}:{port:>5}"):
    return {"a": [1, *x], **y} if x else None


def main():
    args = parser.parse_args()
    os.environ["A"] = "%s:%d" % (HOST, 5)
    try:
        app.run(host=os.environ.get("HOST", '''0.0.0.0'''), port=args.port or int(os.getenv("PORT", "80")))
    except (OSError, ValueError) as error:
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
`;

const script = `import express, { type Request } from 'express';
export * from './other';
const { PORT = 3_000, HOST: host = '🚀', ...rest } = process.env;
enum Level { Low, High = 5, 'Odd' = \`x\` }
export default class Server extends Base {
  static #count = 0;
  private app = express();
  constructor(private readonly port = Number(PORT) || 0x50, { deep: [, second = 2] } = {}) { super(); }
  async start(): Promise<void> {
    for await (const x of list) { if (x?.y!.z) continue; }
    this.app.listen({ port: this.port, host: \`\${host}:\${second}\` }, () => console.log('up'));
  }
}
module.exports = { start() { return new Server().start() }, ...rest };
(async () => { await import('./late').then((m) => m.run()); })();
require.main === module && app.listen(+process.env.PORT! as number ?? 8080, "0.0.0.0");
switch (x) { case 1: server.listen(/re/g.test(y) ? 1 : 2); default: }
`;

const cases = [
  ['.py', python],
  ['.ts', script],
  ['.js', script],
  ['.tsx', `${script}const view = <A b={1}>{x}</A>;\n`],
] as const;

function everyExpression(value: unknown, visit: (expression: Expression) => void): void {
  if (value === null || typeof value !== 'object') return;
  if ('kind' in value && 'at' in value) visit(value as Expression);
  for (const inner of Object.values(value)) everyExpression(inner, visit);
}

describe('programs that are broken', () => {
  for (const [extension, text] of cases) {
    it(`${extension}: cut anywhere`, () => {
      for (let end = 0; end < text.length; end += 5) {
        assert.doesNotThrow(() => extract(extension, text.slice(0, end)), `cut at ${end}`);
        if (end % 3 === 0) assert.doesNotThrow(() => extract(extension, text.slice(end)), `from ${end}`);
      }
    });

    it(`${extension}: characters lost or doubled`, () => {
      for (let at = 0; at < text.length; at += 17) {
        assert.doesNotThrow(() => extract(extension, text.slice(0, at) + text.slice(at + 2)));
        assert.doesNotThrow(() => extract(extension, text.slice(0, at) + text.slice(at - 1)));
        const span = { start: at, end: at + 3 };
        const at3 = { uri: `file:///app/main${extension}`, span };
        assert.doesNotThrow(() => edited(extension, text, { kind: 'replace', at: at3, value: 1 }));
        assert.doesNotThrow(() => edited(extension, text, { kind: 'set', owner: at3, path: ['host'], value: 'x' }));
      }
    });

    it(`${extension}: nested without end`, () => {
      for (const piece of [
        '(',
        '[{',
        'a.b(',
        'a?b:',
        '`${',
        'if x:\n ',
        'x = [',
        '"a" + ',
        'f().',
        'not ',
        '!',
        'class A {',
        '({a:',
      ]) {
        assert.doesNotThrow(() => extract(extension, piece.repeat(2_000)), piece);
      }
      assert.doesNotThrow(() => extract(extension, `x = ${'a + "b" + '.repeat(1_000)}1`));
    });

    it(`${extension}: a file too long to be written by hand says nothing`, () => {
      const program = extract(extension, `app.run(port=1);app.listen(1);\n${'#/'.repeat(300_000)}`);
      assert.deepEqual([program.listeners, program.definitions], [[], []]);
      // What it hides may listen.
      assert.deepEqual(
        program.imports.map(({ module, quiet }) => [module, quiet]),
        [['?', undefined]],
      );
    });
  }
});

describe('places', () => {
  for (const [extension, text] of cases) {
    for (const newline of ['\n', '\r\n']) {
      it(`${extension}: count UTF-16 units${newline === '\n' ? '' : ', with CRLF'}`, () => {
        const whole = `${extension === '.py' ? '#' : '//'} 🚀 é\n${text}`.replaceAll('\n', newline);
        const program = extract(extension, whole);
        let literals = 0;
        everyExpression(program, (expression) => {
          const { start, end } = expression.at.span;
          assert.ok(start >= 0 && start <= end && end <= whole.length);
          const written = whole.slice(start, end);
          if (expression.kind === 'name' && /^\w+$/.test(expression.name) && /^\w+$/.test(written)) {
            assert.equal(written, expression.name);
          }
          if (expression.kind !== 'literal' || typeof expression.value !== 'string') return;
          if (written.startsWith('parser.') || /\W/.test(expression.value)) return;
          literals++;
          assert.ok(written.includes(expression.value), `${written} for ${expression.value}`);
        });
        assert.ok(literals > 5);
        for (const listener of program.listeners) {
          assert.match(whole.slice(listener.at.span.start, listener.at.span.end), /\.(?:run|listen)\([\s\S]*\)$/);
        }
      });
    }

    it(`${extension}: says the same with both line ends`, () => {
      assert.deepEqual(
        showListeners(extract(extension, text.replaceAll('\n', '\r\n'))),
        showListeners(extract(extension, text)),
      );
      assert.ok(extract(extension, text).listeners.length > 0);
    });
  }
});

describe('programs as sources', () => {
  it('claim their files by extension, and wait until something leads to them', () => {
    const claiming = (name: string) => programs.filter((source) => source.claims(`file:///a/${name}`) === 'yes');
    for (const [name, id, grammar] of [
      ['app.py', 'python', 'python'],
      ['app.mjs', 'javascript', 'javascript'],
      ['app.CJS', 'javascript', 'javascript'],
      ['app.mts', 'typescript', 'typescript'],
      ['view.tsx', 'typescript', 'tsx'],
    ] as const) {
      assert.deepEqual(
        claiming(name).map((source) => [source.id, source.grammar?.(`file:///a/${name}`), source.discovery]),
        [[id, grammar, 'onDemand']],
      );
    }
    assert.deepEqual(claiming('app.pyc').concat(claiming('Dockerfile')), []);
  });

  it('give one program and no problems, also of broken code', () => {
    const source = programs.find(({ id }) => id === 'python');
    const facts = source?.extract({ uri: 'file:///a/app.py', text: 'app.run(port=1)\ndef (:' });
    assert.deepEqual([facts?.facts.map(({ kind }) => kind), facts?.problems], [['program'], []]);
  });
});
