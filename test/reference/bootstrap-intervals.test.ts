import { describe, expect, test } from 'vitest';
import { bootstrapInterval } from '../../src/evaluation/bootstrap-interval.ts';
import reference from './bootstrap-intervals.json' with { type: 'json' };

/** The same formulas in another order; SciPy's normal quantile is good to 1e-15. */
const regrouped = 1e-11;

describe('the interval of given resamples', () => {
  test.each(reference.cases.map((one, at) => [at, one] as const))('of case %d', (_, one) => {
    const sorted = Float64Array.from(one.resamples).sort();
    for (const method of ['percentile', 'basic', 'bca'] as const) {
      const found = bootstrapInterval(method, one.value, sorted, one.left, one.level);
      for (const end of [0, 1] as const) {
        expect(Math.abs(found[end] - one[method][end]!)).toBeLessThanOrEqual(regrouped * Math.abs(one.value));
      }
    }
  });

  test('centred has its resamples about the value', () => {
    // Mean 5, so everything moves down by 2; at level 0.5 the quartiles of five values are the second and the fourth.
    const sorted = Float64Array.of(1, 3, 4, 7, 10);
    expect(bootstrapInterval('centred', 3, sorted, [], 0.5)).toEqual([1, 5]);
  });

  test('by BCa holds the value where all resamples are to one side of it', () => {
    const sorted = Float64Array.of(3, 4, 5);
    expect(bootstrapInterval('bca', 2, sorted, [1, 2, 3], 0.95)).toEqual([2, 5]);
  });
});
