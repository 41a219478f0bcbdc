// What single rows are scored by, see kernels/javascript-judgement.ts, which gives the same bits.

/** Writes the place of each row's first cell that equals its maximum, which there is. */
export function findTops(cells: usize, width: i32, rows: i32, columns: usize, largest: usize, tops: usize): void {
  for (let i = 0; i < rows; i++) {
    const most = load<f64>(largest);
    store<i32>(tops, <i32>(width === 4 ? find32(cells, columns, <f32>most) : find64(cells, columns, most)));
    cells += columns * <usize>width;
    largest += 8;
    tops += 4;
  }
}

function find32(cells: usize, columns: usize, most: f32): usize {
  const wanted = f32x4.splat(most);
  let k: usize = 0;
  for (; k + 4 <= columns; k += 4) {
    const hits = i32x4.bitmask(f32x4.eq(v128.load(cells + (k << 2)), wanted));
    if (hits) return k + <usize>ctz(hits);
  }
  while (load<f32>(cells + (k << 2)) !== most) k++;
  return k;
}

function find64(cells: usize, columns: usize, most: f64): usize {
  const wanted = f64x2.splat(most);
  let k: usize = 0;
  for (; k + 2 <= columns; k += 2) {
    const hits = i64x2.bitmask(f64x2.eq(v128.load(cells + (k << 3)), wanted));
    if (hits) return k + <usize>ctz(hits);
  }
  return k;
}

/**
 * Writes Σ_k (p_k − 1[y = k])² of each row, summed in the order of the columns.
 *
 * @param p Address of the rows' probabilities, float64; left as they were.
 * @param labels Address of the labels, 32 bits each.
 * @param errors Where to write, with room for one more.
 */
export function squaredErrors(p: usize, rows: i32, columns: usize, labels: usize, errors: usize): void {
  const stride = columns << 3;
  for (let i = 0; i < rows; i++) {
    const truth = p + <usize>i * stride + (<usize>load<i32>(labels + (<usize>i << 2)) << 3);
    const kept = load<f64>(truth);
    store<f64>(errors + (<usize>i << 3), kept);
    store<f64>(truth, kept - 1);
  }
  for (let i = 0; i < rows; i += 2) {
    const first = p + <usize>i * stride;
    const sum = squares(first, rows - i === 1 ? first : first + stride, columns);
    const count = rows - i === 1 ? 1 : 2;
    for (let lane = 0; lane < count; lane++) {
      const row = <usize>(i + lane);
      const truth = p + row * stride + (<usize>load<i32>(labels + (row << 2)) << 3);
      store<f64>(truth, load<f64>(errors + (row << 3)));
      store<f64>(errors + (row << 3), lane ? f64x2.extract_lane(sum, 1) : f64x2.extract_lane(sum, 0));
    }
  }
}

function squares(first: usize, second: usize, columns: usize): v128 {
  let sum = f64x2.splat(0);
  const end = first + ((columns & ~1) << 3);
  for (; first < end; first += 16) {
    const a = v128.load(first);
    const b = v128.load(second);
    const even = v128.shuffle<f64>(a, b, 0, 2);
    const odd = v128.shuffle<f64>(a, b, 1, 3);
    sum = f64x2.add(f64x2.add(sum, f64x2.mul(even, even)), f64x2.mul(odd, odd));
    second += 16;
  }
  if (columns & 1) {
    const last = f64x2.replace_lane(f64x2.splat(load<f64>(first)), 1, load<f64>(second));
    sum = f64x2.add(sum, f64x2.mul(last, last));
  }
  return sum;
}
