import { exp } from './exponential.ts';
import { log1p } from './logarithm.ts';
import { argmaxRow } from './top-label.ts';

/**
 * (z − largest)/T without overflow on the way: at most 0, exactly 0 where z is largest, −Infinity only where the
 * quotient is. The domain of every row function here: z finite or −Infinity, `largest` finite, T in 5e-324..1.8e308.
 */
export function tempered(z: number, largest: number, temperature: number): number {
  const quotient = (z - largest) / temperature;
  // A spread above 1.8e308 overflows before the division brings it back; halves do not.
  return quotient === Number.NEGATIVE_INFINITY ? ((0.5 * z - 0.5 * largest) / temperature) * 2 : quotient;
}

/**
 * Σ_{j≠top} exp((z_j − z_top)/T): what the other terms of a row add to the largest one's 1. Never loses a small sum
 * beside that 1.
 */
export function sumOfOthers(
  data: ArrayLike<number>,
  offset: number,
  columns: number,
  temperature: number,
  top: number,
): number {
  const largest = data[offset + top]!;
  let sum = 1;
  let lost = 0;
  for (let j = 0; j < columns; j += 1) {
    if (j === top) continue;
    const term = exp(tempered(data[offset + j]!, largest, temperature));
    // Fast two-sum: no term exceeds the running sum, which starts at 1.
    const next = sum + term;
    lost += term - (next - sum);
    sum = next;
  }
  return sum - 1 + lost;
}

/**
 * ln Σ_j exp(z_j/T) of one row, as z_top/T + log1p(Σ_{j≠top} exp((z_j − z_top)/T)).
 *
 * @param data Row-major cells, float32 or float64; the sums are float64.
 * @param offset Index of the row's first cell.
 * @param columns K ≥ 1.
 */
export function logSumExpRow(
  data: ArrayLike<number>,
  offset: number,
  columns: number,
  temperature: number,
): number {
  const top = argmaxRow(data, offset, columns);
  return data[offset + top]! / temperature + log1p(sumOfOthers(data, offset, columns, temperature, top));
}
