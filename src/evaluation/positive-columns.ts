import type { NumberStorage } from '../core/number-store.ts';
import type { LabelledRows } from '../metrics/judge-pieces.ts';
import type { JudgedColumns } from './judged-columns.ts';

/** Rows handled at a time. */
const atOnce = 4096;

/**
 * The columns with the probability of class 1 in place of the confidence, and whether the label is 1 in place of
 * whether the prediction is right. Losses stay.
 *
 * @param sample Rows of two classes.
 * @param storage Where the new columns go, 9 bytes a row.
 */
export function positiveColumns(
  { source, labels }: LabelledRows,
  columns: JudgedColumns,
  storage: NumberStorage,
): JudgedColumns {
  const { rows } = source;
  const confidence = storage.floats(rows);
  const correct = storage.bytes(rows);
  const size = Math.min(atOnce, rows);
  const some = { confidence: new Float64Array(size), correct: new Uint8Array(size) };
  const p = new Float64Array(2);
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(from + atOnce, rows);
    const truths = labels.read(from, to);
    for (let i = 0; i < to - from; i += 1) {
      source.read(from + i, p);
      some.confidence[i] = p[1]!;
      some.correct[i] = truths[i]!;
    }
    confidence.pushAll(some.confidence.subarray(0, to - from));
    correct.pushAll(some.correct.subarray(0, to - from));
  }
  return { ...columns, confidence: confidence.finish(), correct: correct.finish() };
}
