// What rows add to the loss and its derivatives: in row order, carrying rounding errors along.
import { log1p } from './logarithm';

/** Bytes of a row's parts: loss and slope, curvature and a spare, third to sixth derivative. */
const rowSize: usize = 64;

/**
 * Adds the rows whose sums over the classes are given.
 *
 * @param moments Address of the sums, see `temperature-loss.ts`; written over.
 * @param weights Address of the rows' weights, or 0 where all count 1.
 * @param sums Address of the running sums: loss and slope, what rounding lost of them, curvature and a spare, the lost again,
 * third to sixth derivative.
 */
export function addLossRows(moments: usize, weights: usize, rows: i32, sums: usize): void {
  const end = moments + rowSize * <usize>rows;
  for (let pair = moments; pair < end; pair += 2 * rowSize) makeParts(pair);
  let first = v128.load(sums);
  let firstLost = v128.load(sums, 16);
  let second = v128.load(sums, 32);
  let secondLost = v128.load(sums, 48);
  let third = v128.load(sums, 64);
  let fifth = v128.load(sums, 80);
  for (let row = moments; row < end; row += rowSize) {
    let a = v128.load(row);
    let b = v128.load(row, 16);
    let c = v128.load(row, 32);
    let d = v128.load(row, 48);
    if (weights !== 0) {
      const weight = load<f64>(weights);
      weights += 8;
      if (weight === 0) continue;
      a = f64x2.mul(f64x2.splat(weight), a);
      b = f64x2.mul(f64x2.splat(weight), b);
      c = f64x2.mul(f64x2.splat(weight), c);
      d = f64x2.mul(f64x2.splat(weight), d);
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
    third = f64x2.add(third, c);
    fifth = f64x2.add(fifth, d);
  }
  v128.store(sums, first);
  v128.store(sums, firstLost, 16);
  v128.store(sums, second, 32);
  v128.store(sums, secondLost, 48);
  v128.store(sums, third, 64);
  v128.store(sums, fifth, 80);
}

/**
 * {@link addLossRows} of the loss alone.
 *
 * @param moments Address of the rows' Σe^x over the classes other than the maximum.
 */
export function addLossValues(moments: usize, weights: usize, rows: i32, sums: usize): void {
  const end = moments + (<usize>rows << 3);
  for (let pair = moments; pair < end; pair += 16) v128.store(pair, log1p(v128.load(pair)));
  let sum = load<f64>(sums);
  let lost = load<f64>(sums, 16);
  for (let row = moments; row < end; row += 8) {
    let loss = load<f64>(row);
    if (weights !== 0) {
      const weight = load<f64>(weights);
      weights += 8;
      if (weight === 0) continue;
      loss = weight * loss;
    }
    const next = sum + loss;
    const share = next - sum;
    lost += sum - (next - share) + (loss - share);
    sum = next;
  }
  store<f64>(sums, sum);
  store<f64>(sums, lost, 16);
}

/** Puts the parts of two rows, one after the other, in place of their sums over the classes. */
function makeParts(pair: usize): void {
  const one = f64x2.splat(1);
  const s0 = v128.load(pair);
  const share = f64x2.div(one, f64x2.add(one, s0));
  const mean = f64x2.mul(v128.load(pair, 16), share);
  const square = f64x2.mul(v128.load(pair, 32), share);
  const cube = f64x2.mul(v128.load(pair, 48), share);
  const fourth = f64x2.mul(v128.load(pair, 64), share);
  const fifth = f64x2.mul(v128.load(pair, 80), share);
  const sixth = f64x2.mul(v128.load(pair, 96), share);
  const loss = log1p(s0);
  // Central moments from those about the maximum, then cumulants from them.
  const mean2 = f64x2.mul(mean, mean);
  const mean3 = f64x2.mul(mean2, mean);
  const mean4 = f64x2.mul(mean2, mean2);
  const c2 = f64x2.sub(square, mean2);
  const c3 = f64x2.add(
    f64x2.sub(cube, times(3, f64x2.mul(mean, square))),
    times(2, mean3),
  );
  const c4 = f64x2.sub(
    f64x2.add(f64x2.sub(fourth, times(4, f64x2.mul(mean, cube))), times(6, f64x2.mul(mean2, square))),
    times(3, mean4),
  );
  const c5 = f64x2.add(
    f64x2.sub(
      f64x2.add(f64x2.sub(fifth, times(5, f64x2.mul(mean, fourth))), times(10, f64x2.mul(mean2, cube))),
      times(10, f64x2.mul(mean3, square)),
    ),
    times(4, f64x2.mul(mean4, mean)),
  );
  const c6 = f64x2.sub(
    f64x2.add(
      f64x2.sub(
        f64x2.add(f64x2.sub(sixth, times(6, f64x2.mul(mean, fifth))), times(15, f64x2.mul(mean2, fourth))),
        times(20, f64x2.mul(mean3, cube)),
      ),
      times(15, f64x2.mul(mean4, square)),
    ),
    times(5, f64x2.mul(mean4, mean2)),
  );
  const k4 = f64x2.sub(c4, times(3, f64x2.mul(c2, c2)));
  const k5 = f64x2.sub(c5, times(10, f64x2.mul(c3, c2)));
  const k6 = f64x2.add(
    f64x2.sub(f64x2.sub(c6, times(15, f64x2.mul(c4, c2))), times(10, f64x2.mul(c3, c3))),
    times(30, f64x2.mul(f64x2.mul(c2, c2), c2)),
  );
  const zero = f64x2.splat(0);
  v128.store(pair, v128.shuffle<f64>(loss, mean, 0, 2));
  v128.store(pair, v128.shuffle<f64>(c2, zero, 0, 2), 16);
  v128.store(pair, v128.shuffle<f64>(c3, k4, 0, 2), 32);
  v128.store(pair, v128.shuffle<f64>(k5, k6, 0, 2), 48);
  v128.store(pair, v128.shuffle<f64>(loss, mean, 1, 3), 64);
  v128.store(pair, v128.shuffle<f64>(c2, zero, 1, 2), 80);
  v128.store(pair, v128.shuffle<f64>(c3, k4, 1, 3), 96);
  v128.store(pair, v128.shuffle<f64>(k5, k6, 1, 3), 112);
}

// @ts-ignore: decorator
@inline
function times(factor: f64, value: v128): v128 {
  return f64x2.mul(f64x2.splat(factor), value);
}
