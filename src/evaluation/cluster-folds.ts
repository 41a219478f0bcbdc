import type { ClusterNumbers } from '../core/cluster-numbers.ts';
import { type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import type { RandomSource } from '../core/random.ts';
import { shuffle } from './shuffle.ts';

/**
 * Deals whole clusters out to folds, so that no row is predicted by a model that saw its cluster: the largest first, each to
 * the fold with the fewest rows, clusters of one size in random order.
 *
 * @param folds Whole number 2 up to the number of clusters.
 * @returns The fold of each row; none is empty.
 */
export function clusterFolds(
  { count, numberOf }: ClusterNumbers,
  folds: number,
  random: RandomSource,
): StoredNumbers<Int32Array> {
  const sizes = new Uint32Array(count);
  for (const cluster of numberOf) sizes[cluster]! += 1;
  const order = Uint32Array.from({ length: count }, (_, cluster) => cluster);
  shuffle(order, random);
  // A stable sort keeps the random order of equal sizes.
  const bySize = [...order].sort((a, b) => sizes[b]! - sizes[a]!);
  const rows = new Float64Array(folds);
  const foldOf = new Int32Array(count);
  for (const cluster of bySize) {
    const fold = rows.indexOf(rows.reduce((least, own) => Math.min(least, own), Number.POSITIVE_INFINITY));
    foldOf[cluster] = fold;
    rows[fold]! += sizes[cluster]!;
  }
  return storedNumbers(Int32Array.from(numberOf, (cluster) => foldOf[cluster]!));
}
