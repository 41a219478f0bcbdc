import { CompensatedSum } from './compensated-sum.ts';

/** A smooth function with its slope and an antiderivative. */
export interface SmoothFunction {
  readonly at: (t: number) => { readonly value: number; readonly slope: number };
  readonly integralTo: (t: number) => number;
}

/**
 * ∫ |g(t)| dt over an interval: |G(b) − G(a)| between neighbouring zeros of g.
 *
 * Zeros are looked for between the points of a grid; where g touches or crosses 0 twice between two points, its slope
 * gives it away. Exact but for rounding as long as g′ changes sign at most once between grid points.
 *
 * @param step Largest distance of the grid points, > 0.
 */
export function absoluteIntegral(
  g: SmoothFunction,
  [low, high]: readonly [number, number],
  step: number,
): number {
  const points = Math.max(1, Math.ceil((high - low) / step));
  const sum = new CompensatedSum();
  let start = g.integralTo(low);
  const passZero = (zero: number): void => {
    const end = g.integralTo(zero);
    sum.add(Math.abs(end - start));
    start = end;
  };
  let a = low;
  let left = g.at(a);
  for (let i = 1; i <= points; i += 1) {
    const b = i === points ? high : low + ((high - low) * i) / points;
    const right = g.at(b);
    if (changesSign(left.value, right.value)) passZero(zeroBetween((t) => g.at(t).value, a, b));
    else if (left.value * left.slope < 0 && right.value * right.slope > 0) {
      const turn = zeroBetween((t) => g.at(t).slope, a, b);
      const extreme = g.at(turn).value;
      if (changesSign(left.value, extreme)) {
        passZero(zeroBetween((t) => g.at(t).value, a, turn));
        passZero(zeroBetween((t) => g.at(t).value, turn, b));
      }
    }
    a = b;
    left = right;
  }
  passZero(high);
  return sum.value;
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
