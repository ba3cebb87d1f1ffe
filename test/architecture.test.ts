// Holds the code to server/ARCHITECTURE.md: which room may import which, which libraries and globals stand where, and
// that nothing is forgotten in the lists.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { findCycles, type Module, readModule, readModules, root, typeScriptParser } from './architecture/modules.ts';

/** Rooms in the order data walks through them. `room:types` allows types alone, `room/file` one module alone. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  base: [],
  aws: ['base', 'facts:types'],
  syntax: ['base'],
  facts: ['base', 'syntax:types'],
  languages: ['base', 'syntax', 'facts'],
  sources: ['base', 'aws', 'syntax', 'facts', 'languages'],
  launch: ['base', 'aws', 'facts', 'syntax/shellWords', 'syntax/nginx', 'syntax/configLines', 'syntax/ini'],
  graph: ['base', 'aws', 'facts', 'launch'],
  forecast: ['base', 'aws', 'facts', 'graph'],
  rules: ['base', 'aws', 'facts', 'graph', 'forecast'],
  config: ['base', 'syntax', 'facts'],
  engine: ['base', 'aws', 'syntax', 'facts', 'languages', 'sources', 'launch', 'graph', 'forecast', 'rules', 'config'],
  report: ['base', 'facts', 'graph', 'forecast', 'rules:types', 'engine:types'],
  host: ['base', 'engine:types'],
  lsp: ['base', 'config', 'engine', 'report', 'host'],
  cli: ['base', 'config', 'engine', 'report', 'host', 'lsp'],
};

/** `tools/` generates files of the project and is never shipped: it may import anything. */
const generators = 'tools';

/** Reads no disk, has no clock and no randomness. */
const core = [
  'base',
  'aws',
  'syntax',
  'facts',
  'languages',
  'sources',
  'launch',
  'graph',
  'forecast',
  'rules',
  'config',
  'engine',
  'report',
];

const libraries: Readonly<Record<string, readonly string[]>> = {
  'jsonc-parser': ['syntax'],
  yaml: ['syntax'],
  'dockerfile-ast': ['syntax'],
  'web-tree-sitter': ['syntax'],
  picomatch: ['config'],
  ignore: ['host'],
  diff: ['cli'],
  'vscode-languageserver': ['lsp'],
  'vscode-languageserver-textdocument': ['lsp'],
  'vscode-uri': ['lsp', 'host'],
};

const nodeRooms = ['host', 'lsp', 'cli'];

/** They tell people the product's name and version. */
const manifestReaders = ['lsp', 'cli'];

const impureGlobals = [
  'Date',
  'Math.random',
  'performance',
  'process.env',
  'process.cwd',
  'process.exit',
  'process.stdout',
  'process.stderr',
  'process.platform',
  'process.hrtime',
  'process.memoryUsage',
  'console',
  'Buffer',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'globalThis',
  'crypto',
  'eval',
];

/** Each is one walk over expressions or shell commands, which hold expressions and shell commands. */
const recursions = [
  /^server\/src\/launch\/(?:evaluate\w*|programEnvironment|dotnet\/settings)\.ts$/,
  /^server\/src\/launch\/shell\//,
];

const MAX_LINES = 400;

const server = await readModules('server/src');
const client = await readModules('client/src');
const tests = (await readModules('test')).filter((module) => !module.path.startsWith('test/workspaces/'));

function roomOf(path: string): string {
  return path.split('/')[2] ?? '';
}

function inRooms(names: readonly string[]): readonly Module[] {
  return server.filter((module) => names.includes(roomOf(module.path)));
}

test('imports and names are read from code, not from strings and comments', async () => {
  const text = [
    "import { a, type B } from '../base/text.ts';",
    "import type { C } from './c.ts';",
    "export * from './d.ts';",
    "const later = import('./e.ts');",
    "// import { f } from './f.ts'; process.env",
    "const text = 'process.env' + Math.random();",
    'export const ecs: Source = { id: a(later.x) };',
  ].join('\n');
  const module = readModule(await typeScriptParser(), 'server/src/sources/x.ts', text);
  assert.deepEqual(
    module.imports.map(({ path, typeOnly }) => [path, typeOnly]),
    [
      ['server/src/base/text.ts', false],
      ['server/src/sources/c.ts', true],
      ['server/src/sources/d.ts', false],
      ['server/src/sources/e.ts', false],
    ],
  );
  assert.deepEqual(
    ['Math.random', 'later.x', 'process.env'].map((name) => module.names.has(name)),
    [true, true, false],
  );
  assert.deepEqual([...module.exportedConstants], [['ecs', 'Source']]);
});

test('a circle is found wherever it is entered', () => {
  const next = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
    ['e', ['e']],
  ]);
  assert.deepEqual(findCycles(next), [['b', 'd'], ['e']]);
  next.set('d', ['c']);
  next.set('e', []);
  assert.deepEqual(findCycles(next), []);
});

test('every module of the server stands in a room', () => {
  const known = new Set([...Object.keys(rooms), generators]);
  assert.deepEqual(
    server.filter((module) => module.path.split('/').length < 4 || !known.has(roomOf(module.path))).map(pathOf),
    [],
  );
});

test('rooms import only what the table of rooms allows', () => {
  const wrong = server.flatMap((module) =>
    module.imports.flatMap(({ path, typeOnly }) =>
      path === undefined || roomOf(module.path) === generators || mayImport(module.path, path, typeOnly)
        ? []
        : [`${module.path} imports ${path}`],
    ),
  );
  assert.deepEqual(wrong, []);
});

