import { CompensatedSum } from '../numerics/compensated-sum.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import type { BinScheme } from './bin-table.ts';

/**
 * The largest number of bins, counted up from 1 without a gap, whose shares of hits do not fall from one bin to the
 * next; empty bins are passed over.
 *
 * @param weights The weights of the rows, which decide where equal-mass cuts stand.
 */
export function mostMonotoneBins(
  blocks: TieBlocks,
  scheme: BinScheme,
  weights: Float64Array | undefined,
): number {
  const sums = runningSums(blocks);
  const everyBlock = Array.from({ length: blocks.values.length + 1 }, (_, at) => at);
  // Bins of neighbours in ascending order are in ascending order themselves, so no sweep is needed.
  if (isMonotone(sums, everyBlock)) return blocks.rows;
  const cutsFor = cutterOf(blocks, sums, scheme, weights);
  let bins = 1;
  while (bins < blocks.rows && isMonotone(sums, cutsFor(bins + 1))) bins += 1;
  return bins;
}

interface RunningSums {
  /** Entry b: sum over the first b blocks. */
  readonly counts: Float64Array;
  readonly weights: Float64Array;
  readonly hits: Float64Array;
}

function runningSums({ counts, weights, hits }: TieBlocks): RunningSums {
  return { counts: running(counts), weights: running(weights), hits: running(hits) };
}

function running(values: Float64Array): Float64Array {
  const sum = new CompensatedSum();
  const sums = new Float64Array(values.length + 1);
  for (let b = 0; b < values.length; b += 1) {
    sum.add(values[b]!);
    sums[b + 1] = sum.value;
  }
  return sums;
}

/** Whether the shares of hits between consecutive cuts do not fall; compared as products, exact for whole numbers. */
function isMonotone({ weights, hits }: RunningSums, cuts: readonly number[]): boolean {
  let lastWeight = 1;
  let lastHits = 0;
  for (let at = 1; at < cuts.length; at += 1) {
    const weight = weights[cuts[at]!]! - weights[cuts[at - 1]!]!;
    if (!(weight > 0)) continue;
    const hit = hits[cuts[at]!]! - hits[cuts[at - 1]!]!;
    if (hit * lastWeight < lastHits * weight) return false;
    lastWeight = weight;
    lastHits = hit;
  }
  return true;
}

/** For a number of bins, the numbers of blocks before each edge. */
function cutterOf(
  { values, rows }: TieBlocks,
  { counts, weights: reached }: RunningSums,
  scheme: BinScheme,
  weights: Float64Array | undefined,
): (bins: number) => readonly number[] {
  const last = values.length;
  const total = reached[last]!;
  if (scheme === 'equal-width') {
    return (bins) => {
      const cuts = [0];
      let block = 0;
      for (let b = 1; b < bins; b += 1) {
        while (block < last && values[block]! <= b / bins) block += 1;
        cuts.push(block);
      }
      return [...cuts, last];
    };
  }
  const positive = weights?.filter((weight) => weight > 0);
  const areEqual = positive === undefined || positive.every((weight) => weight === positive[0]);
  return (bins) => {
    const cuts = [0];
    const size = Math.floor(rows / bins);
    for (let b = 1; b < bins; b += 1) {
      const cut = areEqual
        ? firstReaching(counts, b * size + Math.min(b, rows % bins))
        : firstReaching(reached, (total * b) / bins);
      if (cut > cuts[cuts.length - 1]! && cut < last) cuts.push(cut);
    }
    return [...cuts, last];
  };
}

/** The first index whose running sum is at least the target. */
function firstReaching(sums: Float64Array, target: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}
