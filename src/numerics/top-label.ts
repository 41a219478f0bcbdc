/** Index of the largest of `columns` cells from `offset` on; the first of equals wins. Cells are not NaN. */
export function argmaxRow(data: ArrayLike<number>, offset: number, columns: number): number {
  let best = 0;
  let largest = data[offset]!;
  for (let j = 1; j < columns; j += 1) {
    const value = data[offset + j]!;
    if (value > largest) {
      largest = value;
      best = j;
    }
  }
  return best;
}
