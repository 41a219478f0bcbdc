import { describe, expect, test } from 'vitest';
import { clopperPearsonInterval } from '../../../src/numerics/clopper-pearson-interval.ts';
import { lowerBetaQuantile, regularizedBeta } from '../../../src/numerics/incomplete-beta.ts';
import reference from '../../reference/incomplete-beta.json' with { type: 'json' };

/** The stated error of the area, relative to the smaller side; the fraction takes hundreds of roundings. */
const areaError = 1e-12;
/** The stated error of an end is 1e-14; the area it is read from adds to it where the area is flat. */
const endError = 1e-12;

const isNear = (value: number, wanted: number, bound: number): boolean =>
  Math.abs(value - wanted) <= bound * Math.abs(wanted);

describe('the incomplete beta function', () => {
  test('agrees with mpmath', () => {
    const off = reference.areas.filter(
      ([x, a, b, wanted]) => !isNear(regularizedBeta(x!, a!, b!), wanted!, areaError),
    );
    expect(reference.areas.length).toBeGreaterThan(50);
    expect(off).toEqual([]);
  });

  test('has its ends, and is the binomial sum for whole numbers', () => {
    expect([regularizedBeta(0, 2, 3), regularizedBeta(1, 2, 3)]).toEqual([0, 1]);
    // P(X ≥ 2) of 4 trials at 1/4: 1 − (3/4)^4 − 4·(1/4)·(3/4)^3.
    expect(isNear(regularizedBeta(0.25, 2, 3), 1 - 0.31640625 - 0.421875, areaError)).toBe(true);
  });

  test('has quantiles of closed form, to the smallest doubles', () => {
    // I_x(a, 1) = x^a and I_x(1, b) = 1 − (1 − x)^b.
    expect(isNear(lowerBetaQuantile(0.025, 2, 1).x, Math.sqrt(0.025), endError)).toBe(true);
    expect(isNear(lowerBetaQuantile(0.25, 1, 2).x, 1 - Math.sqrt(0.75), endError)).toBe(true);
    // 0.025^10⁵ is below all doubles.
    expect(lowerBetaQuantile(0.025, 1e-5, 1).x).toBeLessThan(1e-300);
  });
});

describe('the Clopper-Pearson interval', () => {
  test('agrees with mpmath and SciPy, small ends included', () => {
    const off = reference.intervals.filter(([s, n, level, ...ends]) =>
      clopperPearsonInterval(s!, n!, level!).some((end, side) => !isNear(end, ends[side]!, endError)),
    );
    expect(reference.intervals.length).toBeGreaterThan(50);
    expect(off).toEqual([]);
  });

  test('covers at least its level, for every count', () => {
    const n = 20;
    for (const truth of [0.01, 0.1, 0.5, 0.77]) {
      let [chance, covered] = [(1 - truth) ** n, 0];
      for (let s = 0; s <= n; s += 1) {
        const [low, high] = clopperPearsonInterval(s, n, 0.95);
        if (low <= truth && truth <= high) covered += chance;
        chance *= ((n - s) / (s + 1)) * (truth / (1 - truth));
      }
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }
  });
});
