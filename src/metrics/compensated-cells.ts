/** Many running sums at once, each carrying its rounding errors along (Neumaier 1974). Finite values only. */
export class CompensatedCells {
  private readonly sums: Float64Array;
  private readonly lost: Float64Array;

  constructor(cells: number) {
    this.sums = new Float64Array(cells);
    this.lost = new Float64Array(cells);
  }

  add(cell: number, value: number): void {
    const sum = this.sums[cell]!;
    const next = sum + value;
    this.lost[cell]! += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    this.sums[cell] = next;
  }

  value(cell: number): number {
    return this.sums[cell]! + this.lost[cell]!;
  }
}
