// Paths and addresses of the workspace.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinUri, normalizePath } from '../../server/src/base/uri.ts';

const paths: readonly (readonly [string, string])[] = [
  ['/a/b.c', '/a/b.c'],
  ['a/..b/.c/d..', 'a/..b/.c/d..'],
  ['/a//b', '/a/b'],
  ['a/', 'a'],
  ['/', '/'],
  ['', ''],
  ['.', ''],
  ['./a', 'a'],
  ['a/./b', 'a/b'],
  ['a/b/..', 'a'],
  ['../a', '../a'],
  ['a/../../b', '../b'],
  ['/../a', '/a'],
];

for (const [path, expected] of paths) {
  test(`normalized: '${path}'`, () => assert.equal(normalizePath(path), expected));
}

const joined: readonly (readonly [string, string, string])[] = [
  ['file:///home/me/app', 'src/main.py', 'file:///home/me/app/src/main.py'],
  ['file:///home/me/app', '../Dockerfile', 'file:///home/me/Dockerfile'],
  ['file:///home/me/app', '.', 'file:///home/me/app'],
  ['file:///home/me/app', '/etc/nginx.conf', 'file:///etc/nginx.conf'],
  ['vscode-vfs://github/acme/web', './a', 'vscode-vfs://github/acme/web/a'],
];

for (const [folder, path, expected] of joined) {
  test(`joined: ${folder} and '${path}'`, () => assert.equal(joinUri(folder, path), expected));
}
