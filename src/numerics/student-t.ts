import { lowerBetaQuantile, regularizedBeta } from './incomplete-beta.ts';
import { chiSquaredSurvival1, normalQuantile } from './special-functions.ts';

/**
 * P(T² ≥ x) of Student's t, the upper tail of F with 1 and `freedom` degrees of freedom.
 *
 * @param x At least 0.
 * @param freedom Greater than 0; `Infinity` is the normal distribution.
 */
export function studentSurvival(x: number, freedom: number): number {
  if (freedom === Number.POSITIVE_INFINITY) return chiSquaredSurvival1(x);
  return regularizedBeta(freedom / (freedom + x), freedom / 2, 0.5);
}

/**
 * The t > 0 with P(|T| ≥ t) = `tail`.
 *
 * @param tail In (0, ½].
 * @param freedom Greater than 0; `Infinity` is the normal distribution.
 */
export function studentDeviate(tail: number, freedom: number): number {
  if (freedom === Number.POSITIVE_INFINITY) return -normalQuantile(tail / 2);
  const { x, rest } = lowerBetaQuantile(tail, freedom / 2, 0.5);
  return Math.sqrt(freedom * (rest / x));
}
