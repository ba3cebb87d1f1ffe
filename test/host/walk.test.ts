// Which files of a folder are listed.

import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { isListed, walk } from '../../server/src/host/walk.ts';
import { addFiles, temporaryFolder } from './folder.ts';
import { gitIndex } from './gitIndex.ts';

interface Case {
  readonly name: string;
  readonly files: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
  /** The files that git's index names. */
  readonly tracked?: readonly string[];
  /** The walked folder inside of the made one. */
  readonly folder?: string;
  readonly listed: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'folders of tools are left out, hidden ones of projects are not',
    files: [
      'a.json',
      '.aws/task.json',
      'node_modules/x/package.json',
      '.git/config',
      'web/.venv/x.py',
      '.github/w.yml',
    ],
    listed: ['a.json', '.aws/task.json', '.github/w.yml'],
  },
  {
    name: 'virtual environments and vendored code under any name',
    files: ['env/pyvenv.cfg', 'env/lib/a.py', 'vendor/modules.txt', 'vendor/x/y.go', 'own/vendor/app.py'],
    listed: ['own/vendor/app.py'],
  },
  {
    name: '.gitignore with negation, nested files and anchors',
    files: ['.git/HEAD', 'dist/a.js', 'a.log', 'keep.log', 'api/build/x', 'build/x', 'api/.env', 'web/.env'],
    texts: { '.gitignore': 'dist/\n*.log\n!keep.log\n/build\n', 'api/.gitignore': '.env\n' },
    listed: ['.gitignore', 'keep.log', 'api/.gitignore', 'api/build/x', 'web/.env'],
  },
  {
    name: 'a deeper .gitignore beats a higher one',
    files: ['.git/HEAD', 'api/task.json', 'web/task.json'],
    texts: { '.gitignore': 'task.json\n', 'api/.gitignore': '!task.json\n' },
    listed: ['.gitignore', 'api/.gitignore', 'api/task.json'],
  },
  {
    name: 'rules above the walked folder, up to the repository',
    files: ['.git/HEAD', 'services/api/a.json', 'services/api/tmp/b.json', 'services/api/secret.json'],
    texts: { '.gitignore': 'tmp/\n', 'services/.gitignore': 'secret.json\n', '.git/info/exclude': '' },
    folder: 'services/api',
    listed: ['a.json'],
  },
  {
    name: 'an ignored folder that somebody names is walked',
    files: ['.git/HEAD', 'out/copy/a.json'],
    texts: { '.gitignore': 'out/\n' },
    folder: 'out/copy',
    listed: ['a.json'],
  },
  {
    name: '.git/info/exclude',
    files: ['.git/HEAD', 'mine.json', 'a.json'],
    texts: { '.git/info/exclude': 'mine.json\n' },
    listed: ['a.json'],
  },
  {
    name: 'without a repository files are not ignored, for any may be committed; folders are',
    files: ['task.json', 'dist/a.json', 'app/.env'],
    texts: { '.gitignore': '*.json\n.env\ndist/\n' },
    listed: ['.gitignore', 'app/.env', 'task.json'],
  },
  {
    name: 'an outer repository that ignores the folder says nothing of its files',
    files: ['.git/HEAD', 'out/copy/task.json'],
    texts: { '.gitignore': 'out/\n', 'out/copy/.gitignore': '*.json\n' },
    folder: 'out/copy',
    listed: ['.gitignore', 'task.json'],
  },
  {
    name: 'files that git tracks although a pattern ignores them',
    files: ['task.json', 'other.json', 'build/kept/task.yml', 'build/kept/junk.yml', 'build/junk/task.yml'],
    texts: { '.gitignore': '*.json\nbuild/\n' },
    tracked: ['.gitignore', 'build/kept/task.yml', 'task.json'],
    listed: ['.gitignore', 'build/kept/task.yml', 'task.json'],
  },
  {
    name: 'tracked files below an outer .gitignore',
    files: ['services/api/a.json', 'services/api/b.json', 'services/api/dist/c.js'],
    texts: { '.gitignore': '*.json\ndist\n' },
    tracked: ['services/api/a.json'],
    folder: 'services/api',
    listed: ['a.json'],
  },
  {
    name: 'packages of others stay out even where git tracks them',
    files: ['dist/node_modules/x/a.json', 'dist/a.json'],
    texts: { '.gitignore': 'dist\n' },
    tracked: ['dist/a.json', 'dist/node_modules/x/a.json'],
    listed: ['.gitignore', 'dist/a.json'],
  },
];

