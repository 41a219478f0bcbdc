import { describe, expect, test } from 'vitest';
import {
  chiSquaredSurvival1,
  erfc,
  normalCdf,
  normalQuantile,
} from '../../../src/numerics/special-functions.ts';
import { wilsonInterval } from '../../../src/numerics/wilson-interval.ts';
import reference from '../../reference/special-functions.json' with { type: 'json' };

/** A few roundings of a value of size 1; the documented bound. */
const relativeBound = 2e-15;

describe('special functions', () => {
  test.each([
    ['erfc', erfc, reference.erfc],
    ['normalCdf', normalCdf, reference.normalCdf],
    ['normalQuantile', normalQuantile, reference.normalQuantile],
    ['chiSquaredSurvival1', chiSquaredSurvival1, reference.chiSquaredSurvival1],
  ] as const)('%s agrees with mpmath to 2e-15 relative, tails included', (_, f, rows) => {
    const off = rows.filter(([x, expected]) => {
      return !(Math.abs(f(x!) - expected!) <= relativeBound * Math.abs(expected!));
    });
    expect(rows.length).toBeGreaterThan(50);
    expect(off).toEqual([]);
  });

  test('vanish or saturate beyond the range of doubles', () => {
    expect(erfc(30)).toBe(0);
    expect(erfc(-30)).toBe(2);
    expect(erfc(Number.POSITIVE_INFINITY)).toBe(0);
    expect(normalCdf(-40)).toBe(0);
    expect(normalCdf(40)).toBe(1);
    expect(chiSquaredSurvival1(1e308)).toBe(0);
  });

  test('the quantile of the ends is infinite and of the middle 0', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(-0.1)).toBeNaN();
  });
});

describe('wilsonInterval', () => {
  test('solves its defining quadratic', () => {
    const z = 1.959963984540054;
    for (const [successes, trials] of [
      [8, 10],
      [1, 300],
      [2.5, 7.25],
      [999_999, 1_000_000],
    ] as const) {
      for (const end of wilsonInterval(successes, trials, 0.95)) {
        const distance = (successes / trials - end) ** 2;
        const allowed = (z * z * end * (1 - end)) / trials;
        // Squares of differences of two rounded shares.
        expect(Math.abs(distance - allowed)).toBeLessThanOrEqual(1e-15);
        expect(distance / allowed).toBeCloseTo(1, 8);
      }
    }
  });

  test('ends exactly at 0 without successes and at 1 without failures', () => {
    expect(wilsonInterval(0, 10, 0.95)[0]).toBe(0);
    expect(wilsonInterval(10, 10, 0.95)[1]).toBe(1);
    expect(wilsonInterval(0, 10, 0.95)[1]).toBeCloseTo(3.841458820694124 / 13.841458820694124, 14);
  });

  test('mirrors when successes and failures change places', () => {
    const [low, high] = wilsonInterval(3, 20, 0.9);
    const [mirroredLow, mirroredHigh] = wilsonInterval(17, 20, 0.9);
    expect(mirroredLow).toBeCloseTo(1 - high, 14);
    expect(mirroredHigh).toBeCloseTo(1 - low, 14);
  });
});
