// The story of nine o'clock, told with Copilot: what its manifest can say wrong is caught as in JSON and mended by the same
// press. Its circuit breaker is always on, and the image has a tag of its own.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { allReports, analyze, applyFix, type Files } from '../../rules/workspace.ts';

function workspace(name: string): Files {
  const folder = `test/workspaces/${name}`;
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    paths.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(folder.length + 1), readFileSync(file, 'utf8')] as const;
    }),
  );
}

async function rulesIn(files: Files): Promise<readonly string[]> {
  return allReports(await analyze(files)).map((report) => report.rule);
}

/** What Copilot itself sees to. */
const settledByCopilot = /^(?:circuit-breaker-missing|image-tag-latest)$/;

test('every finding in JSON that a manifest can have is one here', async () => {
  const reports = async (name: string): Promise<readonly string[]> =>
    allReports(await analyze(workspace(name))).map(({ rule, message }) => `${rule}: ${message}`);
  const told = new Set(await reports('nine-am-copilot'));
  const inJson = (await reports('nine-am')).filter((one) => !settledByCopilot.test(one.split(':', 1)[0] ?? ''));
  assert.ok(inJson.some((one) => one.startsWith('container-port-not-listened-on')));
  assert.deepEqual(
    inJson.filter((one) => !told.has(one)),
    [],
  );
});

test('one press on the wrong port mends the manifest and the Dockerfile', async () => {
  const before = workspace('nine-am-copilot');
  const host = await analyze(before);
  const wrong = allReports(host).find((report) => report.rule === 'container-port-not-listened-on');
  const fix = wrong?.fixes.find((one) => one.preferred);
  assert(fix);
  const files = applyFix(host, fix, before);
  const path = 'copilot/flask-app/manifest.yml';
  assert.equal(files.get(path), before.get(path)?.replaceAll('5001', '5201'));
  assert.equal(files.get('Dockerfile'), before.get('Dockerfile')?.replace('EXPOSE 5001', 'EXPOSE 5201'));
  const left = await rulesIn(files);
  assert.deepEqual(
    left.filter((rule) => rule.includes('port') || rule.startsWith('circuit-breaker')),
    [],
  );
});
