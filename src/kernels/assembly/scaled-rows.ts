// Rows of logits laid out for vector and matrix scaling: float64, each padded with zeros to a multiple of four columns.

/** Widens `columns` cells of `width` bytes a row to `padded` doubles a row. */
export function spreadRows(
  cells: usize,
  width: i32,
  rows: i32,
  columns: usize,
  padded: usize,
  out: usize,
): void {
  const even = columns & ~1;
  for (let i = 0; i < rows; i++) {
    if (width === 4) {
      for (let k: usize = 0; k < even; k += 2) {
        v128.store(out + (k << 3), f64x2.promote_low_f32x4(v128.load64_zero(cells + (k << 2))));
      }
      if (columns & 1) store<f64>(out + (even << 3), <f64>load<f32>(cells + (even << 2)));
    } else {
      memory.copy(out, cells, columns << 3);
    }
    for (let k = columns; k < padded; k++) store<f64>(out + (k << 3), 0);
    cells += columns * <usize>width;
    out += padded << 3;
  }
}

/** Writes x = v∘z + b; masked classes stay so, and their z becomes 0. Padding has v = 0 and b = −Infinity. */
export function scaleRows(z: usize, rows: i32, padded: usize, v: usize, b: usize, x: usize): void {
  const masked = f64x2.splat(-f64.MAX_VALUE);
  const size = padded << 3;
  for (let i = 0; i < rows; i++) {
    for (let at: usize = 0; at < size; at += 16) {
      const logits = v128.load(z + at);
      const isMasked = f64x2.lt(logits, masked);
      const scaled = f64x2.add(f64x2.mul(v128.load(v + at), logits), v128.load(b + at));
      v128.store(x + at, v128.bitselect(logits, scaled, isMasked));
      v128.store(z + at, v128.andnot(logits, isMasked));
    }
    z += size;
    x += size;
  }
}
