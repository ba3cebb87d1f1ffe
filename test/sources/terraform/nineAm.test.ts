// The story of nine o'clock, told in Terraform: caught as in JSON, and mended by the same one press.

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

async function findings(name: string): Promise<readonly string[]> {
  const reports = allReports(await analyze(workspace(name)));
  return reports.map((report) => `${report.rule}: ${report.message}`).sort();
}

/** Where JSON names a target group by its ARN, nothing of it is in view. */
const ONLY_IN_JSON = /^(?:grace-period-too-short|no-health-check)/;

test('every finding in JSON is one here', async () => {
  const told = new Set(await findings('nine-am-terraform'));
  assert.deepEqual(
    (await findings('nine-am')).filter((finding) => !told.has(finding) && !ONLY_IN_JSON.test(finding)),
    [],
  );
});

test('one press on the wrong port mends the variable and everything that it decides', async () => {
  const files = workspace('nine-am-terraform');
  const host = await analyze(files);
  const report = allReports(host).find((one) => one.rule === 'container-port-not-listened-on');
  assert.equal(report?.at.uri.endsWith('infra/variables.tf'), true);
  const fix = report?.fixes.find((one) => one.preferred);
  assert(fix);
  const after = applyFix(host, fix, files);
  assert.match(after.get('infra/variables.tf') ?? '', /^ {2}default = 5201$/m);
  assert.match(after.get('infra/ecs.tf') ?? '', /http:\/\/localhost:5201\//);
  assert.equal(after.get('Dockerfile'), files.get('Dockerfile')?.replace('EXPOSE 5001', 'EXPOSE 5201'));
  const left = allReports(await analyze(after)).map((one) => one.rule);
  assert.deepEqual(
    left.filter((rule) => /port|expose/.test(rule)),
    [],
  );
});

test('one press adds the circuit breaker', async () => {
  const files = workspace('nine-am-terraform');
  const host = await analyze(files);
  const fix = allReports(host).find((one) => one.rule === 'circuit-breaker-missing')?.fixes[0];
  assert(fix);
  const after = applyFix(host, fix, files);
  assert.match(
    after.get('infra/ecs.tf') ?? '',
    /\n\n {2}deployment_circuit_breaker \{\n {4}enable {3}= true\n {4}rollback = true\n {2}\}\n\}\n$/,
  );
  const left = allReports(await analyze(after)).map((one) => one.rule);
  assert(!left.some((rule) => rule.startsWith('circuit-breaker')));
});
