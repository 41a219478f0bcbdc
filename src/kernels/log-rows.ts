import type { Matrix } from '../core/matrix.ts';
import { log } from '../numerics/logarithm.ts';

/** The logits of N×K probabilities: ln p in every cell, −Infinity where p = 0. Softmax of them is p, renormalised. */
export function logRows({ data, rows, columns }: Matrix): Matrix {
  const logits = new Float64Array(data.length);
  for (let at = 0; at < data.length; at += 1) logits[at] = log(data[at]!);
  return { data: logits, rows, columns };
}
