import type { RandomSource } from '../core/random.ts';
import type { PairedRows } from '../kernels/kernels-contract.ts';
import { PairedSums, type Resample } from './paired-sums.ts';

/** Above this many clusters, random groups of them are drawn. */
const mostUnits = 5000;

/** Groups drawn then; the standard error is itself known to 1/√(2·groups), 1.6%. */
const groups = 2000;

/**
 * Clusters drawn with replacement, all rows of a cluster together. The sums of each cluster are made once, so a resample
 * costs O(clusters·bins).
 *
 * @param clusterOf Number of each row's cluster, in the order of the rows.
 */
export function resampleClusters(paired: PairedRows, clusterOf: Uint32Array, random: RandomSource): Resample {
  const { count, unitOf } = unitsOf(clusterOf, random);
  const { bins } = paired;
  const width = 3 + 2 * bins;
  const own = unitSums(paired, unitOf, count, width);
  const total = new Float64Array(width);
  const sums = new PairedSums(bins);
  return () => {
    total.fill(0);
    for (let draw = 0; draw < count; draw += 1) {
      const from = random.below(count) * width;
      for (let j = 0; j < width; j += 1) total[j]! += own[from + j]!;
    }
    sums.weight = total[0]!;
    sums.nll = total[1]!;
    sums.brier = total[2]!;
    sums.before.set(total.subarray(3, 3 + bins));
    sums.after.set(total.subarray(3 + bins));
    return sums;
  };
}

function unitSums(paired: PairedRows, unitOf: Uint32Array, count: number, width: number): Float64Array {
  const { rows, bins, weight, nll, brier, binBefore, gapBefore, binAfter, gapAfter } = paired;
  const own = new Float64Array(count * width);
  for (let i = 0; i < rows; i += 1) {
    const at = unitOf[i]! * width;
    own[at]! += weight[i]!;
    own[at + 1]! += nll[i]!;
    own[at + 2]! += brier[i]!;
    own[at + 3 + binBefore[i]!]! += gapBefore[i]!;
    own[at + 3 + bins + binAfter[i]!]! += gapAfter[i]!;
  }
  return own;
}

/** The clusters in the order in which they first occur, or random groups of very many. */
function unitsOf(
  clusterOf: Uint32Array,
  random: RandomSource,
): { readonly count: number; readonly unitOf: Uint32Array } {
  const numbers = new Map<number, number>();
  const unitOf = clusterOf.map((cluster) => {
    const number = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, number);
    return number;
  });
  const { size } = numbers;
  if (size <= mostUnits) return { count: size, unitOf };
  const groupOf = Uint32Array.from({ length: size }, (_, cluster) => cluster % groups);
  for (let last = size - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [groupOf[last], groupOf[other]] = [groupOf[other]!, groupOf[last]!];
  }
  return { count: groups, unitOf: unitOf.map((cluster) => groupOf[cluster]!) };
}
