// Where rules on circuit breakers are milder or silent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReports, analyze, readMarked } from './workspace.ts';

const rows: readonly (readonly [string, readonly string[]])[] = [
  ['"launchType": "FARGATE"', ['circuit-breaker-missing: warning']],
  ['"launchType": "EC2"', ['circuit-breaker-missing: info']],
  ['"launchType": "{{ LAUNCH_TYPE }}"', ['circuit-breaker-missing: warning']],
  ['"deploymentController": { "type": "CODE_DEPLOY" }', []],
  ['"deploymentController": { "type": "EXTERNAL" }', []],
  ['"deploymentController": { "type": "{{ CONTROLLER }}" }', []],
  ['"deploymentConfiguration": "{{ CONFIGURATION }}"', []],
  ['"deploymentConfiguration": { "strategy": "CANARY" }', []],
  [
    '"launchType": "EC2", "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": false, "rollback": false } }',
    ['circuit-breaker-disabled: info'],
  ],
  [
    '"launchType": "EC2", "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": false } }',
    ['circuit-breaker-without-rollback: info'],
  ],
  [
    '"deploymentConfiguration": { "strategy": "LINEAR", "deploymentCircuitBreaker": { "enable": true, "rollback": true } }',
    ['circuit-breaker-unsupported: info'],
  ],
  [
    '"deploymentController": { "type": "{{ X }}" }, "deploymentConfiguration": { "strategy": "LINEAR", "deploymentCircuitBreaker": { "enable": true, "rollback": true } }',
    [],
  ],
];

for (const [setting, expected] of rows) {
  test(`circuit breaker of a service with ${setting}`, async () => {
    const files = `--- service-definition.json\n{ "serviceName": "web", "taskDefinition": "web", "desiredCount": 2, ${setting} }\n`;
    const reports = allReports(await analyze(readMarked(files).files));
    const found = reports.filter(({ rule }) => rule.startsWith('circuit-breaker-'));
    assert.deepEqual(
      found.map(({ rule, severity }) => `${rule}: ${severity}`),
      expected,
    );
  });
}
