// Every class's probabilities sorted into bins, see kernels/javascript-judgement.ts, which gives the same bits.

/**
 * Adds rows to the table of all classes. Place (b, k) of the table stands at b·K + k.
 *
 * @param p Address of the rows' probabilities, float64.
 * @param edges Address of the bins' edges, one more than there are bins.
 * @param isRight Whether bins are (low, high] rather than [low, high).
 * @param sums Σp by place, `lost` what rounding lost of it.
 * @param counts Rows by place, 32 bits each, but for those of the first bin, which the rest of the rows are in.
 * @param correct Rows by place whose label is the class.
 */
export function addClasswise(
  p: usize,
  rows: i32,
  columns: usize,
  labels: usize,
  edges: usize,
  bins: i32,
  isRight: i32,
  sums: usize,
  lost: usize,
  counts: usize,
  correct: usize,
): void {
  const first = load<f64>(edges, 8);
  const limit = f64x2.splat(first);
  const even = columns & ~1;
  for (let i = 0; i < rows; i++) {
    for (let k: usize = 0; k < even; k += 2) {
      const at = k << 3;
      const value = v128.load(p + at);
      const isFirst = isRight ? f64x2.le(value, limit) : f64x2.lt(value, limit);
      // Most probabilities of many classes are small; the others are seen to one by one, adding 0 here.
      const term = v128.and(value, isFirst);
      const sum = v128.load(sums + at);
      const next = f64x2.add(sum, term);
      const share = f64x2.sub(next, sum);
      const error = f64x2.add(f64x2.sub(sum, f64x2.sub(next, share)), f64x2.sub(term, share));
      v128.store(sums + at, next);
      v128.store(lost + at, f64x2.add(v128.load(lost + at), error));
      if (!i64x2.all_true(isFirst)) {
        if (!i64x2.extract_lane(isFirst, 0)) place(p, k, columns, edges, bins, isRight, sums, lost, counts);
        if (!i64x2.extract_lane(isFirst, 1)) place(p, k + 1, columns, edges, bins, isRight, sums, lost, counts);
      }
    }
    if (columns & 1) place(p, even, columns, edges, bins, isRight, sums, lost, counts);
    const label = <usize>load<i32>(labels + (<usize>i << 2));
    const bin = binOf(load<f64>(p + (label << 3)), edges, bins, isRight);
    const hit = correct + ((<usize>bin * columns + label) << 2);
    store<i32>(hit, load<i32>(hit) + 1);
    p += columns << 3;
  }
}

function place(
  p: usize,
  k: usize,
  columns: usize,
  edges: usize,
  bins: i32,
  isRight: i32,
  sums: usize,
  lost: usize,
  counts: usize,
): void {
  const value = load<f64>(p + (k << 3));
  const bin = binOf(value, edges, bins, isRight);
  const cell = <usize>bin * columns + k;
  const sum = load<f64>(sums + (cell << 3));
  const next = sum + value;
  const share = next - sum;
  store<f64>(sums + (cell << 3), next);
  const error = sum - (next - share) + (value - share);
  store<f64>(lost + (cell << 3), load<f64>(lost + (cell << 3)) + error);
  if (bin > 0) store<i32>(counts + (cell << 2), load<i32>(counts + (cell << 2)) + 1);
}

/** The bin of a value, decided by comparisons with the edges alone; the product only says where to begin. */
function binOf(value: f64, edges: usize, bins: i32, isRight: i32): i32 {
  const guess = min(<i32>(value * <f64>bins), bins - 1);
  let bin = max(guess - 1, 0);
  while (bin < bins - 1) {
    const high = load<f64>(edges + (<usize>bin << 3), 8);
    if (isRight ? value <= high : value < high) break;
    bin++;
  }
  return bin;
}
