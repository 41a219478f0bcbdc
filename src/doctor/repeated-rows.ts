import { notice } from '../core/notices.ts';
import type { StoredSet } from '../core/stored-set.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';
import type { Check } from './patient.ts';

/** Rows compared, about; of more rows those of some hashes, so that all copies of a row are compared or none. */
const mostRows = 2 ** 13;

/** Cells of a row that decide whether it is compared. */
const cellsLookedAt = 16;

/** Fewer copies are no matter. */
const leastShare = 0.1;

/** Of rows with equal scores so many are expected to differ in the label, if they are different cases, before that none does is no chance: e⁻²⁰. */
const sureDifferences = 20;

/** Rows as they are compared, in arrays, as a record for each would stay in memory. */
interface SeenRows {
  /** Of their scores, 53 bits. */
  readonly hashes: Float64Array;
  readonly labels: Int32Array;
  /** The chance that two labels drawn by the scores differ. */
  readonly disagreements: Float64Array;
  count: number;
}

/**
 * Copies of rows, label included. Different cases may have equal scores where these are rounded, but then the labels of some must
 * differ: with probabilities p those of two do with probability 1 − Σ p².
 */
export const repeatedRows: Check = ({ set, place }) => {
  const { rows, columns } = set.scores;
  const everyNth = Math.ceil(rows / mostRows);
  const step = Math.ceil(columns / cellsLookedAt);
  const most = Math.min(rows, 2 * mostRows);
  const seen: SeenRows = {
    hashes: new Float64Array(most),
    labels: new Int32Array(most),
    disagreements: new Float64Array(most),
    count: 0,
  };
  const bits = new DataView(new ArrayBuffer(8));
  const shares = new Float64Array(columns);
  /** FNV-like, over every so many-th cell. */
  const hashOf = (cells: ArrayLike<number>, offset: number, by: number, seed: number): number => {
    let hash = seed;
    for (let k = 0; k < columns; k += by) {
      bits.setFloat64(0, cells[offset + k]!);
      hash = Math.imul(hash ^ bits.getInt32(0), 0x85ebca6b);
      hash = Math.imul(hash ^ bits.getInt32(4) ^ (hash >>> 13), 0xc2b2ae35);
      hash ^= hash >>> 16;
    }
    return hash >>> 0;
  };
  return {
    see: ({ label, cells, offset }) => {
      if (hashOf(cells, offset, step, columns) % everyNth !== 0 || seen.count === most) return;
      seen.hashes[seen.count] = hashOf(cells, offset, 1, 1) * 2 ** 21 + (hashOf(cells, offset, 1, 2) >>> 11);
      seen.labels[seen.count] = label;
      seen.disagreements[seen.count] = disagreementOf(set, cells, offset, shares);
      seen.count += 1;
    },
    conclude: () => {
      const { copies, differences } = copiesAmong(seen);
      if (copies < leastShare * seen.count || differences < sureDifferences) return undefined;
      const share = `${((100 * copies) / seen.count).toFixed(1)}%`;
      return notice(
        'W_REPEATED_ROWS',
        `${share} of the ${everyNth > 1 ? 'rows compared' : 'rows'} are copies of others, label included, so intervals and p-values are too narrow unless --clusters names the cases; leave the copies out.`,
        place,
      );
    },
  };
};

/** Copies, and how many of them would differ from the first of their kind in the label if they were other cases; 0 where one does. */
function copiesAmong({ hashes, labels, disagreements, count }: SeenRows): {
  readonly copies: number;
  readonly differences: number;
} {
  const order = Uint32Array.from({ length: count }, (_, at) => at).sort(
    (a, b) => hashes[a]! - hashes[b]! || a - b,
  );
  let [copies, differences] = [0, 0];
  let first = -1;
  for (const at of order) {
    if (first < 0 || hashes[at] !== hashes[first]) {
      first = at;
      continue;
    }
    if (labels[at] !== labels[first]) return { copies: 0, differences: 0 };
    copies += 1;
    differences += disagreements[at]!;
  }
  return { copies, differences };
}

function disagreementOf(
  { kind }: Pick<StoredSet, 'kind'>,
  cells: Float64Array | Float32Array,
  offset: number,
  shares: Float64Array,
): number {
  if (kind === 'logits') softmaxRow(cells, offset, shares.length, 1, shares, 0);
  else shares.set(cells.subarray(offset, offset + shares.length));
  return 1 - shares.reduce((sum, p) => sum + p * p, 0);
}
