// Reading and writing single files: encodings, bounds, links, and what is no text.

import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToUri, uriToPath } from '../../server/src/host/paths.ts';
import { type Encoding, encode, readText } from '../../server/src/host/read.ts';
import { writeText } from '../../server/src/host/write.ts';
import { addFiles, temporaryFolder } from './folder.ts';

const encodings: readonly Encoding[] = ['utf8', 'utf8-bom', 'utf16le', 'utf16be'];

for (const encoding of encodings) {
  test(`${encoding} is read without its mark and written back with it`, async (t) => {
    const folder = temporaryFolder(t, { 'a.json': encode('{"a": "ä😀"}\r\n', encoding) });
    const file = path.join(folder, 'a.json');
    assert.deepEqual(await readText(file, [folder]), { kind: 'text', text: '{"a": "ä😀"}\r\n', encoding });
    await writeText(file, '{"b": "ö"}\r\n', [folder]);
    assert.deepEqual(readFileSync(file), Buffer.from(encode('{"b": "ö"}\r\n', encoding)));
    assert.deepEqual(readdirSync(folder), ['a.json'], 'nothing else is left');
  });
}

const unreadable: readonly (readonly [name: string, bytes: Uint8Array, reason: RegExp])[] = [
  ['binary', Uint8Array.of(123, 0, 1, 2), /binary/],
  ['Latin-1', Uint8Array.of(0x22, 0xe4, 0x22), /not UTF-8/],
];

for (const [name, bytes, reason] of unreadable) {
  test(`${name} bytes are unreadable, with a reason`, async (t) => {
    const folder = temporaryFolder(t, { file: bytes });
    const result = await readText(path.join(folder, 'file'), [folder]);
    assert.equal(result.kind, 'unreadable');
    assert.match(result.kind === 'unreadable' ? result.reason : '', reason);
  });
}

test('a huge file is not read', async (t) => {
  const folder = temporaryFolder(t, { huge: '' });
  truncateSync(path.join(folder, 'huge'), 5_000_000_000);
  const result = await readText(path.join(folder, 'huge'), [folder]);
  assert.match(
    result.kind === 'unreadable' ? result.reason : '',
    /it has 4768\.4 MB; files above 2\.0 MB are not read/,
  );
});

test('a folder, a missing file and a link to the outside', async (t) => {
  const outside = temporaryFolder(t, { secret: 'x' });
  const folder = temporaryFolder(t);
  mkdirSync(path.join(folder, 'sub'));
  symlinkSync(path.join(outside, 'secret'), path.join(folder, 'link'));
  symlinkSync('loop', path.join(folder, 'loop'));
  assert.equal((await readText(path.join(folder, 'sub'), [folder])).kind, 'unreadable');
  assert.deepEqual(await readText(path.join(folder, 'nothing'), [folder]), { kind: 'missing' });
  assert.deepEqual(await readText(path.join(folder, 'link'), [folder]), {
    kind: 'unreadable',
    reason: 'it is a link to a place outside the analysed folder',
  });
  assert.equal((await readText(path.join(folder, 'loop'), [folder])).kind, 'unreadable');
  assert.equal((await readText(path.join(outside, 'secret'), [folder])).kind, 'unreadable');
  await assert.rejects(writeText(path.join(folder, 'link'), 'y', [folder]), /outside the analysed folder/);
  await assert.rejects(writeText(path.join(folder, '..', 'escape'), 'y', [folder]), /outside the analysed folder/);
  assert.equal(readFileSync(path.join(outside, 'secret'), 'utf8'), 'x');
});

test('writing keeps the mode and the link, and makes new files', async (t) => {
  const folder = temporaryFolder(t, { 'bin/start.sh': 'old' });
  const file = path.join(folder, 'bin/start.sh');
  chmodSync(file, 0o751);
  symlinkSync('bin/start.sh', path.join(folder, 'start'));
  await writeText(path.join(folder, 'start'), 'new', [folder]);
  assert.equal(readFileSync(file, 'utf8'), 'new');
  assert.equal(statSync(file).mode & 0o777, 0o751);
  assert.ok(lstatSync(path.join(folder, 'start')).isSymbolicLink());
  await writeText(path.join(folder, 'steadystate.json'), '{}\n', [folder]);
  assert.equal(readFileSync(path.join(folder, 'steadystate.json'), 'utf8'), '{}\n');
});

test('a file whose folder is gone is not written', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(writeText(path.join(folder, 'gone/a'), 'y', [folder]));
  addFiles(folder, { a: 'x' });
  assert.deepEqual(readdirSync(folder), ['a']);
});

const addresses: readonly (readonly [path: string, uri: string, windows: boolean])[] = [
  ['/home/me/app.py', 'file:///home/me/app.py', false],
  ['/home/my app/ä#%20.py', 'file:///home/my app/ä#%20.py', false],
  ['/', 'file://', false],
  ['C:\\work\\app.py', 'file:///c:/work/app.py', true],
  ['d:\\', 'file:///d:', true],
  ['\\\\server\\share\\app.py', 'file://server/share/app.py', true],
];

for (const [filePath, uri, windows] of addresses) {
  test(`${filePath} is ${uri}`, () => {
    assert.equal(pathToUri(filePath, windows), uri);
    assert.equal(uriToPath(uri, windows)?.toLowerCase(), filePath.toLowerCase());
  });
}

test('other schemes have no path', () => assert.equal(uriToPath('untitled:Untitled-1'), undefined));
