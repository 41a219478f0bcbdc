// What rows add to the loss and its derivatives: in row order, carrying rounding errors along.
import { log1p } from './logarithm';

/** Bytes of a row's parts: loss and slope, curvature and a spare, third and fourth derivative. */
const rowSize: usize = 48;

/**
 * Adds the rows whose sums over the classes are given.
 *
 * @param moments Address of the sums, see `temperature-loss.ts`; written over.
 * @param weights Address of the rows' weights, or 0 where all count 1.
 * @param sums Address of the running sums: loss and slope, what rounding lost of them, curvature and a spare, the lost again,
 * third and fourth derivative.
 */
export function addLossRows(moments: usize, weights: usize, rows: i32, sums: usize): void {
  const end = moments + rowSize * <usize>rows;
  for (let pair = moments; pair < end; pair += 2 * rowSize) makeParts(pair);
  let first = v128.load(sums);
  let firstLost = v128.load(sums, 16);
  let second = v128.load(sums, 32);
  let secondLost = v128.load(sums, 48);
  let rest = v128.load(sums, 64);
  for (let row = moments; row < end; row += rowSize) {
    let a = v128.load(row);
    let b = v128.load(row, 16);
    let c = v128.load(row, 32);
    if (weights !== 0) {
      const weight = load<f64>(weights);
      weights += 8;
      if (weight === 0) continue;
      a = f64x2.mul(f64x2.splat(weight), a);
      b = f64x2.mul(f64x2.splat(weight), b);
      c = f64x2.mul(f64x2.splat(weight), c);
    }
    // Knuth's two-sum.
    let next = f64x2.add(first, a);
    let share = f64x2.sub(next, first);
    firstLost = f64x2.add(
      firstLost,
      f64x2.add(f64x2.sub(first, f64x2.sub(next, share)), f64x2.sub(a, share)),
    );
    first = next;
    next = f64x2.add(second, b);
    share = f64x2.sub(next, second);
    secondLost = f64x2.add(
      secondLost,
      f64x2.add(f64x2.sub(second, f64x2.sub(next, share)), f64x2.sub(b, share)),
    );
    second = next;
    rest = f64x2.add(rest, c);
  }
  v128.store(sums, first);
  v128.store(sums, firstLost, 16);
  v128.store(sums, second, 32);
  v128.store(sums, secondLost, 48);
  v128.store(sums, rest, 64);
}

/** Puts the parts of two rows, one after the other, in place of their sums over the classes. */
function makeParts(pair: usize): void {
  const one = f64x2.splat(1);
  const s0 = v128.load(pair);
  const share = f64x2.div(one, f64x2.add(one, s0));
  const mean = f64x2.mul(v128.load(pair, 16), share);
  const square = f64x2.mul(v128.load(pair, 32), share);
  const cube = f64x2.mul(v128.load(pair, 48), share);
  const quartic = f64x2.mul(v128.load(pair, 64), share);
  const loss = log1p(s0);
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
  v128.store(pair, v128.shuffle<f64>(loss, mean, 0, 2));
  v128.store(pair, v128.shuffle<f64>(curvature, f64x2.splat(0), 0, 2), 16);
  v128.store(pair, v128.shuffle<f64>(third, fourth, 0, 2), 32);
  v128.store(pair, v128.shuffle<f64>(loss, mean, 1, 3), 48);
  v128.store(pair, v128.shuffle<f64>(curvature, f64x2.splat(0), 1, 2), 64);
  v128.store(pair, v128.shuffle<f64>(third, fourth, 1, 3), 80);
}
