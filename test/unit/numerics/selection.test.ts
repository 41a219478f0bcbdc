import { describe, expect, test } from 'vitest';
import { storedNumbers } from '../../../src/core/number-store.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { equalMassEdges } from '../../../src/numerics/equal-mass-edges.ts';
import { longestTie } from '../../../src/numerics/longest-tie.ts';

const random = seededRandom(4);

/** Confidences as overconfident classifiers have them, some of them rounded so that they tie. */
const confidences: readonly (readonly [string, Float64Array])[] = [
  ['spread evenly', Float64Array.from({ length: 20_000 }, () => random.uniform())],
  ['crowded at 1', Float64Array.from({ length: 20_000 }, () => 1 - random.uniform() ** 8)],
  ['rounded', Float64Array.from({ length: 20_000 }, () => Math.round(random.uniform() * 64) / 64)],
  ['tiny', Float64Array.from({ length: 5_000 }, () => random.uniform() ** 200)],
  ['all the same', new Float64Array(5000).fill(0.75)],
  ['beyond 1', Float64Array.from({ length: 3000 }, (_, i) => 1 + (i % 7) * 2 ** -52)],
];

describe.each(confidences)('order statistics of values %s', (_, values) => {
  const stored = storedNumbers(values);

  test.each([2, 15, 200])('cut into %i bins by digits are those by sorting', (bins) => {
    for (const closure of ['right-closed', 'left-closed'] as const) {
      const sample = { values: stored, weights: undefined };
      expect(equalMassEdges(sample, bins, closure, 0)).toEqual(equalMassEdges(sample, bins, closure));
    }
  });

  test('cut by weight are those by sorting', () => {
    // Whole numbers, whose sums are exact in any order.
    const weights = storedNumbers(Float64Array.from(values, () => random.below(4)));
    const sample = { values: stored, weights };
    expect(equalMassEdges(sample, 15, 'right-closed', 0)).toEqual(equalMassEdges(sample, 15, 'right-closed'));
  });

  test('tie as often as counting says', () => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(Math.min(value, 1), (counts.get(Math.min(value, 1)) ?? 0) + 1);
    const most = Math.max(...counts.values());
    expect([longestTie(stored), longestTie(stored, 0)]).toEqual([most, most]);
  });
});
