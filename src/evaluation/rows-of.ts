import type { ScoredSet } from '../core/scored-set.ts';

/** The set made of some rows of another, copied. */
export function rowsOf(set: ScoredSet, rows: readonly number[]): ScoredSet {
  const { data, columns } = set.scores;
  const picked = new Float64Array(rows.length * columns);
  for (const [to, from] of rows.entries()) {
    for (let k = 0; k < columns; k += 1) picked[to * columns + k] = data[from * columns + k]!;
  }
  return {
    ...set,
    scores: { data: picked, rows: rows.length, columns },
    labels: Int32Array.from(rows, (row) => set.labels[row]!),
    ...(set.weights === undefined ? {} : { weights: Float64Array.from(rows, (row) => set.weights![row]!) }),
  };
}
