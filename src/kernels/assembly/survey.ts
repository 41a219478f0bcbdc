// Maximum, minimum and sum of every row, see kernels/javascript-kernels.ts.

/** Writes each row's maximum and minimum; returns 1 unless a cell is NaN. */
export function surveyRows32(cells: usize, rows: i32, columns: usize, largest: usize, smallest: usize): i32 {
  let known = i32x4.splat(-1);
  let i = 0;
  if (columns === 2) {
    // Two rows side by side.
    for (; i + 2 <= rows; i += 2) {
      const z = v128.load(cells);
      const other = v128.shuffle<f32>(z, z, 1, 0, 3, 2);
      known = v128.and(known, f32x4.eq(z, z));
      const most = f32x4.pmax(z, other);
      const least = f32x4.pmin(z, other);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(most, most, 0, 2, 0, 2));
      v128.store(largest, f64x2.add(high, f64x2.splat(0)));
      v128.store(smallest, f64x2.promote_low_f32x4(v128.shuffle<f32>(least, least, 0, 2, 0, 2)));
      largest += 16;
      smallest += 16;
      cells += 16;
    }
  }
  for (; i < rows; i++) {
    let high = load<f32>(cells);
    let low = high;
    let isNumber = f32x4.eq(f32x4.splat(high), f32x4.splat(high));
    if (columns >= 4) {
      let most = v128.load(cells);
      let least = most;
      const end = cells + ((columns & ~3) << 2);
      for (let at = cells; at < end; at += 16) {
        const z = v128.load(at);
        isNumber = v128.and(isNumber, f32x4.eq(z, z));
        most = f32x4.pmax(most, z);
        least = f32x4.pmin(least, z);
      }
      most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
      least = f32x4.pmin(least, v128.shuffle<f32>(least, least, 2, 3, 0, 1));
      most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 1, 0, 3, 2));
      least = f32x4.pmin(least, v128.shuffle<f32>(least, least, 1, 0, 3, 2));
      high = f32x4.extract_lane(most, 0);
      low = f32x4.extract_lane(least, 0);
    }
    for (let k = columns & ~3; k < columns; k++) {
      const z = load<f32>(cells + (k << 2));
      isNumber = v128.and(isNumber, f32x4.eq(f32x4.splat(z), f32x4.splat(z)));
      if (z > high) high = z;
      if (z < low) low = z;
    }
    known = v128.and(known, isNumber);
    // Turns −0 into 0.
    store<f64>(largest, <f64>high + 0.0);
    store<f64>(smallest, <f64>low);
    largest += 8;
    smallest += 8;
    cells += columns << 2;
  }
  return i32x4.all_true(known);
}

/** {@link surveyRows32} of float64. */
export function surveyRows64(cells: usize, rows: i32, columns: usize, largest: usize, smallest: usize): i32 {
  let known = i64x2.splat(-1);
  for (let i = 0; i < rows; i++) {
    let most = v128.load64_splat(cells);
    let least = most;
    const end = cells + ((columns & ~1) << 3);
    for (let at = cells; at < end; at += 16) {
      const z = v128.load(at);
      known = v128.and(known, f64x2.eq(z, z));
      most = f64x2.pmax(most, z);
      least = f64x2.pmin(least, z);
    }
    if (columns & 1) {
      const z = v128.load64_splat(end);
      known = v128.and(known, f64x2.eq(z, z));
      most = f64x2.pmax(most, z);
      least = f64x2.pmin(least, z);
    }
    most = f64x2.pmax(most, v128.shuffle<f64>(most, most, 1, 0));
    least = f64x2.pmin(least, v128.shuffle<f64>(least, least, 1, 0));
    store<f64>(largest, f64x2.extract_lane(most, 0) + 0.0);
    store<f64>(smallest, f64x2.extract_lane(least, 0));
    largest += 8;
    smallest += 8;
    cells += columns << 3;
  }
  return i64x2.all_true(known);
}

/** Room for eight running sums, behind those of the loss. */
const parts: usize = 2048 + 512;

/** Writes each row's sum: eight running sums of every eighth cell, folded in pairs. */
export function sumRows(cells: usize, width: i32, rows: i32, columns: usize, sums: usize): void {
  const whole = columns & ~7;
  for (let i = 0; i < rows; i++) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    if (width === 4) {
      const end = cells + (whole << 2);
      for (let at = cells; at < end; at += 32) {
        a = f64x2.add(a, f64x2.promote_low_f32x4(v128.load64_zero(at)));
        b = f64x2.add(b, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
        c = f64x2.add(c, f64x2.promote_low_f32x4(v128.load64_zero(at, 16)));
        d = f64x2.add(d, f64x2.promote_low_f32x4(v128.load64_zero(at, 24)));
      }
    } else {
      const end = cells + (whole << 3);
      for (let at = cells; at < end; at += 64) {
        a = f64x2.add(a, v128.load(at));
        b = f64x2.add(b, v128.load(at, 16));
        c = f64x2.add(c, v128.load(at, 32));
        d = f64x2.add(d, v128.load(at, 48));
      }
    }
    v128.store(parts, a);
    v128.store(parts, b, 16);
    v128.store(parts, c, 32);
    v128.store(parts, d, 48);
    for (let k = whole; k < columns; k++) {
      const z = width === 4 ? <f64>load<f32>(cells + (k << 2)) : load<f64>(cells + (k << 3));
      const part = parts + ((k & 7) << 3);
      store<f64>(part, load<f64>(part) + z);
    }
    const first = load<f64>(parts) + load<f64>(parts, 8) + (load<f64>(parts, 16) + load<f64>(parts, 24));
    const second = load<f64>(parts, 32) + load<f64>(parts, 40) + (load<f64>(parts, 48) + load<f64>(parts, 56));
    store<f64>(sums, first + second);
    sums += 8;
    cells += columns * <usize>width;
  }
}
