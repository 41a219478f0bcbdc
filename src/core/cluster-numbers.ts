import { checkList, isName } from './checks.ts';
import { CalibrationError } from './errors.ts';

/** Names of clusters, one per row: rows with the same name, such as those of one patient, may depend on one another. */
export type ClusterNames = ArrayLike<string | number>;

/** The cluster of each row by number. */
export interface ClusterNumbers {
  /** Number of clusters, 2 or more. */
  readonly count: number;
  /** N numbers 0..count−1, in the order in which the clusters first occur. */
  readonly numberOf: Uint32Array;
}

/**
 * Numbers the clusters in the order in which they first occur. A cluster whose rows all have weight 0 is none: its rows add
 * nothing to any sum, and are counted to the first cluster.
 *
 * @param clusters N names, compared by value.
 * @param weights N weights; all 1 when absent.
 * @throws CalibrationError `E_OPTION` when there is not one name per row, or only one cluster.
 */
export function clusterNumbers(
  clusters: ArrayLike<unknown>,
  rows: number,
  weights?: ArrayLike<number>,
): ClusterNumbers {
  checkList('clusters', clusters, 'names', isName);
  if (clusters.length !== rows) {
    throw new CalibrationError('E_OPTION', {
      what: `option "clusters" has ${clusters.length} entries for ${rows} rows`,
    });
  }
  const numbers = new Map<unknown, number>();
  for (let i = 0; i < rows; i += 1) {
    if (weights?.[i] !== 0 && !numbers.has(clusters[i])) numbers.set(clusters[i], numbers.size);
  }
  if (numbers.size < 2) {
    throw new CalibrationError('E_OPTION', {
      what: `option "clusters" names ${numbers.size === 0 ? 'no' : 'one'} cluster; 2 or more are needed`,
    });
  }
  const numberOf = Uint32Array.from(clusters, (name) => numbers.get(name) ?? 0);
  return { count: numbers.size, numberOf };
}
