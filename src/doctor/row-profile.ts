import { rangeTolerance } from '../core/probability-range.ts';

/** What the checks look at in a row, in a record that is reused for the next. */
export interface RowProfile {
  /** Number of the row, from 0. */
  row: number;
  label: number;
  /** The score of class k is `cells[offset + k]`. */
  cells: Float64Array | Float32Array;
  offset: number;
  smallest: number;
  largest: number;
  /** Of all scores; 0 where one is negative by more than rounding, as only shares of a whole are summed. */
  sum: number;
  /** How many classes share the largest score. */
  tied: number;
  /** First class with the largest score. */
  predicted: number;
  /** Whether it could be a vector of probabilities, */
  isProbabilities: boolean;
  /** or one of percentages. */
  isPercentages: boolean;
}

/** Room below 0 for the rounding of percentages. */
const percentRounding = 100 * rangeTolerance;

/** Looks at the scores of a row, `columns` cells from `offset` on, and writes down what there is to see. */
export function profileRow(profile: RowProfile, columns: number): void {
  const { cells, offset } = profile;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let ties = 0;
  let best = 0;
  for (let k = 0; k < columns; k += 1) {
    const value = cells[offset + k]!;
    if (value < low) low = value;
    if (value > high || k === 0) {
      high = value;
      best = k;
      ties = 1;
    } else if (value === high) {
      ties += 1;
    }
  }
  profile.smallest = low;
  profile.largest = high;
  profile.sum = low < -percentRounding ? 0 : sumOf(cells, offset, columns);
  profile.tied = ties;
  profile.predicted = best;
}

function sumOf(cells: RowProfile['cells'], offset: number, columns: number): number {
  let total = 0;
  for (let k = 0; k < columns; k += 1) total += cells[offset + k]!;
  return total;
}
