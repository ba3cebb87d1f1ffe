// Edits of Copilot's manifests: in its own words, with comments kept, and nothing where it has no words.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../../server/src/base/text.ts';
import type { EditIntent } from '../../../server/src/facts/edit.ts';
import type { Fact } from '../../../server/src/facts/fileFacts.ts';
import { copilot } from '../../../server/src/sources/copilot.ts';
import { allReports, analyze, applyFix } from '../../rules/workspace.ts';
import { item } from '../marks.ts';
import { manifestUri, one, settle } from './workload.ts';

const MANIFEST = `# The shop.
name: web
type: Load Balanced Web Service
image:
  build: ./Dockerfile
  port: 8080 # of the server
http:
  path: /
  healthcheck: /health
count: 2
deployment:
  rolling: recreate
`;

function edited(text: string, intents: (facts: readonly Fact[]) => readonly EditIntent[]): string {
  const file = { uri: manifestUri, text };
  return applyEdits(text, copilot.editAll?.(file, intents(settle(text))) ?? []);
}

const rows: readonly (readonly [
  name: string,
  intents: (facts: readonly Fact[]) => readonly EditIntent[],
  from: string,
  to: string,
])[] = [
  [
    'a port',
    (facts) => [
      {
        kind: 'replace',
        at: item(item(one(facts, 'taskDefinition').containerDefinitions).portMappings).containerPort.at,
        value: 5201,
      },
    ],
    'port: 8080 #',
    'port: 5201 #',
  ],
  [
    'both percents, which one word decides',
    (facts) => {
      const { minimumHealthyPercent, maximumPercent } = one(facts, 'service');
      return [
        { kind: 'replace', at: minimumHealthyPercent.at, value: 100 },
        { kind: 'replace', at: maximumPercent.at, value: 200 },
      ];
    },
    'rolling: recreate',
    'rolling: default',
  ],
  [
    'a grace period where the health check is only a path',
    (facts) => [{ kind: 'set', owner: one(facts, 'service').at, path: ['healthCheckGracePeriodSeconds'], value: 90 }],
    'healthcheck: /health',
    'healthcheck:\n    path: /health\n    grace_period: "90s"',
  ],
  [
    'an interval where the health check is only a path',
    (facts) => [{ kind: 'set', owner: one(facts, 'targetGroup').at, path: ['healthCheckIntervalSeconds'], value: 10 }],
    'healthcheck: /health',
    'healthcheck:\n    path: /health\n    interval: "10s"',
  ],
  [
    'how long targets drain',
    (facts) => [{ kind: 'set', owner: one(facts, 'targetGroup').at, path: ['deregistrationDelay'], value: 30 }],
    'healthcheck: /health',
    'healthcheck: /health\n  deregistration_delay: "30s"',
  ],
  [
    'a number of tasks',
    (facts) => [{ kind: 'set', owner: one(facts, 'service').at, path: ['desiredCount'], value: 3 }],
    'count: 2',
    'count: 3',
  ],
  [
    'a container health check',
    (facts) => [
      {
        kind: 'set',
        owner: item(one(facts, 'taskDefinition').containerDefinitions).at,
        path: ['healthCheck'],
        value: { command: ['CMD-SHELL', 'curl -f http://localhost:8080/'], interval: 30, startPeriod: 5 },
      },
    ],
    'port: 8080 # of the server',
    `port: 8080 # of the server
  healthcheck:
    command:
      - CMD-SHELL
      - curl -f http://localhost:8080/
    interval: "30s"
    start_period: "5s"`,
  ],
  [
    'alarms',
    (facts) => [
      {
        kind: 'set',
        owner: one(facts, 'service').at,
        path: ['deploymentConfiguration', 'alarms'],
        value: { alarmNames: ['errors'], enable: true, rollback: true },
      },
    ],
    'rolling: recreate',
    'rolling: recreate\n  rollback_alarms:\n    - errors',
  ],
];

describe('edits', () => {
  for (const [name, intents, from, to] of rows) {
    it(name, () => {
      assert.ok(MANIFEST.includes(from));
      assert.equal(edited(MANIFEST, intents), MANIFEST.replace(from, to));
    });
  }

  it('a duration stays one', () => {
    const text = MANIFEST.replace('healthcheck: /health', 'healthcheck:\n    grace_period: 1m');
    const after = edited(text, (facts) => [
      { kind: 'replace', at: one(facts, 'service').healthCheckGracePeriodSeconds.at, value: 90 },
    ]);
    assert.equal(after, text.replace('1m', '90s'));
  });

  it('a health check that calls the port of the traffic names none', () => {
    const text = MANIFEST.replace('healthcheck: /health', 'healthcheck:\n    path: /health\n    port: 9000');
    const after = edited(text, (facts) => [
      { kind: 'replace', at: one(facts, 'targetGroup').healthCheck.port.at, value: 'traffic-port' },
    ]);
    assert.equal(after, text.replace('\n    port: 9000', ''));
  });

  const impossible: readonly (readonly [string, (facts: readonly Fact[]) => EditIntent])[] = [
    ['a default', (facts) => ({ kind: 'replace', at: one(facts, 'taskDefinition').cpu.at, value: '512' })],
    [
      'the circuit breaker',
      (facts) => ({
        kind: 'set',
        owner: one(facts, 'service').at,
        path: ['deploymentConfiguration', 'deploymentCircuitBreaker'],
        value: { enable: true, rollback: true },
      }),
    ],
    ['half a percent', (facts) => ({ kind: 'replace', at: one(facts, 'service').minimumHealthyPercent.at, value: 50 })],
  ];
  for (const [name, intent] of impossible) {
    it(`nothing for ${name}`, () =>
      assert.equal(
        edited(MANIFEST, (facts) => [intent(facts)]),
        MANIFEST,
      ));
  }
});

it('the fix of a deployment that drops to zero', async () => {
  const files = new Map([['copilot/web/manifest.yml', MANIFEST]]);
  const host = await analyze(files);
  const reports = allReports(host);
  assert.deepEqual(
    reports.filter(({ rule }) => rule.startsWith('circuit-breaker')),
    [],
  );
  const fix = reports.find(({ rule }) => rule === 'deployment-drops-to-zero')?.fixes[0];
  assert(fix);
  const after = applyFix(host, fix, files);
  assert.equal(after.get('copilot/web/manifest.yml'), MANIFEST.replace('recreate', 'default'));
  assert.ok(!allReports(await analyze(after)).some(({ rule }) => rule === 'deployment-drops-to-zero'));
});
