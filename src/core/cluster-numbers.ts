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
 * Numbers the clusters in the order in which they first occur.
 *
 * @param clusters N names, compared by value.
 * @throws CalibrationError `E_OPTION` when there is not one name per row, or only one cluster.
 */
export function clusterNumbers(clusters: ArrayLike<unknown>, rows: number): ClusterNumbers {
  checkList('clusters', clusters, 'names', isName);
  if (clusters.length !== rows) {
    throw new CalibrationError('E_OPTION', {
      what: `option "clusters" has ${clusters.length} entries for ${rows} rows`,
    });
  }
  const numbers = new Map<unknown, number>();
  const numberOf = Uint32Array.from(clusters, (name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  });
  if (numbers.size < 2) {
    throw new CalibrationError('E_OPTION', {
      what: 'option "clusters" names one cluster; 2 or more are needed',
    });
  }
  return { count: numbers.size, numberOf };
}
