// The forecast of whole deployments, read from the files of test workspaces, against published measurements of rollbacks.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Forecast, forecast } from '../../server/src/forecast/forecast.ts';
import { analyze } from '../rules/workspace.ts';

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

test('the thresholds of a circuit breaker as the service writes them', async () => {
  const written = { type: 'COUNT', value: 2 };
  const result = await forecastWith((service) =>
    Object.assign(service, {
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true, thresholdConfiguration: written },
      },
    }),
  );
  assert.equal(result?.threshold, 2);
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
