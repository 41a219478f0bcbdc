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

/** Cells in memory at a time where rows are read piece by piece: 8 MB. */
const pieceCells = 2 ** 20;

/** Rows of so many columns that are read at a time: a whole block, or where that is too large, a part of it by a power of two. */
export function pieceRows(columns: number): number {
  let rows = blockRows;
  // Eight rows at least, as kernels work on up to four side by side.
  while (rows > 8 && rows * columns > pieceCells) rows /= 2;
  return rows;
}
