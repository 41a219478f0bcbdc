import { isProbability } from '../core/probability-range.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import { rowSumTolerance } from '../numerics/row-sum-tolerance.ts';
import type { RowProfile } from './row-profile.ts';

/** Tells rows that could be a probability vector times `whole`: inside 0..whole and summing to it. */
export function sharesOf(
  whole: number,
  scores: ScoreRows,
): (profile: Pick<RowProfile, 'smallest' | 'largest' | 'sum'>) => boolean {
  // Worked out at the first row that needs it, as it reads the whole table.
  let tolerance: number | undefined;
  return ({ smallest, largest, sum }) => {
    if (!(isProbability(smallest / whole) && isProbability(largest / whole))) return false;
    tolerance ??= rowSumTolerance(scores, whole);
    return Math.abs(sum - whole) <= tolerance;
  };
}
