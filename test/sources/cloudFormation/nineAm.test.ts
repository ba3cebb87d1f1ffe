// The story of nine o'clock, told in CloudFormation: caught as in JSON, and mended by the same one press.

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

async function findings(name: string): Promise<readonly (readonly [rule: string, message: string])[]> {
  const reports = allReports(await analyze(workspace(name)));
  return reports.map((report) => [report.rule, report.message] as const).sort();
}

test('every finding in JSON is one here', async () => {
  const inJson = await findings('nine-am');
  const inTemplate = await findings('nine-am-cloudformation');
  const told = new Set(inTemplate.map(String));
  assert.deepEqual(
    inJson.filter((finding) => !told.has(String(finding))),
    [],
  );
});

test('one press on the wrong port mends the parameter and everything that it decides', async () => {
  const files = workspace('nine-am-cloudformation');
  const host = await analyze(files);
  const report = allReports(host).find((one) => one.rule === 'container-port-not-listened-on');
  const fix = report?.fixes.find((one) => one.preferred);
  assert(fix);
  const after = applyFix(host, fix, files);
  assert.match(after.get('infra/service.yaml') ?? '', /^ {4}Default: 5201$/m);
  assert.equal(after.get('Dockerfile'), files.get('Dockerfile')?.replace('EXPOSE 5001', 'EXPOSE 5201'));
  const left = allReports(await analyze(after)).map((one) => one.rule);
  for (const rule of ['container-port-not-listened-on', 'container-health-check-port-not-listened-on']) {
    assert(!left.includes(rule), rule);
  }
  assert(!left.includes('expose-differs-from-listen'));
});
