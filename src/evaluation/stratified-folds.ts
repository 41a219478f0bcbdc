import type { RandomSource } from '../core/random.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import { argmaxRow } from '../numerics/top-label.ts';

/**
 * Deals the rows out to folds of equal size, give or take one, so that every fold has its share of each class and of
 * the rows predicted wrongly. Two wrong rows never share a fold while another has none, which is what keeps the rows
 * outside a fold from being all right by accident.
 *
 * @param folds Whole number 2..N.
 * @returns The fold of each row.
 */
export function stratifiedFolds(set: ScoredSet, folds: number, random: RandomSource): Int32Array {
  const { data, rows, columns } = set.scores;
  const strata = Array.from({ length: 2 * columns }, () => [] as number[]);
  for (let i = 0; i < rows; i += 1) {
    const label = set.labels[i]!;
    const right = argmaxRow(data, i * columns, columns) === label;
    strata[right ? columns + label : label]!.push(i);
  }
  const foldOf = new Int32Array(rows);
  let dealt = 0;
  for (const stratum of strata) {
    for (const row of shuffled(stratum, random)) {
      foldOf[row] = dealt % folds;
      dealt += 1;
    }
  }
  return foldOf;
}

/** Fisher and Yates, in place. */
function shuffled(rows: number[], random: RandomSource): number[] {
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return rows;
}
