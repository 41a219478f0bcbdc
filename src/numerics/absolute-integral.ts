import { CompensatedSum } from './compensated-sum.ts';
import { cubicBetween, type Knot } from './cubic-between.ts';

/** A smooth function with its slope and an antiderivative. */
export interface SmoothFunction {
  readonly at: (t: number) => { readonly value: number; readonly slope: number };
  readonly integralTo: (t: number) => number;
}

/** A smooth function with its slope, at ascending points. */
export interface SampledFunction {
  readonly points: Float64Array;
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

/**
 * ∫ |g(t)| dt from the first of some points to the last: |G(b) − G(a)| between neighbouring zeros of g.
 *
 * Zeros are looked for at the points and between them; where g touches or crosses 0 twice between two of them, its slope
 * gives it away. Where g is 0 all along, the first such point parts what is left of it from what is right. Exact but for rounding as long as g′ changes sign at most once between two points.
 *
 * @param sampled Two points or more.
 */
export function absoluteIntegral(g: SmoothFunction, sampled: SampledFunction): number {
  const { points, values, slopes } = sampled;
  const sampleAt = (i: number): Knot => ({ t: points[i]!, value: values[i]!, slope: slopes[i]! });
  const sum = new CompensatedSum();
  let start = g.integralTo(points[0]!);
  const passZero = (zero: number): void => {
    const end = g.integralTo(zero);
    sum.add(Math.abs(end - start));
    start = end;
  };
  let left = sampleAt(0);
  for (let i = 1; i < points.length; i += 1) {
    const right = sampleAt(i);
    if (right.value === 0 && (left.value !== 0 || right.slope !== 0)) passZero(right.t);
    else if (changesSign(left.value, right.value)) passZero(zeroOf(g, left, right));
    else if (left.value * left.slope < 0 && right.value * right.slope > 0) {
      const extreme = extremeOf(g, left, right);
      if (changesSign(left.value, extreme.value)) {
        passZero(zeroOf(g, left, extreme));
        passZero(zeroOf(g, extreme, right));
      }
    }
    left = right;
  }
  passZero(points.at(-1)!);
  return sum.value;
}

/** Where a function that falls towards 0 from both sides is nearest to it, or as near as tells that it does not reach it. */
function extremeOf(g: SmoothFunction, left: Knot, right: Knot): Knot {
  const width = right.t - left.t;
  const { slope } = cubicBetween(left, right);
  const guess = left.t + width * zeroBetween(slope, 0, 1, lastStep * lastStep);
  const near = { t: guess, ...g.at(guess) };
  // Between this point and the extreme the slope is hardly steeper than here.
  if (!changesSign(left.value, near.value) && Math.abs(near.value) > 2 * width * Math.abs(near.slope))
    return near;
  const turn = zeroBetween((t) => g.at(t).slope, left.t, right.t);
  return { t: turn, ...g.at(turn) };
}

/** A Newton step of so small a share of an interval leaves a square of it, which no integral feels. */
const lastStep = 1e-4;

/** A zero between two points of other signs: that of the cubic through both, bettered by Newton's steps. */
function zeroOf(g: SmoothFunction, left: Knot, right: Knot): number {
  const width = right.t - left.t;
  const cubic = cubicBetween(left, right);
  let t = left.t + width * zeroBetween(cubic.value, 0, 1, lastStep * lastStep);
  for (let step = 0; step < 4; step += 1) {
    const { value, slope } = g.at(t);
    const next = value === 0 ? t : t - value / slope;
    if (!(left.t <= next && next <= right.t)) break;
    if (Math.abs(next - t) <= lastStep * width) return next;
    t = next;
  }
  return zeroBetween((at) => g.at(at).value, left.t, right.t);
}

function changesSign(one: number, other: number): boolean {
  return (one < 0 && other > 0) || (one > 0 && other < 0);
}

/**
 * A zero of a function that changes sign between two points, by false position with the Illinois rule; to an ulp of
 * the points or until the function is 0.
 */
export function zeroBetween(f: (t: number) => number, low: number, high: number, tolerance = 0): number {
  let [a, b, fa, fb] = [low, high, f(low), f(high)];
  for (let step = 0; step < 200; step += 1) {
    if (Math.abs(b - a) <= tolerance + Number.EPSILON * Math.abs(b)) break;
    // Every third step halves the bracket, so that it always closes.
    const guess = step % 3 === 2 ? a / 2 + b / 2 : b - (fb * (b - a)) / (fb - fa);
    const t = guess > Math.min(a, b) && guess < Math.max(a, b) ? guess : a / 2 + b / 2;
    if (t === a || t === b) break;
    const ft = f(t);
    if (ft === 0) return t;
    if (changesSign(ft, fb)) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [t, ft];
  }
  return Math.abs(fb) <= Math.abs(fa) ? b : a;
}
