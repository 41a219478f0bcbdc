import { CompensatedSum } from './compensated-sum.ts';
import { argsort } from './order-statistics.ts';

/** Which end of an inner bin belongs to it; 0 and 1 always belong to the first and the last bin. */
export type BinClosure = 'right-closed' | 'left-closed';

/** Edges 0, 1/bins, …, 1 of bins of equal width, each one correctly rounded division. */
export function equalWidthEdges(bins: number): Float64Array {
  const edges = new Float64Array(bins + 1);
  for (let i = 0; i <= bins; i += 1) edges[i] = i / bins;
  return edges;
}

/**
 * Edges of bins that hold about equally many values, cut at values so that equal values always share a bin.
 *
 * On the sorted values the cuts stand where `numpy.array_split` puts them: the first n mod B bins hold ⌈n/B⌉ values,
 * the others ⌊n/B⌋. A cut inside a run of equal values moves to the end of the run; cuts that meet, and cuts with
 * nothing behind them, count once or not at all, so there may be fewer bins than asked for. Without ties the bins are
 * exactly those of `array_split`. A cut's edge is the last value before it when bins are right-closed and the first
 * value after it when they are left-closed, so {@link binIndex} with the same closure puts every value where the
 * split did.
 *
 * With weights that differ, cut b stands behind the first value at which the running weight reaches b/B of the
 * total; values of weight 0 play no part.
 *
 * @param values At least one number; what lies below 0 counts as 0.
 * @param bins Bins asked for, B ≥ 1.
 * @param weights Weights ≥ 0, not all 0.
 * @returns Ascending edges from 0 to 1, or to the largest value where rounding carried it above 1; one more than there
 * are bins.
 */
export function equalMassEdges(
  values: ArrayLike<number>,
  bins: number,
  closure: BinClosure,
  weights?: ArrayLike<number>,
): Float64Array {
  const { sorted, sortedWeights } = inOrder(values, weights);
  const cuts = sortedWeights === undefined ? countCuts(sorted.length, bins) : weightCuts(sortedWeights, bins);
  const edges = [0];
  let previous = 0;
  for (const cut of cuts) {
    const end = cut <= previous ? previous : endOfTie(sorted, cut);
    if (end === previous || end === sorted.length) continue;
    edges.push(closure === 'right-closed' ? sorted[end - 1]! : sorted[end]!);
    previous = end;
  }
  return Float64Array.of(...edges, Math.max(1, sorted[sorted.length - 1]!));
}

/**
 * The bin a value falls in: the one definition of edge closure. Only comparisons with the edges decide.
 *
 * Right-closed bins are (low, high] and left-closed ones [low, high); the first also holds what is at or below 0 and
 * the last what is at or above 1, so probabilities that rounding carried past an end are kept.
 *
 * @param value A number.
 * @param edges Ascending edges from {@link equalWidthEdges} or {@link equalMassEdges}.
 */
export function binIndex(value: number, edges: Float64Array, closure: BinClosure): number {
  const last = edges.length - 2;
  if (!(value > 0)) return 0;
  if (value >= edges[last + 1]!) return last;
  // Right for equal widths but for rounding; the comparisons below have the say.
  const guess = Math.min(Math.floor(value * (last + 1)), last);
  for (let bin = Math.max(guess - 1, 0); bin <= guess; bin += 1) {
    if (holds(bin, value, edges, closure)) return bin;
  }
  return searchBin(value, edges, closure);
}

function holds(bin: number, value: number, edges: Float64Array, closure: BinClosure): boolean {
  const low = edges[bin]!;
  const high = edges[bin + 1]!;
  return closure === 'right-closed' ? low < value && value <= high : low <= value && value < high;
}

/** Number of inner edges that lie before the value. */
function searchBin(value: number, edges: Float64Array, closure: BinClosure): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const edge = edges[middle + 1]!;
    const before = closure === 'right-closed' ? edge < value : edge <= value;
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

function endOfTie(sorted: Float64Array, cut: number): number {
  let end = cut;
  while (end < sorted.length && sorted[end] === sorted[cut - 1]) end += 1;
  return end;
}

/** Numbers of values before each inner cut of `array_split`. */
function countCuts(count: number, bins: number): number[] {
  const size = Math.floor(count / bins);
  return Array.from({ length: bins - 1 }, (_, b) => (b + 1) * size + Math.min(b + 1, count % bins));
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

function inOrder(values: ArrayLike<number>, weights: ArrayLike<number> | undefined): Ordered {
  const order = argsort(values);
  if (weights === undefined) return { sorted: sharesAt(values, order), sortedWeights: undefined };
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
