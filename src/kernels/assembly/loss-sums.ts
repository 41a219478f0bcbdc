// What a row adds to the loss and its derivatives, and the running sums: in row order, carrying rounding errors along.
import { log1p } from './logarithm';

/**
 * Adds up to two rows, of which Σe^x, Σxe^x, Σx²e^x, Σx³e^x and Σx⁴e^x over the classes other than the maximum are given.
 *
 * @param sums Address of loss, slope and curvature, each followed by its lost part, third and fourth.
 * @param weights Address of the rows' weights, or 0.
 * @param count 1 or 2 rows.
 */
// @ts-ignore: decorator
@inline
export function addRows(s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, sums: usize, weights: usize, count: i32): void {
  const total = f64x2.add(f64x2.splat(1), s0);
  const mean = f64x2.div(s1, total);
  const square = f64x2.div(s2, total);
  const cube = f64x2.div(s3, total);
  const quartic = f64x2.div(s4, total);
  addMoments(log1p(s0), mean, square, cube, quartic, sums, weights, count);
}

/** {@link addRows} with the loss and the moments themselves. */
// @ts-ignore: decorator
@inline
export function addMoments(
  loss: v128,
  mean: v128,
  square: v128,
  cube: v128,
  quartic: v128,
  sums: usize,
  weights: usize,
  count: i32,
): void {
  const mean2 = f64x2.mul(mean, mean);
  const curvature = f64x2.sub(square, mean2);
  const third = f64x2.add(
    f64x2.sub(cube, f64x2.mul(f64x2.mul(f64x2.splat(3), mean), square)),
    f64x2.mul(f64x2.mul(f64x2.splat(2), mean), mean2),
  );
  let fourth = f64x2.sub(quartic, f64x2.mul(f64x2.mul(f64x2.splat(4), mean), cube));
  fourth = f64x2.sub(fourth, f64x2.mul(f64x2.mul(f64x2.splat(3), square), square));
  fourth = f64x2.add(fourth, f64x2.mul(f64x2.mul(f64x2.splat(12), mean2), square));
  fourth = f64x2.sub(fourth, f64x2.mul(f64x2.mul(f64x2.splat(6), mean2), mean2));
  addTerms(
    v128.shuffle<f64>(loss, mean, 0, 2),
    v128.shuffle<f64>(curvature, f64x2.splat(0), 0, 2),
    v128.shuffle<f64>(third, fourth, 0, 2),
    sums,
    weights,
  );
  if (count < 2) return;
  addTerms(
    v128.shuffle<f64>(loss, mean, 1, 3),
    v128.shuffle<f64>(curvature, f64x2.splat(0), 1, 2),
    v128.shuffle<f64>(third, fourth, 1, 3),
    sums,
    weights === 0 ? 0 : weights + 8,
  );
}

/** Adds one row: loss and slope in one vector, the curvature in another, each by Knuth's two-sum, and the rest plainly. */
// @ts-ignore: decorator
@inline
function addTerms(lossAndSlope: v128, curvature: v128, rest: v128, sums: usize, weights: usize): void {
  if (weights !== 0) {
    const weight = load<f64>(weights);
    if (weight === 0) return;
    const scale = f64x2.splat(weight);
    lossAndSlope = f64x2.mul(scale, lossAndSlope);
    curvature = f64x2.mul(scale, curvature);
    rest = f64x2.mul(scale, rest);
  }
  twoSum(sums, lossAndSlope);
  twoSum(sums + 32, curvature);
  v128.store(sums, f64x2.add(v128.load(sums, 64), rest), 64);
}

/** Adds to the pair of sums at an address; the lost parts stand 16 bytes on. */
// @ts-ignore: decorator
@inline
function twoSum(at: usize, term: v128): void {
  const sum = v128.load(at);
  const next = f64x2.add(sum, term);
  const share = f64x2.sub(next, sum);
  const lost = f64x2.add(f64x2.sub(sum, f64x2.sub(next, share)), f64x2.sub(term, share));
  v128.store(at, next);
  v128.store(at, f64x2.add(v128.load(at, 16), lost), 16);
}
