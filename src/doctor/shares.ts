import { largestProbability } from '../numerics/probability-checks.ts';
import { rowSumTolerance } from '../numerics/row-sum-tolerance.ts';
import { findRows, type RowsFound } from './name-rows.ts';
import type { Patient } from './patient.ts';

/** Rows that could be a probability vector times `whole`: inside 0..whole and summing to it. */
export function findShares(whole: number, { profile, set }: Patient): RowsFound {
  // Worked out at the first row that needs it, as it reads the whole table.
  let tolerance: number | undefined;
  return findRows(set.scores.rows, (i) => {
    if (!(profile.smallest[i]! >= 0 && profile.largest[i]! <= whole * largestProbability)) return false;
    tolerance ??= rowSumTolerance(set.scores, whole);
    return Math.abs(profile.sum[i]! - whole) <= tolerance;
  });
}

/** Rows that look odd must be the majority where a few genuine rows may look so by chance. */
export function isMost({ count }: RowsFound, { set }: Patient): boolean {
  return 2 * count > set.scores.rows;
}
