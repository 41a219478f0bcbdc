import type { Matrix } from '../core/matrix.ts';

/** What the checks look at, gathered in one pass: each array has one value per row. */
export interface RowProfile {
  readonly smallest: Float64Array;
  readonly largest: Float64Array;
  readonly sum: Float64Array;
  /** How many classes share the largest score. */
  readonly tied: Int32Array;
  /** First class with the largest score. */
  readonly predicted: Int32Array;
}

/** Gathers the {@link RowProfile} of a score matrix. */
export function profileRows({ data, rows, columns }: Matrix): RowProfile {
  const smallest = new Float64Array(rows);
  const largest = new Float64Array(rows);
  const sum = new Float64Array(rows);
  const tied = new Int32Array(rows);
  const predicted = new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let total = 0;
    let ties = 0;
    let best = 0;
    for (let k = 0; k < columns; k += 1) {
      const value = data[i * columns + k]!;
      total += value;
      if (value < low) low = value;
      if (value > high || k === 0) {
        high = value;
        best = k;
        ties = 1;
      } else if (value === high) {
        ties += 1;
      }
    }
    smallest[i] = low;
    largest[i] = high;
    sum[i] = total;
    tied[i] = ties;
    predicted[i] = best;
  }
  return { smallest, largest, sum, tied, predicted };
}
