import type { NumberArray, StoredNumbers } from '../core/number-store.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import type { StoredSet } from '../core/stored-set.ts';

/** The set made of some rows of another, copied. */
export function rowsOf(set: ScoredSet, rows: Int32Array): ScoredSet {
  const { unfloored: _, ...kept } = set;
  const { data, columns } = set.scores;
  const cells = rows.length * columns;
  const picked = data instanceof Float64Array ? new Float64Array(cells) : new Float32Array(cells);
  for (let to = 0; to < rows.length; to += 1) {
    const from = rows[to]! * columns;
    picked.set(data.subarray(from, from + columns), to * columns);
  }
  return {
    ...kept,
    scores: { data: picked, rows: rows.length, columns },
    labels: rows.map((row) => set.labels[row]!),
    ...(set.weights === undefined ? {} : { weights: Float64Array.from(rows, (row) => set.weights![row]!) }),
  };
}

/** {@link rowsOf} of a set that is read some rows at a time. Nothing is copied; the rows are gathered whenever they are read. */
export function storedRowsOf(set: StoredSet, rows: Int32Array): StoredSet {
  const { scores, labels, weights, unfloored: _, ...kept } = set;
  const { columns } = scores;
  return {
    ...kept,
    scores: {
      rows: rows.length,
      columns,
      matrix: undefined,
      read: (from, to) => {
        const cells = (to - from) * columns;
        const gathered =
          scores.read(0, 0) instanceof Float64Array ? new Float64Array(cells) : new Float32Array(cells);
        for (let i = from; i < to; i += 1) {
          gathered.set(scores.read(rows[i]!, rows[i]! + 1), (i - from) * columns);
        }
        return gathered;
      },
    },
    labels: gathered(labels, rows, (length) => new Int32Array(length)),
    ...(weights === undefined
      ? {}
      : { weights: gathered(weights, rows, (length) => new Float64Array(length)) }),
  };
}

function gathered<Values extends NumberArray>(
  { read }: StoredNumbers<Values>,
  rows: Int32Array,
  make: (length: number) => Values,
): StoredNumbers<Values> {
  return {
    length: rows.length,
    read: (from, to) => {
      const values = make(to - from);
      for (let i = from; i < to; i += 1) values[i - from] = read(rows[i]!, rows[i]! + 1)[0]!;
      return values;
    },
  };
}
