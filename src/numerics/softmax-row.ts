import { exp } from './exponential.ts';
import { sumOfOthers, tempered } from './log-sum-exp.ts';
import { log1p } from './logarithm.ts';
import { argmaxRow } from './top-label.ts';

/**
 * softmax(z/T) of one row into `out`: p_j = exp((z_j − z_top)/T) / Σ_i exp((z_i − z_top)/T). Error of a cell at most
 * 4·(x + 4)·2^−53·p with x = (z_top − z_j)/T, wherever p ≥ 1e-300; a cell of −Infinity is exactly 0.
 *
 * @param data Row-major cells, float32 or float64; see `tempered` for the domain.
 * @param out Where to write K cells from `outOffset` on; may be `data` itself at the same offset.
 */
export function softmaxRow(
  data: ArrayLike<number>,
  offset: number,
  columns: number,
  temperature: number,
  out: Float64Array,
  outOffset: number,
): void {
  const largest = data[offset + argmaxRow(data, offset, columns)]!;
  let sum = 0;
  let lost = 0;
  for (let j = 0; j < columns; j += 1) {
    const term = exp(tempered(data[offset + j]!, largest, temperature));
    out[outOffset + j] = term;
    const next = sum + term;
    lost += sum >= term ? sum - next + term : term - next + sum;
    sum = next;
  }
  const total = sum + lost;
  for (let j = 0; j < columns; j += 1) out[outOffset + j]! /= total;
}

/**
 * ln softmax(z/T) of one row into `out`: (z_j − z_top)/T − log1p(Σ_{i≠top} exp((z_i − z_top)/T)), which keeps the
 * digits of log-probabilities near 0; a cell of −Infinity stays −Infinity.
 */
export function logSoftmaxRow(
  data: ArrayLike<number>,
  offset: number,
  columns: number,
  temperature: number,
  out: Float64Array,
  outOffset: number,
): void {
  const top = argmaxRow(data, offset, columns);
  const largest = data[offset + top]!;
  const excess = log1p(sumOfOthers(data, offset, columns, temperature, top));
  for (let j = 0; j < columns; j += 1) {
    out[outOffset + j] = tempered(data[offset + j]!, largest, temperature) - excess;
  }
}
