import type { Matrix } from '../core/matrix.ts';
import { softmaxRow } from '../numerics/softmax-row.ts';

/**
 * softmax(z/T) of every row, N×K, see `softmaxRow` for domain and error.
 *
 * @param scores N×K logits; no row is −Infinity throughout.
 * @param temperature T > 0.
 */
export function softmaxRows({ data, rows, columns }: Matrix, temperature: number): Matrix {
  const out = new Float64Array(rows * columns);
  for (let at = 0; at < out.length; at += columns) softmaxRow(data, at, columns, temperature, out, at);
  return { data: out, rows, columns };
}
