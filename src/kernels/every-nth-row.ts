import type { Matrix } from '../core/matrix.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';

/** Rows 0, step, 2·step, … with their labels and weights, copied. */
export function everyNthRow(
  { rows, columns, read }: ScoreRows,
  labels: StoredNumbers<Int32Array>,
  weights: StoredNumbers<Float64Array> | undefined,
  step: number,
): { scores: Matrix; labels: Int32Array; weights: Float64Array | undefined } {
  const kept = Math.ceil(rows / step);
  const cells =
    read(0, 0) instanceof Float64Array ? new Float64Array(kept * columns) : new Float32Array(kept * columns);
  const keptLabels = new Int32Array(kept);
  const keptWeights = weights === undefined ? undefined : new Float64Array(kept);
  for (let i = 0; i < kept; i += 1) {
    const row = i * step;
    cells.set(read(row, row + 1), i * columns);
    keptLabels[i] = labels.read(row, row + 1)[0]!;
    if (keptWeights !== undefined) keptWeights[i] = weights!.read(row, row + 1)[0]!;
  }
  return { scores: { data: cells, rows: kept, columns }, labels: keptLabels, weights: keptWeights };
}
