import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { extract, loadGrammars, show, showDefinitions, showScope } from './programs.ts';

before(() => loadGrammars('javascript', 'typescript'));

const expressions: readonly (readonly [text: string, shown: string])[] = [
  ['process.env.PORT', '$PORT'],
  ["process.env['PORT']", '$PORT'],
  ['process.env[name]', '$name'],
  ['process.env?.PORT', '$PORT'],
  ['+process.env.PORT!', 'Number($PORT)'],
  ['parseInt(process.env.PORT as string, 10)', 'parseInt($PORT, 10)'],
  ['Number(process.env.PORT) || 3000', '(Number($PORT) or 3000)'],
  ['a ?? b ?? 3', '(a ?? b ?? 3)'],
  ['a || (b ?? 3)', '(a or (b ?? 3))'],
  ["Deno.env.get('PORT') ?? '8000'", '($PORT ?? "8000")'],
  ['Bun.env.PORT', '$PORT'],
  ['import.meta.env.PORT', '?.env.PORT'],
  ['env.PORT', '$PORT'],
  ['`${host}:${port}`', 'concat(host, ":", port)'],
  ['`3000`', '"3000"'],
  ['``', '""'],
  ["'0.0.0.0:' + port", 'concat("0.0.0.0:", port)'],
  ['base + 1', '?'],
  ['a ? 1 : 2', '(a ? 1 : 2)'],
  ["process.env.NODE_ENV === 'production' ? 80 : 3000", '(($NODE_ENV == "production") ? 80 : 3000)'],
  ['!a && b !== 1', '(not a and (b != 1))'],
  ['0x1451', '5201'],
  ['5_000', '5000'],
  ['undefined', 'null'],
  ["config.get<number>('PORT', 3000)", 'config.get("PORT", 3000)'],
  ["config?.server?.['port']", 'config.server.port'],
  ['{ port, "host": h, nested: { a: 1 } }', '{port: port, host: h, nested: {a: 1}}'],
  ['{ ...other, port: 1 }', '{port: 1, …}'],
  ['{ [key]: 1, [`b`]: 2 }', '{b: 2, …}'],
  ['{ port: 80 } as const satisfies Config', '{port: 80}'],
  ["[require('./config').port]", '[require("./config").port]'],
  ['new Foo(1).port', 'Foo(1).port'],
  ['process.argv[2] || 3000', '(argv.positional(1) or 3000)'],
  ['args[0]', 'argv.positional(1)'],
  ['process.argv.length > 2 ? process.argv[2] : 80', '((argv.positional(1) != null) ? argv.positional(1) : 80)'],
  ["'a\\n\\u0041\\x42'", '"a\\nAB"'],
  ['(1, 2)', '2'],
  ['[1, x]', '[1, x]'],
  ['() => 1', '?'],
  ['await load()', 'load()'],
];

describe('TypeScript: expressions', () => {
  const head = "import { env } from 'node:process';\nconst args = process.argv.slice(2);\n";
  for (const [text, shown] of expressions) {
    it(text, () => {
      const { definitions } = extract('.ts', `${head}const value = ${text};\n`);
      const definition = definitions.find(({ name }) => name === 'value');
      if (text === '() => 1') {
        assert.equal(definition?.value.kind, 'function');
        return;
      }
      assert.ok(definition && definition.value.kind !== 'function' && definition.value.kind !== 'class');
      assert.equal(show(definition.value), shown);
    });
  }
});

