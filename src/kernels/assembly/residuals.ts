// From scaled logits to losses and residuals, see kernels/javascript-scaling.ts, which gives the same bits.
import { expTerm, expTermToSubnormal } from './exponential-term';
import { log1p } from './logarithm';

/** Of the row under way: its least x, written by `largestOf`. */
let least: f64 = 0;

/**
 * Adds the rows' losses, and turns each row's x into w(p_k − 1[y = k]).
 *
 * @param x Address of the rows, `padded` doubles each, −Infinity beyond the last class.
 * @param weights Address of the rows' weights, or 0 where all count 1.
 * @param parts Address of room for two doubles a row, and a row more.
 * @param sums Address of the loss and of what rounding lost of it.
 */
export function addResiduals(
  x: usize,
  rows: i32,
  columns: usize,
  padded: usize,
  labels: usize,
  weights: usize,
  parts: usize,
  sums: usize,
): void {
  const gaps = parts + ((<usize>rows + 1) << 3);
  const size = padded << 3;
  for (let i = 0; i < rows; i++) {
    const weight = weights === 0 ? 1 : load<f64>(weights + (<usize>i << 3));
    const truth = x + (<usize>load<i32>(labels + (<usize>i << 2)) << 3);
    const top = largestOf(x, columns);
    const gap = top - load<f64>(truth);
    const isDeep = !(least - top > -708);
    const sum = isDeep ? deepExponentialsOf(x, size, top) : exponentialsOf(x, size, top);
    const others = sum + (top - top);
    const share = 1 / (1 + others);
    const p = load<f64>(truth) * share;
    const shares = f64x2.splat(share);
    const factor = f64x2.splat(weight);
    for (let at: usize = 0; at < size; at += 16) {
      v128.store(x + at, f64x2.mul(factor, f64x2.mul(v128.load(x + at), shares)));
    }
    store<f64>(truth, weight * (gap === 0 ? -(others * share) : p - 1));
    store<f64>(parts + (<usize>i << 3), others);
    store<f64>(gaps + (<usize>i << 3), gap);
    x += size;
  }
  addLosses(parts, gaps, rows, weights, sums);
}

/** Adds w(ln(1 + others) + gap) of each row, in their order. */
function addLosses(parts: usize, gaps: usize, rows: i32, weights: usize, sums: usize): void {
  const end = parts + (<usize>rows << 3);
  for (let pair = parts; pair < end; pair += 16) v128.store(pair, log1p(v128.load(pair)));
  let sum = load<f64>(sums);
  let lost = load<f64>(sums, 8);
  for (; parts < end; parts += 8) {
    let term = load<f64>(parts) + load<f64>(gaps);
    gaps += 8;
    if (weights !== 0) {
      term = load<f64>(weights) * term;
      weights += 8;
    }
    const next = sum + term;
    const part = next - sum;
    lost += sum - (next - part) + (term - part);
    sum = next;
  }
  store<f64>(sums, sum);
  store<f64>(sums, lost, 8);
}

/** The largest of a row's classes, NaN where one is; notes the least. */
function largestOf(x: usize, columns: usize): f64 {
  let most = v128.load64_splat(x);
  let fewest = most;
  let isNumber = f64x2.eq(most, most);
  const end = x + ((columns & ~1) << 3);
  for (; x < end; x += 16) {
    const value = v128.load(x);
    most = f64x2.pmax(most, value);
    fewest = f64x2.pmin(fewest, value);
    isNumber = v128.and(isNumber, f64x2.eq(value, value));
  }
  if (columns & 1) {
    const value = v128.load64_splat(x);
    most = f64x2.pmax(most, value);
    fewest = f64x2.pmin(fewest, value);
    isNumber = v128.and(isNumber, f64x2.eq(value, value));
  }
  least = f64x2.extract_lane(f64x2.pmin(fewest, v128.shuffle<f64>(fewest, fewest, 1, 0)), 0);
  if (!i64x2.all_true(isNumber)) return NaN;
  return f64x2.extract_lane(f64x2.pmax(most, v128.shuffle<f64>(most, most, 1, 0)), 0);
}

/** Puts e^(x − top) in place of a row; returns the sum over all but one maximum. No class lies 708 or more below it. */
function exponentialsOf(x: usize, size: usize, top: f64): f64 {
  const most = f64x2.splat(top);
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  // Only what stands beyond the last class lies below it.
  const deepest = f64x2.splat(-708);
  let low = zero;
  let high = zero;
  let below = zero;
  for (const end = x + size; x < end; x += 32) {
    const a = f64x2.sub(v128.load(x), most);
    const b = f64x2.sub(v128.load(x, 16), most);
    const isBelowA = f64x2.lt(a, zero);
    const isBelowB = f64x2.lt(b, zero);
    const ea = v128.and(expTerm(a), v128.and(isBelowA, f64x2.gt(a, deepest)));
    const eb = v128.and(expTerm(b), v128.and(isBelowB, f64x2.gt(b, deepest)));
    low = f64x2.add(low, ea);
    high = f64x2.add(high, eb);
    below = i64x2.add(i64x2.add(below, isBelowA), isBelowB);
    v128.store(x, v128.bitselect(ea, one, isBelowA));
    v128.store(x, v128.bitselect(eb, one, isBelowB), 16);
  }
  return withoutOne(low, high, below, size);
}

/** {@link exponentialsOf} where e^x may be subnormal or 0. */
function deepExponentialsOf(x: usize, size: usize, top: f64): f64 {
  const most = f64x2.splat(top);
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  let low = zero;
  let high = zero;
  let below = zero;
  for (const end = x + size; x < end; x += 32) {
    const a = f64x2.sub(v128.load(x), most);
    const b = f64x2.sub(v128.load(x, 16), most);
    const isBelowA = f64x2.lt(a, zero);
    const isBelowB = f64x2.lt(b, zero);
    const ea = v128.and(deepExponential(a), isBelowA);
    const eb = v128.and(deepExponential(b), isBelowB);
    low = f64x2.add(low, ea);
    high = f64x2.add(high, eb);
    below = i64x2.add(i64x2.add(below, isBelowA), isBelowB);
    v128.store(x, v128.bitselect(ea, one, isBelowA));
    v128.store(x, v128.bitselect(eb, one, isBelowB), 16);
  }
  return withoutOne(low, high, below, size);
}

// @ts-ignore: decorator
@inline
function deepExponential(distance: v128): v128 {
  const e = expTermToSubnormal(f64x2.pmax(f64x2.splat(-746), distance));
  return v128.and(e, f64x2.gt(distance, f64x2.splat(-745.2)));
}

/** The four running sums folded, and 1 for each class that shares the maximum, but for one. */
// @ts-ignore: decorator
@inline
function withoutOne(low: v128, high: v128, below: v128, size: usize): f64 {
  const ties = <i64>(size >> 3) - 1 + i64x2.extract_lane(below, 0) + i64x2.extract_lane(below, 1);
  const first = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
  return first + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1)) + <f64>ties;
}
