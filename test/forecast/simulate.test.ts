// The simulator against published measurements, and what must hold for all settings.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultThreshold } from '../../server/src/forecast/arithmetic.ts';
import { forecastOf } from '../../server/src/forecast/forecast.ts';
import type { ForecastInputs } from '../../server/src/forecast/inputs.ts';
import { scenarios } from '../../server/src/forecast/scenarios.ts';
import { type FailureMode, failingOf, failureModes, simulate } from '../../server/src/forecast/simulate.ts';

const defaults: ForecastInputs = {
  desiredCount: 1,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  enable: true,
  rollback: true,
  threshold: defaultThreshold,
  resetOnHealthyTask: true,
  countsEachCheck: true,
  alarms: null,
  targetGroup: { interval: 30, unhealthyThreshold: 2, deregistrationDelay: 300 },
  containerHealthCheck: null,
  gracePeriod: 0,
  stopTimeout: 30,
  pinsDigest: true,
  isFirst: false,
};

/** Settings of the rollback that was measured to the second. */
const measured: Partial<ForecastInputs> = {
  desiredCount: 2,
  gracePeriod: 180,
  targetGroup: { interval: 30, unhealthyThreshold: 3, deregistrationDelay: 30 },
  containerHealthCheck: { interval: 30, retries: 3, startPeriod: 120 },
};

const published = [
  { name: '1 task: about 20 minutes', inputs: { desiredCount: 1 }, from: 20 * 60, to: 20 * 60 },
  { name: '5 tasks: 3 to 5 minutes', inputs: { desiredCount: 5 }, from: 3 * 60, to: 5 * 60 },
  { name: '2 tasks, all settings known: 267 seconds', inputs: measured, from: 267, to: 267 },
] as const;

for (const { name, inputs, from, to } of published) {
  test(`published: ${name}`, () => {
    const time = simulate({ ...defaults, ...inputs }, 'listens-on-another-port');
    assert.ok(time && time.soonest <= from && to <= time.latest, JSON.stringify(time));
  });
}

const groups = [
  defaults.targetGroup,
  { interval: 5, unhealthyThreshold: 2, deregistrationDelay: 5 },
  { interval: 30, unhealthyThreshold: 3, deregistrationDelay: 300 },
  { interval: 60, unhealthyThreshold: 5, deregistrationDelay: 60 },
  null,
];
const checks = [null, { interval: 30, retries: 3, startPeriod: 0 }, { interval: 10, retries: 2, startPeriod: 60 }];
const alarm = (period: number, datapoints: number): ForecastInputs['alarms'] => ({
  rollback: true,
  unhealthyHosts: { period, datapoints },
  others: false,
});
const settings: readonly ForecastInputs[] = groups.flatMap((targetGroup) =>
  checks.flatMap((containerHealthCheck) =>
    [0, 60, 300].flatMap((gracePeriod) =>
      [null, alarm(60, 1), alarm(60, 3)].flatMap((alarms) =>
        [false, true].map((isFirst) => ({
          ...defaults,
          targetGroup,
          containerHealthCheck,
          gracePeriod,
          alarms,
          isFirst,
        })),
      ),
    ),
  ),
);

function assertNotLater(mode: FailureMode, before: ForecastInputs, after: ForecastInputs): void {
  const [first, second] = [simulate(before, mode), simulate(after, mode)];
  if (first === undefined) {
    assert.equal(second, undefined);
    return;
  }
  assert.ok(
    second && second.soonest <= first.soonest && second.latest <= first.latest,
    JSON.stringify([before, after]),
  );
}

test('more desired tasks at 100 and 200 percent are never noticed later', () => {
  for (const inputs of settings) {
    for (const mode of failureModes) {
      for (let desiredCount = 1; desiredCount < 60; desiredCount++) {
        assertNotLater(mode, { ...inputs, desiredCount }, { ...inputs, desiredCount: desiredCount + 1 });
      }
    }
  }
});

test('a smaller threshold is never noticed later', () => {
  for (const inputs of settings) {
    for (const desiredCount of [1, 2, 5, 20]) {
      for (let value = 1; value < 12; value++) {
        const at = (count: number): ForecastInputs => ({
          ...inputs,
          desiredCount,
          minimumHealthyPercent: 50,
          maximumPercent: 150,
          threshold: { type: 'COUNT', value: count },
        });
        assertNotLater('listens-on-another-port', at(value + 1), at(value));
      }
    }
  }
});

test('a longer grace period is never noticed earlier', () => {
  for (const inputs of settings) {
    // It may keep a target unhealthy for as long as an alarm needs.
    if ((inputs.alarms?.unhealthyHosts?.datapoints ?? 1) > 1) continue;
    for (const desiredCount of [1, 2, 5]) {
      for (let gracePeriod = 0; gracePeriod < 400; gracePeriod += 20) {
        const longer = { ...inputs, desiredCount, gracePeriod: gracePeriod + 20 };
        assertNotLater('listens-on-another-port', longer, { ...inputs, desiredCount, gracePeriod });
      }
    }
  }
});

