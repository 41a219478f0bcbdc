import { describe, expect, test } from 'vitest';
import { bootstrapInterval, intervalMethods } from '../../src/evaluation/bootstrap-interval.ts';
import reference from './bootstrap-intervals.json' with { type: 'json' };

/** The same formulas in another order; SciPy's normal quantile is good to 1e-15. */
const regrouped = 1e-11;

describe('the interval of given resamples', () => {
  test.each(reference.cases.map((one, at) => [at, one] as const))('of case %d', (_, one) => {
    const sorted = Float64Array.from(one.resamples).sort();
    for (const method of intervalMethods) {
      const found = bootstrapInterval(method, one.value, sorted, one.left, one.level);
      for (const end of [0, 1] as const) {
        expect(Math.abs(found[end] - one[method][end]!)).toBeLessThanOrEqual(regrouped * Math.abs(one.value));
      }
    }
  });

  test('by BCa holds the value where all resamples are to one side of it', () => {
    const sorted = Float64Array.of(3, 4, 5);
    expect(bootstrapInterval('bca', 2, sorted, [1, 2, 3], 0.95)).toEqual([2, 5]);
  });
});
