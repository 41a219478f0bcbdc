/** Rows per block: bulk sums are taken within fixed blocks and folded in block order. */
export const blockRows = 4096;

/** Calls `visit` with the ends of each block `[from, to)` of the rows and its number, in order. */
export function forEachBlock(rows: number, visit: (from: number, to: number, block: number) => void): void {
  for (let from = 0, block = 0; from < rows; from += blockRows, block += 1) {
    visit(from, Math.min(from + blockRows, rows), block);
  }
}
