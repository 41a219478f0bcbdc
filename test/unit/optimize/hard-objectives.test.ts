import { describe, expect, test } from 'vitest';
import { lbfgs } from '../../../src/optimize/lbfgs.ts';
import { expectTrue } from './expect-true.ts';
import { extremeScales, notSmooth, undefinedInPlaces, withoutMinimum } from './hard-cases.ts';

/** Most evaluations a case may take; an unbroken slope through all the floating-point numbers needs some 200. */
const patience = 500;

describe.each([
  ['undefined in places', undefinedInPlaces],
  ['without a minimum to find', withoutMinimum],
  ['not smooth, or said to be what it is not', notSmooth],
  ['of extreme scale', extremeScales],
])('an objective %s', (_, cases) => {
  test.each(cases)('$name: $status', ({ objective, start, status, x, options }) => {
    const result = lbfgs(objective, start, { maxEvaluations: patience, ...options });
    expect(result.status).toBe(status);
    expect(result.evaluations).toBeLessThan(patience);
    expectTrue(result, objective);
    for (const [i, wanted] of (x ?? []).entries()) {
      expect(Math.abs(result.x[i]! - wanted)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(wanted)));
    }
  });
});