test('ranges stay useful: the latest is at most two and a half times the soonest', () => {
  for (const inputs of settings) {
    for (const mode of failureModes) {
      for (const desiredCount of [1, 2, 3, 5, 10, 50]) {
        const time = simulate({ ...inputs, desiredCount }, mode);
        if (time) assert.ok(time.latest <= 2.5 * time.soonest, JSON.stringify({ mode, desiredCount, inputs, time }));
      }
    }
  }
});

test('without any health check, and after becoming healthy, nothing trips', () => {
  assert.equal(simulate({ ...defaults, targetGroup: null }, 'listens-on-another-port'), undefined);
  assert.equal(simulate(defaults, 'crashes-after-becoming-healthy'), undefined);
  assert.notEqual(simulate({ ...defaults, targetGroup: null }, 'crashes-at-start'), undefined);
});

test('no room, no tasks and no circuit breaker are told apart', () => {
  const reason = (inputs: Partial<ForecastInputs>): string | undefined =>
    forecastOf({ ...defaults, ...inputs }, 'listens-on-another-port').because[0];
  assert.match(reason({ maximumPercent: 150 }) ?? '', /no room/);
  assert.match(reason({ desiredCount: 0 }) ?? '', /zero desired tasks/);
  assert.match(reason({ enable: false }) ?? '', /no deployment circuit breaker/);
});

test('where there is no headroom, old tasks must drain before new ones start', () => {
  const roomy = simulate({ ...defaults, desiredCount: 4 }, 'listens-on-another-port');
  const tight = simulate(
    { ...defaults, desiredCount: 4, minimumHealthyPercent: 50, maximumPercent: 100 },
    'listens-on-another-port',
  );
  assert.ok(roomy && tight && tight.soonest >= roomy.soonest + 300);
});

test('an alarm on unhealthy targets, which the grace period does not hold up', () => {
  const slow: ForecastInputs = { ...defaults, gracePeriod: 600 };
  assert.equal(failingOf(slow, 'listens-on-another-port')?.by, 'circuitBreaker');
  const alarmed = failingOf({ ...slow, alarms: alarm(60, 1) }, 'listens-on-another-port');
  assert.ok(alarmed?.by === 'alarm' && alarmed.time.latest < 8 * 60, JSON.stringify(alarmed));
  const alone = failingOf({ ...slow, enable: false, alarms: alarm(60, 1) }, 'listens-on-another-port');
  assert.deepEqual(alone, alarmed);
});

test('an alarm is never later with fewer periods, and says nothing of tasks that never start', () => {
  for (const inputs of settings) {
    for (let datapoints = 1; datapoints < 6; datapoints++) {
      const at = (count: number): ForecastInputs => ({ ...inputs, alarms: alarm(60, count) });
      assertNotLater('listens-on-another-port', at(datapoints + 1), at(datapoints));
    }
    const without = simulate({ ...inputs, alarms: null }, 'crashes-at-start');
    assert.deepEqual(simulate({ ...inputs, alarms: alarm(60, 1) }, 'crashes-at-start'), without);
  }
});

test('an alarm that needs more periods than a target stays unhealthy is not relied on', () => {
  assert.equal(failingOf({ ...defaults, alarms: alarm(60, 3) }, 'listens-on-another-port')?.by, 'circuitBreaker');
  const held = { ...defaults, gracePeriod: 600, alarms: alarm(60, 3) };
  assert.equal(failingOf(held, 'listens-on-another-port')?.by, 'alarm');
});

test('what trips first decides whether anything is rolled back', () => {
  const inputs = { ...defaults, gracePeriod: 600, rollback: false, alarms: alarm(60, 1) };
  assert.equal(forecastOf(inputs, 'listens-on-another-port').rollsBack, true);
  const silent = { ...inputs, rollback: true, alarms: { rollback: false, unhealthyHosts: null, others: true } };
  assert.equal(forecastOf(silent, 'listens-on-another-port').rollsBack, true);
  const marked = {
    ...inputs,
    rollback: true,
    alarms: { ...silent.alarms, unhealthyHosts: { period: 60, datapoints: 1 } },
  };
  assert.equal(forecastOf(marked, 'listens-on-another-port').rollsBack, false);
});

test('a longer stopTimeout is never noticed earlier', () => {
  for (const inputs of settings) {
    for (const stopTimeout of [2, 30, 60]) {
      assertNotLater(
        'listens-on-another-port',
        { ...inputs, stopTimeout: stopTimeout + 60 },
        { ...inputs, stopTimeout },
      );
    }
  }
});

test('a task that is counted once is never noticed earlier', () => {
  for (const inputs of settings)
    assertNotLater('listens-on-another-port', { ...inputs, countsEachCheck: false }, inputs);
});

test('the five scenarios', () => {
  const rows = scenarios({ ...defaults, enable: false });
  assert.deepEqual(
    rows.map(({ forecast }) => forecast && [forecast.detects, forecast.rollsBack]),
    [null, [true, true], [true, true], [false, false], [true, false]],
  );
  const [, one, five] = rows;
  assert.ok((one?.forecast?.minutes?.high ?? 0) >= 20 && (five?.forecast?.minutes?.high ?? 9) <= 5);
});
