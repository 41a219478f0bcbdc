import { CompensatedSum } from '../numerics/compensated-sum.ts';

/** Rows per block: bulk sums are taken within fixed blocks and folded in block order. */
export const blockRows = 4096;

/** Calls `visit` with the ends of each block `[from, to)` of the rows and its number, in order. */
export function forEachBlock(rows: number, visit: (from: number, to: number, block: number) => void): void {
  for (let from = 0, block = 0; from < rows; from += blockRows, block += 1) {
    visit(from, Math.min(from + blockRows, rows), block);
  }
}

/** Σ w·value/unit, each block summed by itself. */
export function sumOverBlocks(values: Float64Array, weights: Float64Array | undefined, unit: number): number {
  const total = new CompensatedSum();
  forEachBlock(values.length, (from, to) => {
    const block = new CompensatedSum();
    for (let i = from; i < to; i += 1)
      block.add((weights === undefined ? 1 : weights[i]!) * (values[i]! / unit));
    total.add(block.value);
  });
  return total.value;
}
