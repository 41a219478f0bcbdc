import type { NumberStorage, StoredNumbers } from '../core/number-store.ts';
import { blockRows } from '../kernels/row-blocks.ts';
import type { ProbabilityRows } from './probability-rows.ts';

/** Probabilities of one class that are put into storage at a time. */
const runLength = 512;

/**
 * The probabilities class by class, each by row: a copy N×K, in storage, made in one pass. What is read of one class may be changed by
 * reading another.
 */
export function classProbabilities(
  source: ProbabilityRows,
  storage: NumberStorage,
): readonly StoredNumbers<Float64Array>[] {
  const { rows, classes } = source;
  const store = storage.floats(rows * classes);
  const run = new Float64Array(runLength * classes);
  const p = new Float64Array(classes);
  for (let from = 0; from < rows; from += runLength) {
    const length = Math.min(runLength, rows - from);
    for (let i = 0; i < length; i += 1) {
      source.read(from + i, p);
      for (let k = 0; k < classes; k += 1) run[k * length + i] = p[k]!;
    }
    store.pushAll(run.subarray(0, length * classes));
  }
  const cells = store.finish();
  const joined = { values: new Float64Array(blockRows) };
  return Array.from({ length: classes }, (_, k) => columnOf(cells, rows, classes, k, joined));
}

/** A class's part of every run, joined as it is read. */
function columnOf(
  cells: StoredNumbers<Float64Array>,
  rows: number,
  classes: number,
  k: number,
  joined: { values: Float64Array },
): StoredNumbers<Float64Array> {
  return {
    length: rows,
    read: (from, to) => {
      if (joined.values.length < to - from) joined.values = new Float64Array(to - from);
      for (let at = from; at < to; ) {
        const run = at - (at % runLength);
        const length = Math.min(runLength, rows - run);
        const end = Math.min(run + length, to);
        const start = run * classes + k * length;
        joined.values.set(cells.read(start + at - run, start + end - run), at - from);
        at = end;
      }
      return joined.values.subarray(0, to - from);
    },
  };
}
