import { describe, expect, test } from 'vitest';
import { logGamma } from '../../../src/numerics/log-gamma.ts';

/** Shifting up to 13 and Stirling's series: some roundings of terms up to 40. */
const tolerance = 1.5e-14;

describe('logGamma', () => {
  test('is the logarithm of the factorials', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n += 1) {
      expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThan(tolerance);
      factorial *= n;
    }
  });

  test('is ln √π at ½, and what mpmath gives far out', () => {
    expect(Math.abs(logGamma(0.5) - Math.log(Math.PI) / 2)).toBeLessThan(tolerance);
    // mpmath.loggamma at 50 digits.
    expect(logGamma(1e-3) / 6.907178885383853 - 1).toBeCloseTo(0, 14);
    expect(logGamma(100000.5) / 1051293.4654351394 - 1).toBeCloseTo(0, 14);
  });
});
