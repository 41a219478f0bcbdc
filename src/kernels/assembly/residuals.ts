// From scaled logits to losses and residuals, see kernels/javascript-scaling.ts, which gives the same bits.
import { expToSubnormal } from './exponential';
import { log1p } from './logarithm';

/**
 * Adds the rows' losses, and turns each row's x into w(p_k − 1[y = k]).
 *
 * @param x Address of the rows, `padded` doubles each, −Infinity beyond the last class.
 * @param weights Address of the rows' weights, or 0 where all count 1.
 * @param sums Address of the loss and of what rounding lost of it.
 */
export function addResiduals(
  x: usize,
  rows: i32,
  padded: usize,
  labels: usize,
  weights: usize,
  sums: usize,
): void {
  let sum = load<f64>(sums);
  let lost = load<f64>(sums, 8);
  const size = padded << 3;
  for (let i = 0; i < rows; i++) {
    const weight = weights === 0 ? 1 : load<f64>(weights + (<usize>i << 3));
    const truth = x + (<usize>load<i32>(labels + (<usize>i << 2)) << 3);
    const top = largestOf(x, size);
    const gap = top - load<f64>(truth);
    const others = exponentialsOf(x, size, top) + (top - top);
    const share = 1 / (1 + others);
    const p = load<f64>(truth) * share;
    const shares = f64x2.splat(share);
    const factor = f64x2.splat(weight);
    for (let at: usize = 0; at < size; at += 16) {
      v128.store(x + at, f64x2.mul(factor, f64x2.mul(v128.load(x + at), shares)));
    }
    store<f64>(truth, weight * (gap === 0 ? -(others * share) : p - 1));
    const term = weight * (f64x2.extract_lane(log1p(f64x2.splat(others)), 0) + gap);
    const next = sum + term;
    const part = next - sum;
    lost += sum - (next - part) + (term - part);
    sum = next;
    x += size;
  }
  store<f64>(sums, sum);
  store<f64>(sums, lost, 8);
}

/** The largest of a row, NaN where one is. */
function largestOf(x: usize, size: usize): f64 {
  let low = v128.load(x);
  let high = v128.load(x, 16);
  for (let at: usize = 32; at < size; at += 32) {
    low = f64x2.max(low, v128.load(x + at));
    high = f64x2.max(high, v128.load(x + at, 16));
  }
  low = f64x2.max(low, high);
  return f64x2.extract_lane(f64x2.max(low, v128.shuffle<f64>(low, low, 1, 0)), 0);
}

/** Puts e^(x − top) in place of a row; returns the sum over all but one maximum. */
function exponentialsOf(x: usize, size: usize, top: f64): f64 {
  const most = f64x2.splat(top);
  let low = f64x2.splat(0);
  let high = low;
  let below = low;
  for (let at = x; at < x + size; at += 32) {
    const a = f64x2.sub(v128.load(at), most);
    const b = f64x2.sub(v128.load(at, 16), most);
    const isBelowA = f64x2.lt(a, f64x2.splat(0));
    const isBelowB = f64x2.lt(b, f64x2.splat(0));
    const ea = v128.and(exponentialOf(a), isBelowA);
    const eb = v128.and(exponentialOf(b), isBelowB);
    low = f64x2.add(low, ea);
    high = f64x2.add(high, eb);
    below = i64x2.add(i64x2.add(below, isBelowA), isBelowB);
    v128.store(at, v128.bitselect(ea, f64x2.splat(1), isBelowA));
    v128.store(at, v128.bitselect(eb, f64x2.splat(1), isBelowB), 16);
  }
  const ties =
    <i64>(size >> 3) - 1 + i64x2.extract_lane(below, 0) + i64x2.extract_lane(below, 1);
  const first = f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1);
  return first + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1)) + <f64>ties;
}

// @ts-ignore: decorator
@inline
function exponentialOf(distance: v128): v128 {
  const e = expToSubnormal(f64x2.pmax(f64x2.splat(-746), distance));
  return v128.and(e, f64x2.gt(distance, f64x2.splat(-745.2)));
}
