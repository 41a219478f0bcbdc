/**
 * A running sum that carries its rounding errors along (Neumaier 1974): the error of `value` is about one rounding
 * of the result plus n²·2^−106·Σ|x|, independent of the order for all practical sizes. Finite values only.
 */
export class CompensatedSum {
  private sum = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }

  get value(): number {
    return this.sum + this.lost;
  }
}

/** Compensated sum of finite values; 0 when there are none. */
export function sumOf(values: ArrayLike<number>): number {
  const sum = new CompensatedSum();
  for (let i = 0; i < values.length; i += 1) sum.add(values[i]!);
  return sum.value;
}

/** Compensated arithmetic mean of one or more finite values. */
export function meanOf(values: ArrayLike<number>): number {
  return sumOf(values) / values.length;
}
