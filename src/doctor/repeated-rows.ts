import { notice } from '../core/notices.ts';
import type { StoredSet } from '../core/stored-set.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';
import type { Check } from './patient.ts';

/** Rows compared at most; of more rows those are whose hashes are smallest, so that all copies of a row are compared or none. */
const mostRows = 2 ** 14;

/** Cells of a row that its hash goes by. */
const cellsHashed = 16;

/** Fewer copies are no matter. */
const leastShare = 0.1;

/** Of rows with equal scores so many are expected to differ in the label, if they are different cases, before that none does is no chance: e⁻²⁰. */
const sureDifferences = 20;

/** A row as it is compared. */
interface SeenRow {
  readonly hash: number;
  readonly row: number;
  readonly label: number;
}

/**
 * Copies of rows, label included. Different cases may have equal scores where these are rounded, but then the labels of some must
 * differ: with probabilities p those of two do with probability 1 − Σ p².
 */
export const repeatedRows: Check = ({ set, place }) => {
  const { rows, columns } = set.scores;
  const everyNth = Math.ceil(rows / mostRows);
  const seen: SeenRow[] = [];
  const bits = new DataView(new ArrayBuffer(8));
  return {
    see: ({ row, label, cells, offset }) => {
      let hash = columns;
      for (let at = 0; at < Math.min(columns, cellsHashed); at += 1) {
        bits.setFloat64(0, cells[offset + Math.floor((at * columns) / Math.min(columns, cellsHashed))]!);
        hash = Math.imul(hash ^ bits.getInt32(0), 0x85ebca6b);
        hash = Math.imul(hash ^ bits.getInt32(4) ^ (hash >>> 13), 0xc2b2ae35);
        hash ^= hash >>> 16;
      }
      if ((hash >>> 0) % everyNth !== 0) return;
      seen.push({ hash, row, label });
    },
    conclude: () => {
      const { copies, differences } = copiesAmong(set, seen);
      if (copies < leastShare * seen.length || differences < sureDifferences) return undefined;
      const share = `${((100 * copies) / seen.length).toFixed(1)}%`;
      return notice(
        'W_REPEATED_ROWS',
        `${share} of the ${everyNth > 1 ? 'rows compared' : 'rows'} are copies of others, label included, so intervals and p-values are too narrow unless --clusters names the cases; leave the copies out.`,
        place,
      );
    },
  };
};

/** Copies, and how many of them would differ from the first of their kind in the label if they were other cases; 0 where one does. */
function copiesAmong(
  set: StoredSet,
  seen: readonly SeenRow[],
): { readonly copies: number; readonly differences: number } {
  const { columns } = set.scores;
  const order = seen.toSorted((a, b) => a.hash - b.hash || a.row - b.row);
  const rowAt = rowWindow(set.scores);
  const first = new Float64Array(columns);
  const shares = new Float64Array(columns);
  let [copies, differences] = [0, 0];
  let firstLabel: number | undefined;
  for (const [at, { hash, row, label }] of order.entries()) {
    const isLike = hash === order[at - 1]?.hash;
    // Rows of their own are not read again.
    if (!isLike && hash !== order[at + 1]?.hash) {
      firstLabel = undefined;
      continue;
    }
    const { cells, offset } = rowAt(row);
    if (isLike && firstLabel !== undefined && first.every((value, k) => value === cells[offset + k])) {
      if (label !== firstLabel) return { copies: 0, differences: 0 };
      copies += 1;
      differences += disagreement(set, first, shares);
      continue;
    }
    firstLabel = label;
    for (let k = 0; k < columns; k += 1) first[k] = cells[offset + k]!;
  }
  return { copies, differences };
}

/** The chance that two labels drawn by the scores differ. */
function disagreement({ kind }: Pick<StoredSet, 'kind'>, scores: Float64Array, shares: Float64Array): number {
  if (kind === 'logits') softmaxRow(scores, 0, scores.length, 1, shares, 0);
  else shares.set(scores);
  return 1 - shares.reduce((sum, p) => sum + p * p, 0);
}
