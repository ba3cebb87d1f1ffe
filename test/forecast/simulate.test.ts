// The simulator against published measurements, and what must hold for all settings.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultThreshold } from '../../server/src/forecast/arithmetic.ts';
import { forecastOf } from '../../server/src/forecast/forecast.ts';
import type { ForecastInputs } from '../../server/src/forecast/inputs.ts';
import { scenarios } from '../../server/src/forecast/scenarios.ts';
import { type FailureMode, failureModes, simulate } from '../../server/src/forecast/simulate.ts';

const defaults: ForecastInputs = {
  desiredCount: 1,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  enable: true,
  rollback: true,
  threshold: defaultThreshold,
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
const settings: readonly ForecastInputs[] = groups.flatMap((targetGroup) =>
  checks.flatMap((containerHealthCheck) =>
    [0, 60, 300].flatMap((gracePeriod) =>
      [false, true].map((isFirst) => ({ ...defaults, targetGroup, containerHealthCheck, gracePeriod, isFirst })),
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

test('the five scenarios', () => {
  const rows = scenarios({ ...defaults, enable: false });
  assert.deepEqual(
    rows.map(({ forecast }) => forecast && [forecast.detects, forecast.rollsBack]),
    [null, [true, true], [true, true], [false, false], [true, false]],
  );
  const [, one, five] = rows;
  assert.ok((one?.forecast?.minutes?.high ?? 0) >= 20 && (five?.forecast?.minutes?.high ?? 9) <= 5);
});
