// The forecast against AWS's own examples of the threshold and published measurements of rollbacks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { breakerThreshold, type Forecast, forecast } from '../../server/src/forecast/forecast.ts';
import { analyze } from '../rules/workspace.ts';

const thresholds = [
  [0, 3],
  [1, 3],
  [6, 3],
  [7, 4],
  [10, 5],
  [25, 13],
  [100, 50],
  [400, 200],
  [800, 200],
] as const;

test('the threshold is half the desired tasks, between 3 and 200', () => {
  for (const [desired, threshold] of thresholds)
    assert.equal(breakerThreshold(desired), threshold, `desired ${desired}`);
});

const folder = 'test/workspaces/nine-am-fixed';
const paths = ['app.py', 'Dockerfile', 'ecs/task-definition.json', 'ecs/service-definition.json'];

async function forecastWith(change: (service: Record<string, unknown>) => void): Promise<Forecast | undefined> {
  const files = new Map(paths.map((path) => [path, readFileSync(`${folder}/${path}`, 'utf8')]));
  const service: Record<string, unknown> = JSON.parse(files.get('ecs/service-definition.json') ?? '{}');
  change(service);
  files.set('ecs/service-definition.json', JSON.stringify(service, undefined, 2));
  const [view] = (await analyze(files)).deployments();
  return view && forecast(view.deployment);
}

test('one task behind a load balancer: the published twenty minutes lie in the range', async () => {
  const result = await forecastWith((service) => Object.assign(service, { desiredCount: 1 }));
  assert.equal(result?.detects, true);
  assert.equal(result?.rollsBack, true);
  assert.equal(result?.threshold, 3);
  const { low, high } = result?.minutes ?? { low: 0, high: 0 };
  assert.ok(low <= 20 && 20 <= high, `${low} to ${high}`);
});

test('five tasks: the published three to five minutes lie in the range', async () => {
  const { low, high } = (await forecastWith((service) => Object.assign(service, { desiredCount: 5 })))?.minutes ?? {
    low: 9,
    high: 0,
  };
  assert.ok(low <= 3 && 5 <= high, `${low} to ${high}`);
});

test('without a circuit breaker nothing is detected', async () => {
  const result = await forecastWith((service) => Object.assign(service, { deploymentConfiguration: {} }));
  assert.deepEqual([result?.detects, result?.rollsBack, result?.minutes], [false, false, null]);
});

test('CODE_DEPLOY has no circuit breaker; a template decides nothing', async () => {
  const other = await forecastWith((service) =>
    Object.assign(service, { deploymentController: { type: 'CODE_DEPLOY' } }),
  );
  assert.equal(other?.detects, false);
  assert.equal(await forecastWith((service) => Object.assign(service, { desiredCount: '{{ count }}' })), undefined);
});
