import type { StoredSet } from '../core/stored-set.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';

/** Agreement of two labellings beside what unrelated ones with the same class frequencies would show. */
export interface ChanceAgreement {
  /** Share of the rows on which they agree. */
  readonly share: number;
  /** Its expectation under a random permutation of the rows: Σ_k r_k c_k / n². */
  readonly expected: number;
  /** Its standard deviation under one. */
  readonly deviation: number;
}

/**
 * Rows on which labels and predictions agree, against a random pairing of the two. With r_k labels and c_k predictions of
 * class k among n, the matches M have mean Σ r_k c_k / n and variance
 * [Σ_k r_k c_k (n − r_k)(n − c_k) + Σ_{j≠k} r_j c_j r_k c_k] / (n² (n − 1)), both exact.
 *
 * @param matches Rows on which they agree.
 */
export function chanceAgreement(
  matches: number,
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  rows: number,
): ChanceAgreement {
  let products = 0;
  let squares = 0;
  let own = 0;
  for (let k = 0; k < labels.length; k += 1) {
    // As shares of the rows, so that nothing grows with their number.
    const [r, c] = [labels[k]! / rows, predictions[k]! / rows];
    products += r * c;
    squares += (r * c) ** 2;
    own += r * c * (1 - r) * (1 - c);
  }
  const variance = (own + products ** 2 - squares) / Math.max(rows - 1, 1);
  return {
    share: matches / rows,
    expected: products,
    deviation: Math.sqrt(Math.max(variance, 0)),
  };
}

/** Cells whose softmax is worked out at most. */
const mostCells = 2 ** 21;

/**
 * How many standard deviations the mean probability of the true class lies above its mean over random pairings of rows
 * and labels (Hoeffding 1951, "A combinatorial central limit theorem"). It sees what the largest score alone does not: a
 * classifier of a rare class that never predicts it. `undefined` where every pairing gives the same.
 *
 * Every n-th row takes part, so that at most 2^21 cells are looked at.
 */
export function trueClassAssociation({ kind, scores, labels }: StoredSet): number | undefined {
  const { rows, columns } = scores;
  const step = Math.max(Math.ceil((rows * columns) / mostCells), 1);
  const count = Math.ceil(rows / step);
  const classes = Int32Array.from({ length: count }, (_, i) => labels.read(i * step, i * step + 1)[0]!);
  const shares = new Float64Array(columns);
  for (const label of classes) shares[label]! += 1 / count;
  const means = new Float64Array(columns);
  const row = new Float64Array(columns);
  const rowAt = rowWindow(scores);
  let found = 0;
  let within = 0;
  for (let i = 0; i < count; i += 1) {
    const { cells, offset } = rowAt(i * step);
    if (kind === 'logits') softmaxRow(cells, offset, columns, 1, row, 0);
    else for (let k = 0; k < columns; k += 1) row[k] = cells[offset + k]!;
    found += row[classes[i]!]!;
    let mean = 0;
    for (let k = 0; k < columns; k += 1) mean += shares[k]! * row[k]!;
    for (let k = 0; k < columns; k += 1) {
      means[k]! += row[k]! / count;
      within += shares[k]! * (row[k]! - mean) ** 2;
    }
  }
  const expected = shares.reduce((sum, share, k) => sum + share * means[k]!, 0);
  const between = shares.reduce((sum, share, k) => sum + share * (means[k]! - expected) ** 2, 0);
  const variance = ((within - count * between) * count) / Math.max(count - 1, 1);
  // What rounding leaves of nothing is nothing.
  if (!(variance > 1e-12 * count)) return undefined;
  return (found - count * expected) / Math.sqrt(variance);
}
