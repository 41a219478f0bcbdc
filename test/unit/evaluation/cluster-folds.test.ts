import { describe, expect, test } from 'vitest';
import { clusterNumbers } from '../../../src/core/cluster-numbers.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { heldNumbers } from '../../../src/core/stored-set.ts';
import { clusterFolds } from '../../../src/evaluation/cluster-folds.ts';

/** Fold of each row of clusters of the given sizes, whose rows take turns. */
function foldsOf(
  sizes: readonly number[],
  folds: number,
  seed: number,
): { names: number[]; foldOf: number[] } {
  const names = sizes.flatMap((size, cluster) => Array<number>(size).fill(cluster));
  names.sort((a, b) => ((a * 7) % 5) - ((b * 7) % 5));
  const found = clusterFolds(clusterNumbers(names, names.length), folds, seededRandom(seed));
  return { names, foldOf: [...heldNumbers(found)] };
}

describe('folds of clusters', () => {
  const sizes = [9, 1, 1, 4, 3, 2, 2, 2, 7, 1, 5, 3];

  test.for([2, 3, 5, 12])('keep every cluster together in one of %d folds, none empty', (folds) => {
    const { names, foldOf } = foldsOf(sizes, folds, 1);
    for (const [cluster] of sizes.entries()) {
      const own = new Set(foldOf.filter((_, row) => names[row] === cluster));
      expect(own.size).toBe(1);
    }
    expect(new Set(foldOf).size).toBe(folds);
  });

  test('have sizes that differ by no more than a cluster', () => {
    const { foldOf } = foldsOf(sizes, 4, 2);
    const rows = [0, 1, 2, 3].map((fold) => foldOf.filter((own) => own === fold).length);
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThanOrEqual(2);
  });

  test('follow the seed', () => {
    expect(foldsOf(sizes, 4, 1)).toEqual(foldsOf(sizes, 4, 1));
    expect(foldsOf(sizes, 4, 1)).not.toEqual(foldsOf(sizes, 4, 3));
  });
});
