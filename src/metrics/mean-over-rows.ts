import { CompensatedSum } from '../numerics/compensated-sum.ts';

/**
 * Weighted mean Σ w x / Σ w by compensated sums; the plain mean without weights. Rows of weight 0 play no part, and a
 * row at Infinity makes the mean Infinity.
 *
 * @param values One or more values above −Infinity.
 * @param weights As many weights ≥ 0, not all 0.
 */
export function meanOverRows(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const total = new CompensatedSum();
  const weight = new CompensatedSum();
  for (let i = 0; i < values.length; i += 1) {
    const w = weights === undefined ? 1 : weights[i]!;
    if (w === 0) continue;
    if (values[i] === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    total.add(w * values[i]!);
    weight.add(w);
  }
  return total.value / weight.value;
}
