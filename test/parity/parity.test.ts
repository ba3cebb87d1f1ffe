// The same deployment in every format: equal facts but for places, equal findings, equal results of the same fixes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Settings } from '../../server/src/config/settings.ts';
import { allReports, analyze, applyFix, besideNeighbors, type Files } from '../rules/workspace.ts';
import type { ParityDeployment, Rewriting } from './deployment.ts';
import { deployments } from './deployments.ts';
import { type Format, formats } from './formats/index.ts';
import { type Described, describe, without } from './normalize.ts';
import { problemsOf } from './parses.ts';

const usual: Settings['rules'] = {
  ...besideNeighbors,
  // Speaks of infrastructure code only: JSON has no place for an alarm.
  'deployment-failure-unobserved': 'off',
};

/** Each fix may open the way for the next one. */
const MAXIMUM_FIXES = 10;

interface Told {
  readonly before: Described;
  readonly after: Described;
}

async function tell(files: Files, own: Settings['rules'] = {}): Promise<Told> {
  const levels = { ...usual, ...own };
  const before = describe(await analyze(files, levels));
  const mended = await mend(files, levels);
  for (const [path, text] of mended) assert.deepEqual(problemsOf(path, text), []);
  return { before, after: describe(await analyze(mended, levels)) };
}

/** All preferred fixes, one after the other. */
async function mend(files: Files, levels: Settings['rules']): Promise<Files> {
  let mended = files;
  for (let count = 0; count < MAXIMUM_FIXES; count++) {
    const host = await analyze(mended, levels);
    const fix = allReports(host)
      .flatMap(({ fixes }) => fixes.filter(({ preferred }) => preferred))
      .find((one) => host.edits(one).length > 0);
    if (!fix) return mended;
    mended = applyFix(host, fix, mended);
  }
  throw new Error('fixes that undo each other');
}

function filesOf(deployment: ParityDeployment, format: Format): Files {
  const rewritten = Object.entries(format.write(deployment.model)).map(
    ([path, text]) => [path, rewrite(text, deployment.rewritten?.[format.name] ?? [])] as const,
  );
  return new Map([...Object.entries(deployment.image), ...rewritten]);
}

function rewrite(plain: string, rewritings: readonly Rewriting[]): string {
  return rewritings.reduce((text, [from, to]) => {
    // A file beside the one that is meant does not hold it.
    assert(text.includes(from) || !text.includes('3000'), `${from} is not written`);
    return text.replaceAll(from, () => to);
  }, plain);
}

function assertSame(actual: Described, expected: Described, { own = new Set() }: Format): void {
  assert.deepEqual(without(actual, own), without(expected, own));
}

const ruleOf = (finding: string): string => finding.slice(0, finding.indexOf(':'));

for (const deployment of deployments) {
  const own = formats.filter(({ name }) => deployment.except?.[name] === undefined);
  test(`${deployment.name}: the same in ${own.length} formats`, async (t) => {
    const without = Object.keys(deployment.except ?? {});
    t.diagnostic(
      `${deployment.name}: the same in ${own.length} formats${without.length > 0 ? `; not in ${without.join(', ')}` : ''}`,
    );
    let first: Told | undefined;
    for (const format of own) {
      await t.test(format.name, async () => {
        const told = await tell(filesOf(deployment, format), deployment.levels);
        assert.deepEqual(told.before.findings.map(ruleOf), deployment.findings);
        first ??= told;
        assertSame(told.before, first.before, format);
        if (deployment.unmended?.[format.name] !== undefined) return;
        assert.deepEqual(told.after.findings.map(ruleOf), deployment.left);
        assertSame(told.after, first.after, format);
      });
    }
  });
}
