import { countText } from '../core/count-text.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { WeightKind } from '../core/scored-set.ts';

/** What the weights of a table were taken for: `as importance weights (effective rows 512 of 2000)`. */
export function weightingText(weights: StoredNumbers<Float64Array>, kind: WeightKind): string {
  const { rows, sum, effective } = sumsOf(weights);
  return kind === 'counts'
    ? `weights as counts (${countText(rows)} rows written out as ${countText(sum)})`
    : `weights as importance weights (effective rows ${countText(Math.round(effective))} of ${countText(rows)})`;
}

/** Weights read at a time. */
const atOnce = 4096;

function sumsOf(weights: StoredNumbers<Float64Array>): Record<'rows' | 'sum' | 'effective', number> {
  let largest = 0;
  for (const weight of eachOf(weights)) largest = Math.max(largest, weight);
  let [rows, sum, squares] = [0, 0, 0];
  for (const weight of eachOf(weights)) {
    if (weight === 0) continue;
    rows += 1;
    sum += weight / largest;
    squares += (weight / largest) ** 2;
  }
  return { rows, sum: Math.round(sum * largest), effective: (sum * sum) / squares };
}

function* eachOf(weights: StoredNumbers<Float64Array>): Generator<number> {
  for (let from = 0; from < weights.length; from += atOnce) {
    yield* weights.read(from, Math.min(from + atOnce, weights.length));
  }
}
