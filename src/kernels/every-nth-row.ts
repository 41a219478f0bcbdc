import type { Matrix } from '../core/matrix.ts';

/** Rows 0, step, 2·step, … with their labels and weights, copied. */
export function everyNthRow(
  { data, rows, columns }: Matrix,
  labels: Int32Array,
  weights: Float64Array | undefined,
  step: number,
): { scores: Matrix; labels: Int32Array; weights: Float64Array | undefined } {
  const kept = Math.ceil(rows / step);
  const cells =
    data instanceof Float64Array ? new Float64Array(kept * columns) : new Float32Array(kept * columns);
  const keptLabels = new Int32Array(kept);
  for (let i = 0; i < kept; i += 1) {
    const offset = i * step * columns;
    cells.set(data.subarray(offset, offset + columns), i * columns);
    keptLabels[i] = labels[i * step]!;
  }
  return {
    scores: { data: cells, rows: kept, columns },
    labels: keptLabels,
    weights: weights === undefined ? undefined : Float64Array.from(keptLabels, (_, i) => weights[i * step]!),
  };
}
