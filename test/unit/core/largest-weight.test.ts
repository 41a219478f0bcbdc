import { describe, expect, test } from 'vitest';
import { checkLargestWeight } from '../../../src/core/largest-weight.ts';
import { calibrationTests, evaluate } from '../../../src/evaluation/index.ts';
import { parseCsv } from '../../../src/io/index.ts';
import { drawnSet } from '../calibrators/drawn-set.ts';

describe('weights are refused by the largest', () => {
  test('where all are 0, or squares of their sums would overflow or vanish', () => {
    expect(() => checkLargestWeight(0, 'v.csv')).toThrow('E_WEIGHT_ZERO: v.csv: the weights sum to 0.');
    expect(() => checkLargestWeight(1.1e80)).toThrow(
      'E_WEIGHT: the largest weight is 1.1e+80, outside 1e-80..1e80. Multiply all weights by one number; that changes no result.',
    );
    for (const largest of [1e-80, 1, 1e80]) expect(() => checkLargestWeight(largest)).not.toThrow();
  });

  test('before anything is computed, from a file as from arrays', () => {
    const text = 'a,b,label,weight\n1,0,a,1e-162\n0,1,b,2e-162\n';
    expect(() => parseCsv(text, { weight: 'weight' })).toThrow('E_WEIGHT: the largest weight is 2e-162');
    const probabilities = [
      [0.9, 0.1],
      [0.2, 0.8],
    ];
    expect(() => calibrationTests(probabilities, [0, 1], { weights: [1e200, 1e200] })).toThrow(
      'E_WEIGHT: the largest weight is 1e+200',
    );
  });

  test('inside the range, results do not depend on the scale, not even on a bit for powers of two', () => {
    const set = drawnSet({ rows: 120, classes: 3, temperature: 2, seed: 5 });
    const scaled = (factor: number) =>
      evaluate({ ...set, weights: Float64Array.from(set.labels, (_, i) => factor * (1 + (i % 3))) });
    const one = scaled(1);
    for (const factor of [2 ** -262, 2 ** 262]) {
      const { verdict, test: found, before } = scaled(factor);
      expect(verdict).toEqual(one.verdict);
      expect(found).toEqual(one.test);
      expect([
        before.gapError,
        before.ece,
        before.eceNoise,
        before.eceNoiseLimit,
        before.eceDebiased,
      ]).toEqual([
        one.before.gapError,
        one.before.ece,
        one.before.eceNoise,
        one.before.eceNoiseLimit,
        one.before.eceDebiased,
      ]);
    }
  });
});
