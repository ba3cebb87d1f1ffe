// Which files git's index names, in every version of its format and however damaged it is.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readIndex, trackedFiles } from '../../server/src/host/gitIndex.ts';
import { temporaryFolder } from './folder.ts';
import { gitIndex } from './gitIndex.ts';

const long = `deep/${'folder-'.repeat(40)}/file.json`;
const paths = ['.gitignore', 'a', 'ab', 'abc/task.json', 'd\u00e9ploiement/t\u00e2che.json', long].sort((a, b) =>
  Buffer.compare(Buffer.from(a), Buffer.from(b)),
);

for (const version of [2, 3, 4] as const) {
  test(`version ${version}`, () => {
    assert.deepEqual(readIndex(gitIndex(paths, version)), paths);
    if (version > 2) assert.deepEqual(readIndex(gitIndex(paths, version, true)), paths);
  });

  test(`version ${version}, cut or changed anywhere, neither throws nor hangs`, () => {
    const whole = gitIndex(paths, version);
    for (let cut = 0; cut < whole.length - 20; cut += 7) assert.equal(readIndex(whole.subarray(0, cut)), undefined);
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = 0xff;
      readIndex(changed);
    }
  });
}

test('an index of another version, or of something else, says nothing', () => {
  const other = gitIndex(paths);
  other.writeUInt32BE(5, 4);
  assert.equal(readIndex(other), undefined);
  assert.equal(readIndex(Buffer.from('not an index at all')), undefined);
});

test('a worktree names the folder of its index', (t) => {
  const main = temporaryFolder(t, { '.git/worktrees/side/index': gitIndex(['ecs/task.json']) });
  const side = temporaryFolder(t, { '.git': `gitdir: ${path.join(main, '.git/worktrees/side')}\n` });
  assert.deepEqual([...trackedFiles(side).files], ['ecs/task.json']);
  assert.deepEqual([...trackedFiles(side).folders], ['ecs']);
});

test('an index that is written again is read again', (t) => {
  const folder = temporaryFolder(t, { '.git/index': gitIndex(['a.json']) });
  assert.deepEqual([...trackedFiles(folder).files], ['a.json']);
  writeFileSync(path.join(folder, '.git/index'), gitIndex(['a.json', 'b.json']));
  assert.deepEqual([...trackedFiles(folder).files], ['a.json', 'b.json']);
});

test('without a repository, or with one that is odd, nothing is tracked', (t) => {
  const folder = temporaryFolder(t);
  assert.equal(trackedFiles(folder).files.size, 0);
  writeFileSync(path.join(folder, '.git'), 'gitdir: nowhere\n');
  assert.equal(trackedFiles(folder).files.size, 0);
  const odd = temporaryFolder(t);
  mkdirSync(path.join(odd, '.git/index'), { recursive: true });
  assert.equal(trackedFiles(odd).files.size, 0);
});