const definitions: readonly (readonly [name: string, text: string, ...definitions: readonly string[]])[] = [
  [
    'destructured environment',
    'const { PORT = 3000, HOST: host, ...rest } = process.env',
    'PORT = $PORT|3000',
    'host = $HOST',
    'rest = ?',
  ],
  [
    'nested patterns',
    'const { server: { port = 1 }, list: [, second] } = config',
    'port = (config.server.port ?? 1)',
    'second = config.list[1]',
  ],
  ['argv by place', 'const [, , port] = process.argv', 'port = process.argv[2]'],
  [
    'functions',
    'function f(a, b = 1) { return a; }\nconst g = (x) => x.port;\nconst h = async function () { return 1 }',
    'f = (a, b=1) => [a]',
    'g = (x) => [x.port]',
    'h = () => [1]',
  ],
  [
    'parameters that are patterns',
    'function f({ port = 1 } = {}) { app.listen(port) }',
    'f = ({0}={}) => []',
    '[f] port = ({0}.port ?? 1)',
  ],
  [
    'returns of inner functions are their own',
    'function f() { list.map(() => { return 1 }); return 2 }',
    'f = () => [2]',
  ],
  [
    'classes',
    'class A extends B { static port = 1; host = "x"; start = () => 1; m() {} }',
    'A = class(B) {port: 1, host: "x"}',
    '[A] start = () => [1]',
    '[A] m = () => []',
  ],
  [
    'instances',
    'class A { constructor(private readonly port: number, q = 5) { this.q = q } }',
    'A = class() {}',
    '[A] constructor = (port, q=5) => []',
    '[A.constructor] this.q = q',
    '[A.constructor] this.port = port',
  ],
  ['enums', 'enum Port { Http = 3000, Admin, Name = "x" }', 'Port = {Http: 3000, Admin: 3001, Name: "x"}'],
  [
    'methods of objects',
    'const server = { port: 1, start() { return 1 }, stop: () => {} }',
    'server = {port: 1, start: ?, stop: () => }',
    'server.start = () => [1]',
    'server.stop = () => []',
  ],
  [
    'branches',
    'let p;\nif (a) p = 1; else if (b) { p = 2 } else p = 3',
    '[if a] p = 1',
    '[if (not a and b)] p = 2',
    '[if (not a and not b)] p = 3',
  ],
  ['members', 'config.port = 80; p += 1; p++', 'config.port = 80', 'p = ?', 'p = ?'],
  [
    'yargs',
    "const argv = require('yargs').option('port', { alias: 'p', default: 3000 }).argv;\nconst p = argv.port",
    'argv = require("yargs").option("port", {alias: "p", default: 3000}).argv',
    'p = argv.option("--port", "-p", default=3000)',
  ],
  [
    'minimist',
    "const minimist = require('minimist');\nconst args = minimist(process.argv.slice(2));\nconst p = args.port",
    'args = minimist(process.argv.slice(2))',
    'p = argv.option("--port")',
  ],
  [
    'commander',
    "const { program } = require('commander');\nprogram.option('-p, --http-port <n>', 'x', 3000);\nconst o = program.opts();\nconst p = o.httpPort",
    'o = program.opts()',
    'p = argv.option("-p", "--http-port", default=3000)',
  ],
];

describe('TypeScript: definitions', () => {
  for (const [name, text, ...expected] of definitions) {
    it(name, () => assert.deepEqual(showDefinitions(extract('.ts', text).definitions), expected));
  }
});

const modules: readonly (readonly [text: string, imports: readonly string[], exports: readonly string[]])[] = [
  [
    "import a, { b as c, type D } from './m'; import * as n from './n'; import './side'",
    ['./m default a', './m b c', './m D D', './n * n', './side - '],
    [],
  ],
  ["import type { X } from './types'", [], []],
  ["import config = require('./config')", ['./config - config'], []],
  [
    "const a = require('./m'); const { b, c: d } = require('./n'); const e = require('./o').port",
    ['./m - a', './n b b', './n c d', './o port e'],
    [],
  ],
  ["require('./server'); require('./app')(1)", ['./server - ', './app - '], []],
  ["await import('./late')", ['./late - '], []],
  ["export const port = 80, host = 'x'", [], ['port = 80', 'host = "x"']],
  ['const a = 1; export { a, a as b }; export default a', [], ['a = a', 'b = a', 'default = a']],
  ['export default { port: 80 }', [], ['default = {port: 80}']],
  ['export default function main() {}', [], ['default = main']],
  ['export default () => 5', [], ['default = default']],
  ['export async function start(p = 1) {}', [], ['start = (p=1) => []']],
  [
    "export * from './a'; export * as b from './b'; export { c as d } from './c'",
    ['./a * *', './b - ', './c - '],
    ['b = require("./b")', 'd = require("./c").c'],
  ],
  ['module.exports = { port: 80, start() {}, stop: async () => {} }', [], ['* = {port: 80, start: start, stop: stop}']],
  ['module.exports = app', [], ['* = app']],
  ['module.exports = () => {}', [], ['* = module.exports']],
  ['exports = module.exports = { a: 1 }', [], ['* = {a: 1}']],
  ['exports.port = 80; module.exports.start = function () {}', [], ['port = 80', 'start = start']],
  ['export enum Port { Http = 80 }', [], ['Port = {Http: 80}']],
  ['const app = 1; export = app', [], ['* = app']],
];

