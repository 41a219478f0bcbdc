// Sums over rows, in their order, column by column; rows of `padded` doubles. Four rows at a time spare the sums the way.

/** Adds Σ r. */
export function addColumns(r: usize, rows: i32, padded: usize, sums: usize): void {
  const size = padded << 3;
  let i = 0;
  for (; i < rows - 3; i += 4) {
    for (let at: usize = 0; at < size; at += 16) {
      const cell = r + at;
      let sum = f64x2.add(v128.load(sums + at), v128.load(cell));
      sum = f64x2.add(sum, v128.load(cell + size));
      sum = f64x2.add(sum, v128.load(cell + (size << 1)));
      v128.store(sums + at, f64x2.add(sum, v128.load(cell + 3 * size)));
    }
    r += size << 2;
  }
  for (; i < rows; i++) {
    for (let at: usize = 0; at < size; at += 16) {
      v128.store(sums + at, f64x2.add(v128.load(sums + at), v128.load(r + at)));
    }
    r += size;
  }
}

/** Adds Σ r∘z. */
export function addColumnProducts(r: usize, z: usize, rows: i32, padded: usize, sums: usize): void {
  const size = padded << 3;
  let i = 0;
  for (; i < rows - 3; i += 4) {
    for (let at: usize = 0; at < size; at += 16) {
      let sum = f64x2.add(v128.load(sums + at), product(r + at, z + at));
      sum = f64x2.add(sum, product(r + at + size, z + at + size));
      sum = f64x2.add(sum, product(r + at + (size << 1), z + at + (size << 1)));
      v128.store(sums + at, f64x2.add(sum, product(r + at + 3 * size, z + at + 3 * size)));
    }
    r += size << 2;
    z += size << 2;
  }
  for (; i < rows; i++) {
    for (let at: usize = 0; at < size; at += 16) {
      v128.store(sums + at, f64x2.add(v128.load(sums + at), product(r + at, z + at)));
    }
    r += size;
    z += size;
  }
}

// @ts-ignore: decorator
@inline
function product(r: usize, z: usize): v128 {
  return f64x2.mul(v128.load(r), v128.load(z));
}
