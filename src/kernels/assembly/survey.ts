// Maximum, minimum and sum of every row, see kernels/javascript-kernels.ts.

/** Writes each row's maximum and minimum; returns 1 unless a cell is NaN. */
export function surveyRows32(cells: usize, rows: i32, columns: usize, largest: usize, smallest: usize): i32 {
  let known = i32x4.splat(-1);
  for (let i = 0; i < rows; i++) {
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

/** Writes each row's sum: four running sums of every fourth cell, folded in pairs. */
export function sumRows(cells: usize, width: i32, rows: i32, columns: usize, sums: usize): void {
  const whole = columns & ~3;
  for (let i = 0; i < rows; i++) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let k: usize = 0; k < whole; k += 4) {
      if (width === 4) {
        const z = v128.load(cells + (k << 2));
        low = f64x2.add(low, f64x2.promote_low_f32x4(z));
        high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(z, z, 2, 3, 2, 3)));
      } else {
        low = f64x2.add(low, v128.load(cells + (k << 3)));
        high = f64x2.add(high, v128.load(cells + (k << 3), 16));
      }
    }
    for (let k = whole; k < columns; k++) {
      const z = width === 4 ? <f64>load<f32>(cells + (k << 2)) : load<f64>(cells + (k << 3));
      if (k === whole) low = f64x2.replace_lane(low, 0, f64x2.extract_lane(low, 0) + z);
      else if (k === whole + 1) low = f64x2.replace_lane(low, 1, f64x2.extract_lane(low, 1) + z);
      else high = f64x2.replace_lane(high, 0, f64x2.extract_lane(high, 0) + z);
    }
    const first = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
    store<f64>(sums, first + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1)));
    sums += 8;
    cells += columns * <usize>width;
  }
}