function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (to === 'package.json') return manifestReaders.includes(room);
  if (!to.startsWith('server/src/')) return false;
  if (room === target) return true;
  const allowed = rooms[room] ?? [];
  if (allowed.includes(target) || (typeOnly && allowed.includes(`${target}:types`))) return true;
  return allowed.includes(to.replace('server/src/', '').replace(/\.ts$/, ''));
}

test('the rooms and their imports form no cycle', () => {
  const next = Object.entries(rooms).map(([room, allowed]): [string, readonly string[]] => [
    room,
    allowed.map((entry) => entry.split(/[:/]/)[0] ?? ''),
  ]);
  assert.deepEqual(findCycles(new Map(next)), []);
});

test('modules import each other in no circle, save where one walk over a recursive type is split over files', () => {
  const all = [...server, ...client];
  const next = all.map((module): [string, readonly string[]] => [
    module.path,
    module.imports.flatMap(({ path, typeOnly }) => (path === undefined || typeOnly ? [] : [path])),
  ]);
  const circles = findCycles(new Map(next)).filter(
    (circle) => !recursions.some((recursion) => circle.every((path) => recursion.test(path))),
  );
  assert.deepEqual(circles, []);
});

test('libraries are imported only where they are at home', () => {
  const wrong = server.flatMap((module) =>
    module.imports.flatMap(({ specifier, path }) => {
      if (path !== undefined || roomOf(module.path) === generators) return [];
      const room = roomOf(module.path);
      if (specifier.startsWith('node:')) return nodeRooms.includes(room) ? [] : [`${module.path} imports ${specifier}`];
      const name = specifier.split('/')[0] ?? '';
      return libraries[name]?.includes(room) ? [] : [`${module.path} imports ${specifier}`];
    }),
  );
  assert.deepEqual(wrong, []);
});

test('the client imports only the editor and its own modules', () => {
  const wrong = client.flatMap((module) =>
    module.imports.flatMap(({ specifier, path }) => {
      const own = path?.startsWith('client/src/') ?? false;
      return own || /^vscode(?:-[a-z]+)*(?:\/|$)/.test(specifier) ? [] : [`${module.path} imports ${specifier}`];
    }),
  );
  assert.deepEqual(wrong, []);
});

test('the core does no input or output and has no clock and no randomness', () => {
  const used = inRooms(core).flatMap((module) =>
    impureGlobals.filter((name) => module.names.has(name)).map((name) => `${module.path} uses ${name}`),
  );
  assert.deepEqual(used, []);
});

test(`files have at most ${MAX_LINES} lines`, () => {
  const long = [...server, ...client, ...tests].flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > MAX_LINES ? [`${path} has ${lines}`] : [];
  });
  assert.deepEqual(long, []);
});

test('a module begins by saying what it is for', () => {
  assert.deepEqual([...server, ...client].filter((module) => !/^(?:#!.*\n)?\/\/ /.test(module.text)).map(pathOf), []);
});

for (const { type, folder } of [
  { type: 'Source', folder: 'server/src/sources' },
  { type: 'Language', folder: 'server/src/languages' },
  { type: 'Launcher', folder: 'server/src/launch' },
  { type: 'Rule', folder: 'server/src/rules' },
]) {
  test(`every ${type} is in its list`, () => {
    const made = server.filter((module) => module.path.startsWith(folder) && constantsOf(module, type).length > 0);
    const listed = new Set(server.filter((module) => hasList(module, folder, type)).flatMap(importedPaths));
    assert.ok(made.length > 0, `no ${type} found: does this test still read them?`);
    assert.deepEqual(made.filter((module) => !listed.has(module.path)).map(pathOf), []);
  });
}

test("a rule's file has the rule's id for its name", async () => {
  const { rules } = await import('../server/src/rules/index.ts');
  const files = server.filter((module) => constantsOf(module, 'Rule').length > 0);
  assert.deepEqual(files.map((module) => basename(module.path, '.ts')).sort(), rules.map((rule) => rule.id).sort());
});

/** A rule is told apart by what it judges: `export const x: DeploymentRule`. */
function constantsOf(module: Module, type: string): readonly string[] {
  const kinds = type === 'Rule' ? ['Rule', 'DeploymentRule', 'FileRule', 'EngineRule'] : [type];
  return [...module.exportedConstants].flatMap(([name, of]) => (kinds.includes(of) ? [name] : []));
}

/** `export const sources: readonly Source[] = …` */
function hasList(module: Module, folder: string, type: string): boolean {
  return module.path.startsWith(folder) && [...module.exportedConstants.values()].includes(`readonly ${type}[]`);
}

function importedPaths(module: Module): readonly string[] {
  return module.imports.flatMap(({ path }) => (path === undefined ? [] : [path]));
}

function pathOf(module: Module): string {
  return module.path;
}

test('server/ARCHITECTURE.md shows the table of rooms as it is', () => {
  const page = readFileSync(join(root, 'server/ARCHITECTURE.md'), 'utf8');
  const shown = [...page.matchAll(/^\| `(\w+)\/` \| .* \| (.+) \|$/gm)].map(([, room, allowed]) => [room, allowed]);
  const expected = Object.entries(rooms).map(([room, allowed]) => [room, allowed.map(inWords).join(', ') || 'nothing']);
  assert.deepEqual(Object.fromEntries(shown), { ...Object.fromEntries(expected), [generators]: 'anything' });
});

function inWords(entry: string): string {
  return entry.endsWith(':types') ? `types of \`${entry.slice(0, -':types'.length)}\`` : `\`${entry}\``;
}
