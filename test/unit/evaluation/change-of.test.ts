import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeOf } from '../../../src/evaluation/change-of.ts';
import { normalCdf, normalQuantile } from '../../../src/numerics/special-functions.ts';

const level = 0.95;
/** Quantiles of a normal distribution at equal steps. */
const normal = Array.from({ length: 4001 }, (_, i) => normalQuantile((i + 0.5) / 4001));

describe('a change', () => {
  test('has the middle of its resamples, moved to the difference', () => {
    const { difference, interval, standardError } = changeOf(
      0.5,
      0.25,
      normal.map((z) => 7 + z / 10),
      { level },
    );
    expect(difference).toBe(-0.25);
    expect(interval![0]).toBeCloseTo(-0.25 - 0.196, 3);
    expect(interval![1]).toBeCloseTo(-0.25 + 0.196, 3);
    expect(standardError).toBeCloseTo(0.1, 3);
  });

  test('with a possible bias reaches as far as the rule of Imbens and Manski says', () => {
    const bias = [-0.05, 0.2] as const;
    const { interval } = changeOf(
      0,
      0,
      normal.map((z) => z / 10),
      { level, bias },
    );
    // C with Φ(C + 2.5) − Φ(−C) = 0.95, by bisection.
    let [low, high] = [0, 4];
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2;
      if (normalCdf(middle + 2.5) - normalCdf(-middle) < level) low = middle;
      else high = middle;
    }
    expect(low).toBeGreaterThan(1.644);
    expect(low).toBeLessThan(1.96);
    // 4,001 steps place a quantile to 1e-3 of a deviation here.
    expect(interval![0]).toBeCloseTo(-0.2 - low / 10, 3);
    expect(interval![1]).toBeCloseTo(0.05 + low / 10, 3);
  });

  test('has no interval without two resamples, or without a difference', () => {
    expect(changeOf(1, 2, [1], { level })).toMatchObject({ difference: 1, interval: null, pValue: null });
    expect(changeOf(null, 2, [1, 2, 3], { level })).toMatchObject({ difference: null, interval: null });
  });

  test('has a small p-value where its interval is far from 0 and a large one where not', () => {
    const far = normal.map((z) => z / 100);
    expect(changeOf(0, 1, far, { level }).pValue!).toBeLessThan(1e-4);
    expect(changeOf(0, 0, far, { level }).pValue!).toBeGreaterThan(0.9);
  });

  test('is ordered, inside its limits and inside its interval, whatever was drawn', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const draws = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 });
    const bias = fc.tuple(share, share).map(([a, b]) => [-a / 4, b / 4] as const);
    void fc.assert(
      fc.property(share, share, draws, bias, share, (before, after, drawn, lean, centre) => {
        const change = changeOf(before, after, drawn, { level, limit: 1, bias: lean, centre: centre - 0.5 });
        const [low, high] = change.interval!;
        expect(low).toBeLessThanOrEqual(change.difference!);
        expect(high).toBeGreaterThanOrEqual(change.difference!);
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
        // What rejects has an interval without 0; the reverse need not be, where there may be a bias.
        if (change.pValue! <= 1 - level) expect(low <= 0 && high >= 0).toBe(false);
        expect(change.pValue).toBeGreaterThanOrEqual(0);
        expect(change.pValue).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
