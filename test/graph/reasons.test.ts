// Reasons are sentences, and the names of files in them keep their spelling.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listens } from '../../server/src/facts/listens.ts';
import { withRemedy } from '../../server/src/graph/reasons.ts';

test('a reason begins with a capital letter, save where a file is named', () => {
  for (const [clause, expected] of [
    ['the command `box` is not known', 'The command `box` is not known.'],
    ['worker.js starts other programs', 'worker.js starts other programs.'],
    ['src/job.py could not be read', 'src/job.py could not be read.'],
    ['/app/main.py is not among the files in view', '/app/main.py is not among the files in view.'],
    ['node is started without a program', 'Node is started without a program.'],
  ]) {
    const unknown: Listens = { state: 'unknown', reason: clause ?? '', because: [] };
    const told = withRemedy(unknown, { unlinked: 'No Dockerfile.', candidates: [] });
    assert.equal(told.state === 'unknown' ? told.reason : undefined, expected);
  }
});
