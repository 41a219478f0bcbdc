import type { Matrix } from '../core/matrix.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import { decimalPlaces } from './decimal-places.ts';

/** Half-precision softmax rows miss a sum of 1 by up to 5e-4. */
const halfPrecision = 1e-3;

/** With more decimals than this, rounding is below {@link halfPrecision} for up to 20,000 classes. */
const mostDecimals = 7;

/**
 * How far the sum of a row of probabilities may lie from `whole`: 1e-3 of it, or, in a table rounded to d decimals,
 * K·0.5·10^-d where that is more. Tables rounded to less than a hundredth of the whole get no such allowance.
 *
 * @param whole What rows should sum to: 1, or 100 for percentages.
 */
export function rowSumTolerance(scores: Matrix | ScoreRows, whole = 1): number {
  const decimals = decimalPlaces(scores, mostDecimals);
  const rounding = decimals === undefined ? 0 : 0.5 * 10 ** -decimals;
  const allowed = rounding <= whole * 0.005 ? scores.columns * rounding : 0;
  return Math.max(whole * halfPrecision, allowed);
}
