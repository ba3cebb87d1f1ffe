// The story of nine o'clock, told with the CDK in TypeScript and Python: caught as in JSON, mended by the same one press.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
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

/** The registry of an image is known to the CDK only when it deploys. */
async function findings(name: string): Promise<readonly string[]> {
  const reports = allReports(await analyze(workspace(name)));
  return reports.map(({ rule, message }) => `${rule}: ${message.replace(/\S+(?=\/flask-app:)/, '…')}`).sort();
}

/** Where JSON names a target group by its ARN, nothing of it is in view. */
const ONLY_IN_JSON = /^(?:grace-period-too-short|no-health-check)/;

interface Told {
  readonly workspace: string;
  readonly port: string;
  readonly stack: string;
  readonly breaker: RegExp;
}

const stories: readonly Told[] = [
  {
    workspace: 'nine-am-cdk',
    port: 'infra/bin/infra.ts',
    stack: 'infra/lib/flask-app-stack.ts',
    breaker: /\n {6}maxHealthyPercent: 200,\n {6}circuitBreaker: \{ rollback: true \},\n {4}\}\);/,
  },
  {
    workspace: 'nine-am-cdk-python',
    port: 'infra/app.py',
    stack: 'infra/flask_app/stack.py',
    breaker:
      /\n {12}max_healthy_percent=200,\n {12}circuit_breaker=ecs\.DeploymentCircuitBreaker\(rollback=True\),\n {8}\)/,
  },
];

for (const { workspace: name, port, stack, breaker } of stories) {
  describe(name, () => {
    it('has every finding that JSON has', async () => {
      const told = new Set(await findings(name));
      const missing = (await findings('nine-am')).filter((one) => !told.has(one) && !ONLY_IN_JSON.test(one));
      assert.deepEqual(missing, []);
    });

    it('one press on the wrong port mends everything that repeats it', async () => {
      const files = workspace(name);
      const host = await analyze(files);
      const report = allReports(host).find((one) => one.rule === 'container-port-not-listened-on');
      assert.equal(report?.at.uri.endsWith(port), true);
      const fix = report?.fixes.find((one) => one.preferred);
      assert(fix);
      const after = applyFix(host, fix, files);
      assert.equal(after.get(port), files.get(port)?.replace('5001', '5201'));
      assert.equal(after.get(stack), files.get(stack)?.replace('localhost:5001', 'localhost:5201'));
      assert.equal(after.get('Dockerfile'), files.get('Dockerfile')?.replace('EXPOSE 5001', 'EXPOSE 5201'));
      const left = allReports(await analyze(after)).map((one) => one.rule);
      assert.deepEqual(
        left.filter((rule) => /port|expose/.test(rule)),
        [],
      );
    });

    it('one press adds the circuit breaker', async () => {
      const files = workspace(name);
      const host = await analyze(files);
      const fix = allReports(host).find((one) => one.rule === 'circuit-breaker-missing')?.fixes[0];
      assert(fix);
      const after = applyFix(host, fix, files);
      assert.match(after.get(stack) ?? '', breaker);
      const left = allReports(await analyze(after)).map((one) => one.rule);
      assert(!left.some((rule) => rule.startsWith('circuit-breaker')));
    });
  });
}
