import type { StoredNumbers } from './number-store.ts';

/** What weights add up to. */
export interface WeightSums {
  /** Rows of positive weight. */
  readonly rows: number;
  readonly sum: number;
  /** (Σw)²/Σw². */
  readonly effective: number;
}

/** Weights read at a time. */
const atOnce = 4096;

/** Sums of weights, of any size. */
export function weightSums(weights: StoredNumbers<Float64Array>): WeightSums {
  let largest = 0;
  for (const weight of eachOf(weights)) largest = Math.max(largest, weight);
  let [rows, sum, squares] = [0, 0, 0];
  for (const weight of eachOf(weights)) {
    if (weight === 0) continue;
    rows += 1;
    sum += weight / largest;
    squares += (weight / largest) ** 2;
  }
  return { rows, sum: sum * largest, effective: (sum * sum) / squares };
}

function* eachOf(weights: StoredNumbers<Float64Array>): Generator<number> {
  for (let from = 0; from < weights.length; from += atOnce) {
    yield* weights.read(from, Math.min(from + atOnce, weights.length));
  }
}
