import type { StoredNumbers } from '../core/number-store.ts';
import type { BinClosure } from './binning.ts';
import { CompensatedSum } from './compensated-sum.ts';
import { type Cut, type Cuts, countCuts, type WeightedNumbers } from './cuts.ts';
import { argsort } from './order-statistics.ts';
import { cutsByDigits } from './selection.ts';

/** Up to here values are sorted; more are gone through several times instead, so that they need not be in memory. */
export const mostSorted = 2 ** 19;

/**
 * Edges of bins that hold about equally many values, cut at values so that equal values always share a bin.
 *
 * On the sorted values the cuts stand where `numpy.array_split` puts them: the first n mod B bins hold ⌈n/B⌉ values,
 * the others ⌊n/B⌋. A cut inside a run of equal values moves to the end of the run; cuts that meet, and cuts with
 * nothing behind them, count once or not at all, so there may be fewer bins than asked for. Without ties the bins are
 * exactly those of `array_split`. A cut's edge is the last value before it when bins are right-closed and the first
 * value after it when they are left-closed, so `binIndex` with the same closure puts every value where the split did.
 *
 * With weights that differ, cut b stands behind the first value at which the running weight reaches b/B of the
 * total; values of weight 0 play no part.
 *
 * @param sample At least one number; what lies below 0 counts as 0. Weights ≥ 0, not all 0.
 * @param bins Bins asked for, B ≥ 1.
 * @param sorted Values to be sorted at most.
 * @returns Ascending edges from 0 to 1, or to the largest value where rounding carried it above 1; one more than there
 * are bins.
 */
export function equalMassEdges(
  sample: WeightedNumbers,
  bins: number,
  closure: BinClosure,
  sorted = mostSorted,
): Float64Array {
  const { cuts, largest } =
    sample.values.length <= sorted ? cutsByOrder(sample, bins) : cutsByDigits(sample, bins);
  const edges = [0];
  let previous = Number.NEGATIVE_INFINITY;
  for (const { value, next } of cuts) {
    if (value <= previous || next === undefined) continue;
    edges.push(closure === 'right-closed' ? value : next);
    previous = value;
  }
  return Float64Array.of(...edges, Math.max(1, largest));
}

/** Where the cuts fall among values that can be sorted. */
function cutsByOrder({ values, weights }: WeightedNumbers, bins: number): Cuts {
  const { sorted, sortedWeights } = inOrder(values, weights);
  const places =
    sortedWeights === undefined ? countCuts(sorted.length, bins) : weightCuts(sortedWeights, bins);
  const cuts: Cut[] = [];
  let end = 0;
  for (const place of places) {
    // Where cuts meet, the first has said it.
    if (place <= end) continue;
    end = place;
    while (end < sorted.length && sorted[end] === sorted[place - 1]) end += 1;
    cuts.push({ value: sorted[place - 1]!, next: sorted[end] });
  }
  return { cuts, largest: sorted[sorted.length - 1]! };
}

/** Numbers of values before each inner cut that shares the weight out evenly. */
function weightCuts(weights: Float64Array, bins: number): number[] {
  const running = new CompensatedSum();
  const reached = weights.map((weight) => {
    running.add(weight);
    return running.value;
  });
  const cuts: number[] = [];
  let count = 0;
  for (let b = 1; b < bins; b += 1) {
    while (reached[count]! < (running.value * b) / bins) count += 1;
    cuts.push(count + 1);
  }
  return cuts;
}

interface Ordered {
  /** Values ≥ 0, ascending, without those of weight 0. */
  readonly sorted: Float64Array;
  /** Their weights; `undefined` when all are equal. */
  readonly sortedWeights: Float64Array | undefined;
}

function inOrder(
  stored: StoredNumbers<Float64Array>,
  storedWeights: StoredNumbers<Float64Array> | undefined,
): Ordered {
  const values = stored.read(0, stored.length);
  const order = argsort(values);
  if (storedWeights === undefined) return { sorted: sharesAt(values, order), sortedWeights: undefined };
  const weights = storedWeights.read(0, storedWeights.length);
  const rows = order.filter((row) => weights[row]! > 0);
  const sortedWeights = Float64Array.from(rows, (row) => weights[row]!);
  const equal = sortedWeights.every((weight) => weight === sortedWeights[0]);
  return { sorted: sharesAt(values, rows), sortedWeights: equal ? undefined : sortedWeights };
}

/** The values of some rows, what lies below 0 moved to 0. */
function sharesAt(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  const shares = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    shares[at] = Math.max(values[rows[at]!]!, 0);
  }
  return shares;
}