describe('TypeScript: modules', () => {
  for (const [text, imports, exports] of modules) {
    it(text, () => {
      const program = extract('.ts', text);
      assert.deepEqual(
        program.imports.map(({ module, name, local }) => `${module} ${name ?? '-'} ${local}`),
        imports,
      );
      assert.deepEqual(showDefinitions(program.exports), exports);
    });
  }

  it('defines the functions that exports hold', () => {
    const names = (text: string) => extract('.js', text).definitions.map(({ name }) => name);
    assert.deepEqual(names('module.exports = { start() {} }'), ['start']);
    assert.deepEqual(names('exports.start = () => {}'), ['start', 'exports.start']);
    assert.deepEqual(names('export default () => 5'), ['default']);
  });
});

describe('JavaScript: scopes and calls', () => {
  const scopes: readonly (readonly [text: string, scope: string])[] = [
    ['app.listen(1)', ''],
    ['async function start() { app.listen(1) }', 'start'],
    ['const start = async () => { await db(); app.listen(1) }', 'start'],
    ['class Server { start() { this.app.listen(1) } }', 'Server.start'],
    ['mongoose.connect(x).then(() => app.listen(1))', ''],
    ['function start() { db(() => { app.listen(1) }) }', 'start'],
    ['(async () => { app.listen(1) })()', ''],
    ['if (require.main === module) app.listen(1)', 'main'],
    ['if (module === require.main) { app.listen(1) }', 'main'],
    ['if (!module.parent) { app.listen(1) }', 'main'],
    ["if (typeof require !== 'undefined' && require.main === module) { app.listen(1) }", 'main'],
    ['if (require.main !== module) { x() } else { app.listen(1) }', 'main'],
    ['if (import.meta.url === pathToFileURL(process.argv[1]).href) { app.listen(1) }', 'main'],
    ['if (import.meta.main) app.listen(1)', 'main'],
    ['require.main === module && app.listen(1)', 'main'],
    ["if (process.env.NODE_ENV !== 'test') { app.listen(1) }", 'if ($NODE_ENV != "test")'],
    ['if (cluster.isMaster) { fork() } else { app.listen(1) }', 'unless cluster.isMaster'],
    ['try { app.listen(1) } catch (e) {}', ''],
    ['try { x() } catch (e) { app.listen(1) }', 'if ?'],
    ['for (const x of y) app.listen(1)', 'if ?'],
    ['ready || app.listen(1)', 'if not ready'],
    ['module.exports = { start() { app.listen(1) } }', 'start'],
    ['const server = { start() { app.listen(1) } }', 'server.start'],
  ];
  for (const [text, scope] of scopes) {
    it(text, () => {
      assert.deepEqual(
        extract('.js', text).listeners.map((listener) => showScope(listener.scope)),
        [scope],
      );
    });
  }

  it('calls of own and imported functions, and functions that are handed on', () => {
    const text = `import { start } from './server';
function main() {}
main();
start({ port: 80 });
connect().then(main);
setTimeout(main, 10);
const s = new Server(80);
s.start();
console.log(main);
`;
    const calls = extract('.ts', text).calls.map(
      ({ callee, arguments: given }) => `${callee}(${given.map(({ value }) => show(value)).join()})`,
    );
    assert.deepEqual(calls, [
      'main()',
      'start({port: 80})',
      'then(main)',
      'connect()',
      'setTimeout(main,10)',
      'Server(80)',
      's.start()',
    ]);
  });

  it('environment writes and files', () => {
    const text = `require('dotenv').config();
import 'dotenv/config';
import dotenv from 'dotenv';
dotenv.config({ path: '.env.prod' });
process.env.PORT = '80';
process.env['HOST'] = 'x';
`;
    const program = extract('.js', text);
    assert.deepEqual(
      program.environmentFiles.map(({ path }) => show(path)),
      ['-', '-', '".env.prod"'],
    );
    assert.deepEqual(showDefinitions(program.environmentWrites), ['PORT = "80"', 'HOST = "x"']);
  });
});
