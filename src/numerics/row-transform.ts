import type { Matrix } from '../core/matrix.ts';

/** A {@link Matrix} whose storage is known to be float64, as computed ones are. */
export interface Float64Matrix extends Matrix {
  readonly data: Float64Array;
}

/** A function of one row at a temperature that writes as many cells as it reads, such as `softmaxRow`. */
export type RowTransform = (
  data: ArrayLike<number>,
  offset: number,
  columns: number,
  temperature: number,
  out: Float64Array,
  outOffset: number,
) => void;

/** A function of one row at a temperature that gives one number, such as `logSumExpRow`. */
export type RowReduction = (
  data: ArrayLike<number>,
  offset: number,
  columns: number,
  temperature: number,
) => number;

/** Applies a transform to every row: a new N×K float64 matrix. */
export function transformRows(matrix: Matrix, temperature: number, transform: RowTransform): Float64Matrix {
  const { data, rows, columns } = matrix;
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) transform(data, i * columns, columns, temperature, out, i * columns);
  return { data: out, rows, columns };
}

/** Applies a reduction to every row: N numbers. */
export function reduceRows(matrix: Matrix, temperature: number, reduce: RowReduction): Float64Array {
  const { data, rows, columns } = matrix;
  return Float64Array.from({ length: rows }, (_, i) => reduce(data, i * columns, columns, temperature));
}
