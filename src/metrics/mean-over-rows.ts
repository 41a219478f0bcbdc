import { CompensatedSum } from '../numerics/compensated-sum.ts';

/**
 * A weighted mean Σ w x / Σ w by compensated sums, row by row. Rows of weight 0 play no part, and a row at Infinity makes
 * the mean Infinity.
 */
export class MeanOverRows {
  private readonly total = new CompensatedSum();
  private readonly weight = new CompensatedSum();
  private isInfinite = false;

  /**
   * @param x A value above −Infinity.
   * @param w A weight ≥ 0.
   */
  add(x: number, w: number): void {
    if (w === 0) return;
    if (x === Number.POSITIVE_INFINITY) this.isInfinite = true;
    if (this.isInfinite) return;
    this.total.add(w * x);
    this.weight.add(w);
  }

  /** The mean of what was added; of nothing, NaN. */
  get value(): number {
    return this.isInfinite ? Number.POSITIVE_INFINITY : this.total.value / this.weight.value;
  }
}

/**
 * {@link MeanOverRows} of values at hand; the plain mean without weights.
 *
 * @param values One or more values above −Infinity.
 * @param weights As many weights ≥ 0, not all 0.
 */
export function meanOverRows(values: ArrayLike<number>, weights?: ArrayLike<number>): number {
  const mean = new MeanOverRows();
  for (let i = 0; i < values.length; i += 1) mean.add(values[i]!, weights === undefined ? 1 : weights[i]!);
  return mean.value;
}
