import { clusterNumbers } from '../core/cluster-numbers.ts';
import { seededRandom } from '../core/random.ts';
import { shuffle } from './shuffle.ts';

/** What is drawn with replacement: rows, groups of rows, or clusters. Unit u holds the rows `members[starts[u] .. starts[u + 1])`. */
export interface ResamplingUnits {
  readonly kind: 'rows' | 'groups' | 'clusters';
  readonly count: number;
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

/** Up to here every row is drawn for itself. */
export const mostSingleRows = 5000;

/** Groups of rows drawn where there are more; the standard error is then itself known to 1/√(2·groups), 1.6 %. */
const usualGroups = 2000;

/** Fewest groups, however wide what is kept of each: the standard error is then known to 5 %. */
const fewestGroups = 200;

/**
 * Each row a unit; of more than 5,000 rows, groups of neighbours in an order that is as good as random. Sums over random
 * groups are independent of one another and alike, as rows are, so that drawing groups spreads means of many rows as
 * drawing rows does.
 *
 * @param width Numbers that are kept of each unit, for fewer groups where there are many.
 */
export function unitsOfRows(rows: number, width: number): ResamplingUnits {
  const wanted = Math.max(fewestGroups, Math.min(usualGroups, Math.floor(2 ** 25 / width)));
  const count = rows <= mostSingleRows ? rows : wanted;
  const starts = new Uint32Array(count + 1);
  for (let u = 0; u <= count; u += 1) starts[u] = Math.floor((u * rows) / count);
  const members = Uint32Array.from({ length: rows }, (_, row) => row);
  return { kind: rows <= mostSingleRows ? 'rows' : 'groups', count, starts, members };
}

/**
 * Each cluster a unit, in the order in which they first occur; one whose rows all have weight 0 is none. Of more than 5,000 clusters, random groups of
 * them are the units, as for rows.
 *
 * @param clusters N names of clusters, compared by value.
 * @throws CalibrationError `E_OPTION` when there is not one per row, or only one cluster.
 */
export function unitsOfClusters(
  clusters: readonly unknown[],
  rows: number,
  weights?: ArrayLike<number>,
): ResamplingUnits {
  const { count: found, numberOf } = clusterNumbers(clusters, rows, weights);
  const { count, unitOf } = inGroups(found, numberOf);
  const starts = new Uint32Array(count + 1);
  for (const unit of unitOf) starts[unit + 1]! += 1;
  for (let u = 0; u < count; u += 1) starts[u + 1]! += starts[u]!;
  const next = starts.slice();
  const members = new Uint32Array(rows);
  for (const [row, unit] of unitOf.entries()) {
    members[next[unit]!] = row;
    next[unit]! += 1;
  }
  return { kind: 'clusters', count, starts, members };
}

/** Clusters that occur first may be the largest, so that groups of neighbours would not be alike: they are shuffled. */
function inGroups(
  clusters: number,
  numberOf: Uint32Array,
): { readonly count: number; readonly unitOf: Uint32Array } {
  if (clusters <= mostSingleRows) return { count: clusters, unitOf: numberOf };
  const places = Uint32Array.from({ length: clusters }, (_, c) => c);
  shuffle(places, seededRandom(groupingSeed));
  const groupOf = places.map((place) => Math.floor((place * usualGroups) / clusters));
  return { count: usualGroups, unitOf: numberOf.map((cluster) => groupOf[cluster]!) };
}

/** Any number: the groups are then the same in every run. */
const groupingSeed = 1;

/**
 * The rows of units that came up so many times each: all that came up once or more, then all that came up again, and so on.
 * A row never stands beside its own copy, which measures of neighbouring rows would take for another row just like it.
 */
export function rowsOf({ count, starts, members }: ResamplingUnits, times: Uint32Array): Uint32Array {
  let length = 0;
  let most = 0;
  for (let u = 0; u < count; u += 1) {
    length += times[u]! * (starts[u + 1]! - starts[u]!);
    if (times[u]! > most) most = times[u]!;
  }
  const rows = new Uint32Array(length);
  let at = 0;
  for (let copy = 0; copy < most; copy += 1) {
    for (let u = 0; u < count; u += 1) {
      if (times[u]! <= copy) continue;
      const own = members.subarray(starts[u]!, starts[u + 1]!);
      rows.set(own, at);
      at += own.length;
    }
  }
  return rows;
}
