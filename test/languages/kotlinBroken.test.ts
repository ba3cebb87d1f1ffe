// Broken Kotlin costs little, and may listen to anything.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { extract, loadGrammars } from './programs.ts';

before(() => loadGrammars('kotlin'));

const pieces = ['val a: List<\n', '/* \n', 'List<List<', 'fun f(\n', 'a {\n', '"${', '<\n'];

for (const piece of pieces) {
  for (const length of [10_000, 200_000]) {
    test(`${length / 1000} KB of ${JSON.stringify(piece)}`, () => {
      const start = process.cpuUsage();
      const { imports } = extract('.kt', piece.repeat(length / piece.length));
      const { user } = process.cpuUsage(start);
      assert.ok(user < 5_000_000, `${user / 1000} ms of processor time`);
      if (length > 100_000 && /[<*(]/.test(piece))
        assert.deepEqual(
          imports.map(({ module }) => module),
          ['?'],
        );
    });
  }
}
