import type { Matrix } from '../core/matrix.ts';

/** The two columns (0, s) of a single column of binary logits s. */
export function withZeroLogit({ data, rows }: Matrix): Matrix {
  const both = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i += 1) both[2 * i + 1] = data[i]!;
  return { data: both, rows, columns: 2 };
}

/** The two columns (1 − p, p) of a single column with the probability p of class 1; 1 − p is 0 for p above 1. */
export function withComplement({ data, rows }: Matrix): Matrix {
  const both = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i += 1) {
    both[2 * i] = Math.max(0, 1 - data[i]!);
    both[2 * i + 1] = data[i]!;
  }
  return { data: both, rows, columns: 2 };
}