for (const { name, files, texts = {}, tracked, folder = '.', listed } of cases) {
  test(name, async (t) => {
    const made = temporaryFolder(t, { ...Object.fromEntries(files.map((file) => [file, 'x'])), ...texts });
    if (tracked) addFiles(made, { '.git/index': gitIndex(tracked) });
    const walked = path.join(made, folder);
    const result = await walk(walked);
    const relative = result.files.map((file) => path.relative(walked, file));
    assert.deepEqual([...relative].sort(), [...listed].sort());
    assert.deepEqual(result.problems, []);
    for (const file of files.filter((candidate) => path.join(made, candidate).startsWith(walked))) {
      const absolute = path.join(made, file);
      if (file.startsWith('env/') || file.startsWith('vendor/')) continue;
      assert.equal(isListed(walked, absolute), result.files.includes(absolute), `a new file ${file}`);
    }
  });
}

function linkedFolder(t: TestContext): string {
  const outside = temporaryFolder(t, { 'secret.json': '{}' });
  const folder = temporaryFolder(t, { 'docker/Dockerfile.prod': 'FROM a', 'a/b.json': '{}' });
  symlinkSync('docker/Dockerfile.prod', path.join(folder, 'Dockerfile'));
  symlinkSync('..', path.join(folder, 'a/loop'));
  symlinkSync('self', path.join(folder, 'self'));
  symlinkSync('nowhere', path.join(folder, 'broken'));
  symlinkSync(path.join(outside, 'secret.json'), path.join(folder, 'secret.json'));
  symlinkSync(outside, path.join(folder, 'out'));
  return folder;
}

test('links: files inside count, folders, circles and the outside do not', async (t) => {
  const folder = linkedFolder(t);
  const { files } = await walk(folder);
  assert.deepEqual(files.map((file) => path.relative(folder, file)).sort(), [
    'Dockerfile',
    'a/b.json',
    'docker/Dockerfile.prod',
  ]);
});

test('a walk through a link to the folder gives paths below the link', async (t) => {
  const folder = linkedFolder(t);
  const link = path.join(temporaryFolder(t), 'link');
  symlinkSync(folder, link);
  const { files } = await walk(link);
  assert.ok(files.includes(path.join(link, 'Dockerfile')));
});

test('the number of files is bounded, with a word about it', async (t) => {
  const folder = temporaryFolder(t, Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`d${i % 3}/f${i}`, ''])));
  const { files, problems } = await walk(folder, { maximumFiles: 12 });
  assert.equal(files.length, 12);
  assert.match(problems.join('\n'), /more than 12 files/);
});

test('excluded paths are left out, folders with all they hold', async (t) => {
  const folder = temporaryFolder(t, { 'a/b/c.json': '', 'a/d.json': '' });
  const { files } = await walk(folder, { excluded: (relative) => relative === 'a/b' });
  assert.deepEqual(
    files.map((file) => path.relative(folder, file)),
    ['a/d.json'],
  );
});

test('a folder that is not there is an error', async (t) => {
  await assert.rejects(walk(path.join(temporaryFolder(t), 'nothing')), /ENOENT/);
});

test('thousands of folders deep in each other', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, ...Array.from({ length: 1000 }, () => 'd')), { recursive: true });
  assert.deepEqual((await walk(folder)).files, []);
});
