// Sums over rows, in their order, column by column; rows of `padded` doubles.

/** Adds Σ r. */
export function addColumns(r: usize, rows: i32, padded: usize, sums: usize): void {
  const size = padded << 3;
  for (let i = 0; i < rows; i++) {
    for (let at: usize = 0; at < size; at += 16) {
      v128.store(sums + at, f64x2.add(v128.load(sums + at), v128.load(r + at)));
    }
    r += size;
  }
}

/** Adds Σ r∘z. */
export function addColumnProducts(r: usize, z: usize, rows: i32, padded: usize, sums: usize): void {
  const size = padded << 3;
  for (let i = 0; i < rows; i++) {
    for (let at: usize = 0; at < size; at += 16) {
      const product = f64x2.mul(v128.load(r + at), v128.load(z + at));
      v128.store(sums + at, f64x2.add(v128.load(sums + at), product));
    }
    r += size;
    z += size;
  }
}
