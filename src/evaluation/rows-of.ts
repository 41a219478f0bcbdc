import type { ScoredSet } from '../core/scored-set.ts';

/** The set made of some rows of another, copied. */
export function rowsOf(set: ScoredSet, rows: Int32Array): ScoredSet {
  const { data, columns } = set.scores;
  const cells = rows.length * columns;
  const picked = data instanceof Float64Array ? new Float64Array(cells) : new Float32Array(cells);
  for (let to = 0; to < rows.length; to += 1) {
    const from = rows[to]! * columns;
    picked.set(data.subarray(from, from + columns), to * columns);
  }
  return {
    ...set,
    scores: { data: picked, rows: rows.length, columns },
    labels: rows.map((row) => set.labels[row]!),
    ...(set.weights === undefined ? {} : { weights: Float64Array.from(rows, (row) => set.weights![row]!) }),
  };
}
