// The pass over rows of logits, see kernels/temperature-loss.ts, which gives the same bits.
import { distances32, distances64 } from './distances';
import { exp, expToSubnormal } from './exponential';
import { addMoments, addRows } from './loss-sums';
import { log1p } from './logarithm';

/**
 * Adds rows of K ≥ 2 logits.
 *
 * @param cells Address of the rows; `width` bytes a cell.
 * @param largest Address of the rows' maxima, float64, with room for one more.
 * @param pair Address of room for two rows' distances, 16 bytes a column.
 * @param isDeep Whether some β(z − max z) lies below −708.
 */
export function addLossRows(
  cells: usize,
  width: i32,
  largest: usize,
  weights: usize,
  rows: i32,
  columns: usize,
  beta: f64,
  isDeep: i32,
  pair: usize,
  sums: usize,
): void {
  const stride = columns * <usize>width;
  for (let i = 0; i < rows; i += 2) {
    const count = rows - i === 1 ? 1 : 2;
    const next = count === 1 ? cells : cells + stride;
    if (width === 4) distances32(cells, next, columns, largest, pair);
    else distances64(cells, next, columns, largest, pair);
    if (isDeep) addDeepPair(pair, columns, beta, sums, weights, count);
    else addPair(pair, columns, beta, sums, weights, count);
    cells = next + stride;
    largest += 16;
    if (weights !== 0) weights += 16;
  }
}

function addPair(pair: usize, columns: usize, beta: f64, sums: usize, weights: usize, count: i32): void {
  const factor = f64x2.splat(beta);
  const zero = f64x2.splat(0);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let s4 = zero;
  let below = zero;
  const end = pair + (columns << 4);
  while (pair < end) {
    const distance = v128.load(pair);
    const isBelow = f64x2.lt(distance, zero);
    const x = f64x2.mul(factor, distance);
    const e = v128.and(exp(x), isBelow);
    const ex = f64x2.mul(e, x);
    const exx = f64x2.mul(ex, x);
    below = i64x2.add(below, isBelow);
    s0 = f64x2.add(s0, e);
    s1 = f64x2.add(s1, ex);
    s2 = f64x2.add(s2, exx);
    s3 = f64x2.add(s3, f64x2.mul(exx, x));
    s4 = f64x2.add(s4, f64x2.mul(exx, f64x2.mul(x, x)));
    pair += 16;
  }
  addRows(withTies(s0, below, columns), s1, s2, s3, s4, sums, weights, count);
}

/** {@link addPair} where e^x may be subnormal or 0 and masked classes occur. */
function addDeepPair(pair: usize, columns: usize, beta: f64, sums: usize, weights: usize, count: i32): void {
  const factor = f64x2.splat(beta);
  const zero = f64x2.splat(0);
  const deepest = f64x2.splat(-745.2);
  let s0 = zero;
  let s1 = zero;
  let s2 = zero;
  let s3 = zero;
  let s4 = zero;
  let below = zero;
  const end = pair + (columns << 4);
  while (pair < end) {
    const distance = v128.load(pair);
    const isBelow = f64x2.lt(distance, zero);
    const product = f64x2.mul(factor, distance);
    const isCounted = v128.and(f64x2.gt(product, deepest), isBelow);
    // Also where the product is NaN, of 0 and a masked class.
    const x = f64x2.pmax(f64x2.splat(-746), product);
    const e = v128.and(expToSubnormal(x), isCounted);
    const ex = f64x2.mul(e, x);
    const exx = f64x2.mul(ex, x);
    below = i64x2.add(below, isBelow);
    s0 = f64x2.add(s0, e);
    s1 = f64x2.add(s1, ex);
    s2 = f64x2.add(s2, exx);
    s3 = f64x2.add(s3, f64x2.mul(exx, x));
    s4 = f64x2.add(s4, f64x2.mul(exx, f64x2.mul(x, x)));
    pair += 16;
  }
  addRows(withTies(s0, below, columns), s1, s2, s3, s4, sums, weights, count);
}

/** The classes that share the maximum add 1 each, but for one. `below` counts the others, downwards. */
// @ts-ignore: decorator
@inline
function withTies(s0: v128, below: v128, columns: usize): v128 {
  const ties = i64x2.add(below, i64x2.splat(<i64>columns - 1));
  return f64x2.add(
    s0,
    f64x2.sub(v128.or(ties, i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496.0)),
  );
}

/** Adds rows of two classes, given as minus the distance between the two logits. */
export function addMargins(margins: usize, weights: usize, rows: i32, beta: f64, isDeep: i32, sums: usize): void {
  const factor = f64x2.splat(beta);
  const one = f64x2.splat(1);
  for (let i = 0; i < rows; i += 2) {
    const count = rows - i === 1 ? 1 : 2;
    const product = f64x2.mul(factor, count === 1 ? v128.load64_splat(margins) : v128.load(margins));
    let x = product;
    let e: v128;
    if (isDeep) {
      x = f64x2.pmax(f64x2.splat(-746), product);
      e = v128.and(expToSubnormal(x), f64x2.gt(product, f64x2.splat(-745.2)));
    } else {
      e = exp(x);
    }
    const mean = f64x2.mul(f64x2.div(e, f64x2.add(one, e)), x);
    const square = f64x2.mul(mean, x);
    const cube = f64x2.mul(square, x);
    addMoments(log1p(e), mean, square, cube, f64x2.mul(cube, x), sums, weights, count);
    margins += 16;
    if (weights !== 0) weights += 16;
  }
}
