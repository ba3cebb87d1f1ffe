// Everything generated is what the generators would write now. A stale file is rewritten, so that the next run passes
// once the change is committed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { staleFiles } from '../server/src/tools/generated.ts';

test('what is generated is up to date (rewritten where it was not: look at the difference and commit it)', async () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  assert.deepEqual(await staleFiles(root, { write: true }), []);
});
