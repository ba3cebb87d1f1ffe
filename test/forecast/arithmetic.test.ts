// The arithmetic of deployments against AWS's own examples, and against an oracle that tries every move.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canProgress, defaultThreshold, taskBounds, thresholdCount } from '../../server/src/forecast/arithmetic.ts';

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
    assert.equal(thresholdCount(defaultThreshold, desired), threshold, `desired ${desired}`);
});

test('a threshold that is written', () => {
  assert.equal(thresholdCount({ type: 'COUNT', value: 2 }, 800), 2);
  assert.equal(thresholdCount({ type: 'UNBOUNDED_PERCENT', value: 50 }, 800), 400);
  assert.equal(thresholdCount({ type: 'UNBOUNDED_PERCENT', value: 50 }, 1), 1);
  assert.equal(thresholdCount({ type: 'BOUNDED_PERCENT', value: 100 }, 800), 200);
  assert.equal(thresholdCount({ type: 'BOUNDED_PERCENT', value: 1 }, 50), 3);
});

/** Tries every start and stop from all old tasks to all new ones, in whole tasks and without rounding. */
function reachesTheEnd(desired: number, minimumPercent: number, maximumPercent: number): boolean {
  const start = `${desired},0`;
  const seen = new Set([start]);
  const queue: (readonly [number, number])[] = [[desired, 0]];
  for (let state = queue.pop(); state; state = queue.pop()) {
    const [old, fresh] = state;
    if (old === 0 && fresh === desired) return true;
    const running = old + fresh;
    const moves: (readonly [number, number])[] = [];
    if (fresh < desired && 100 * (running + 1) <= desired * maximumPercent) moves.push([old, fresh + 1]);
    if (old > 0 && 100 * (running - 1) >= desired * minimumPercent) moves.push([old - 1, fresh]);
    for (const move of moves) {
      if (seen.has(move.join())) continue;
      seen.add(move.join());
      queue.push(move);
    }
  }
  return false;
}

test('51 desired counts with 441 pairs of percents agree with the oracle', () => {
  let pairs = 0;
  for (let desired = 0; desired <= 50; desired++) {
    for (let minimum = 0; minimum <= 100; minimum += 5) {
      for (let maximum = 100; maximum <= 200; maximum += 5) {
        const progresses = canProgress(desired, taskBounds(desired, minimum, maximum));
        assert.equal(progresses, reachesTheEnd(desired, minimum, maximum), `${desired}, ${minimum}, ${maximum}`);
        pairs++;
      }
    }
  }
  assert.equal(pairs, 51 * 441);
});
