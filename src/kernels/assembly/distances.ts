// Two rows of logits side by side: the lanes of a vector are rows, so each row is summed in the order of its columns.

/** Writes z − max z of two rows of float32 to `out`, column by column, two doubles each; `largest` holds two maxima. */
export function distances32(first: usize, second: usize, columns: usize, largest: usize, out: usize): void {
  const maxima = v128.load(largest);
  const end = first + ((columns & ~3) << 2);
  while (first < end) {
    const a = v128.load(first);
    const b = v128.load(second);
    const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    v128.store(out, f64x2.sub(f64x2.promote_low_f32x4(low), maxima));
    v128.store(out, f64x2.sub(upper(low), maxima), 16);
    v128.store(out, f64x2.sub(f64x2.promote_low_f32x4(high), maxima), 32);
    v128.store(out, f64x2.sub(upper(high), maxima), 48);
    first += 16;
    second += 16;
    out += 64;
  }
  for (let left = columns & 3; left > 0; left--) {
    const pair = f64x2.replace_lane(f64x2.splat(<f64>load<f32>(first)), 1, <f64>load<f32>(second));
    v128.store(out, f64x2.sub(pair, maxima));
    first += 4;
    second += 4;
    out += 16;
  }
}

/** {@link distances32} of float64. */
export function distances64(first: usize, second: usize, columns: usize, largest: usize, out: usize): void {
  const maxima = v128.load(largest);
  const end = first + ((columns & ~1) << 3);
  while (first < end) {
    const a = v128.load(first);
    const b = v128.load(second);
    v128.store(out, f64x2.sub(v128.shuffle<f64>(a, b, 0, 2), maxima));
    v128.store(out, f64x2.sub(v128.shuffle<f64>(a, b, 1, 3), maxima), 16);
    first += 16;
    second += 16;
    out += 32;
  }
  if (columns & 1) {
    const pair = f64x2.replace_lane(f64x2.splat(load<f64>(first)), 1, load<f64>(second));
    v128.store(out, f64x2.sub(pair, maxima));
  }
}

// @ts-ignore: decorator
@inline
function upper(pair: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(pair, pair, 2, 3, 2, 3));
}
