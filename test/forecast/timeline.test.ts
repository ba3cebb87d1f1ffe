// What happens when: the moments of a forecast agree with its range, and stay few.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultThreshold } from '../../server/src/forecast/arithmetic.ts';
import type { ForecastInputs } from '../../server/src/forecast/inputs.ts';
import { failureModes, simulate } from '../../server/src/forecast/simulate.ts';
import { timelineOf } from '../../server/src/forecast/timeline.ts';

const inputs: ForecastInputs = {
  desiredCount: 1,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  enable: true,
  rollback: true,
  threshold: defaultThreshold,
  resetOnHealthyTask: true,
  countsEachCheck: true,
  targetGroup: { interval: 30, unhealthyThreshold: 2, deregistrationDelay: 300 },
  containerHealthCheck: null,
  gracePeriod: 0,
  stopTimeout: 30,
  alarms: null,
  pinsDigest: true,
  isFirst: false,
};

function told(differences: Partial<ForecastInputs>, mode: (typeof failureModes)[number] = 'listens-on-another-port') {
  return timelineOf({ ...inputs, ...differences }, mode).map(({ text }) => text);
}

test('one task after the other', () => {
  assert.deepEqual(told({}), [
    'ECS starts 1 new task beside the old one.',
    'Failure 1 of 3: the load balancer finds a new task unhealthy.',
    'Failure 2 of 3: the load balancer finds a new task unhealthy.',
    'Failure 3 of 3: the load balancer finds a new task unhealthy.',
    'The circuit breaker trips: the deployment is FAILED.',
  ]);
});

test('tasks side by side are one moment, behind the one that runs ahead', () => {
  assert.deepEqual(told({ desiredCount: 8 }), [
    'ECS starts 8 new tasks beside the 8 old ones.',
    'Failure 1 of 4: the load balancer finds a new task unhealthy.',
    'Failures 2–4 of 4: the load balancer finds new tasks unhealthy.',
    'The circuit breaker trips: the deployment is FAILED.',
  ]);
});

test('without room old tasks go first', () => {
  const [first, second] = told({ desiredCount: 2, minimumHealthyPercent: 50, maximumPercent: 100 });
  assert.equal(first, 'There is room for new tasks only once old ones have stopped.');
  assert.equal(second, 'As many old tasks have stopped, and ECS starts 1 new task.');
});

test('other witnesses: a crash, an image that is not there, an alarm', () => {
  assert.equal(told({}, 'crashes-at-start')[1], 'Failure 1 of 3: a new task crashed at the start.');
  assert.equal(told({}, 'image-cannot-be-pulled')[1], 'Failure 1 of 3: the image of a new task could not be pulled.');
  const alarms = { rollback: true, unhealthyHosts: { period: 60, datapoints: 1 }, others: false };
  assert.equal(
    told({ gracePeriod: 600, alarms }).at(-1),
    'The alarm on unhealthy targets is raised: the deployment is FAILED.',
  );
});

test('moments are in order, few, and end with the forecast', () => {
  for (const mode of failureModes) {
    for (const desiredCount of [1, 2, 5, 50, 400]) {
      for (const [minimumHealthyPercent, maximumPercent] of [
        [100, 200],
        [50, 150],
        [0, 100],
        [100, 110],
      ] as const) {
        const tried = { ...inputs, desiredCount, minimumHealthyPercent, maximumPercent };
        const moments = timelineOf(tried, mode);
        const time = simulate(tried, mode);
        assert.equal(moments.length === 0, time === undefined);
        if (!time) continue;
        assert.ok(moments.length <= 9, JSON.stringify(moments));
        assert.deepEqual(moments.at(-1)?.seconds, { low: time.soonest, high: time.latest });
        const failures = moments.filter(({ text }) => text.startsWith('Failure'));
        for (const [index, { seconds }] of failures.entries()) {
          const before = failures[index - 1]?.seconds ?? { low: 0, high: 0 };
          assert.ok(before.low <= seconds.low && before.high <= seconds.high && seconds.low <= seconds.high);
        }
      }
    }
  }
});
