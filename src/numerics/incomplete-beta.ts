import { exp } from './exponential.ts';
import { logGamma } from './log-gamma.ts';
import { log } from './logarithm.ts';

const halfLogTwoPi = 0.9189385332046728;
const twoPi = 2 * Math.PI;

/**
 * Regularised incomplete beta function I_x(a, b), the distribution function of the beta distribution; relative error of
 * the smaller of I and 1 − I about 1e-13 up to a + b = 1e7.
 *
 * @param x In 0..1.
 * @param a Greater than 0.
 * @param b Greater than 0.
 */
export function regularizedBeta(x: number, a: number, b: number): number {
  return lowerArea(x, 1 - x, a, b).area;
}

/** A point of 0..1 with its distance from 1, so that neither loses digits. */
export interface UnitPoint {
  readonly x: number;
  /** 1 − x. */
  readonly rest: number;
}

/**
 * Quantile of the beta distribution in its lower tail: I_x(a, b) = p. The smaller of x and 1 − x is found to about
 * 1e-14 of itself.
 *
 * Newton steps on ln I against the logarithm of the smaller part, bisection where they leave the bracket.
 *
 * @param p In (0, ½].
 * @param a Greater than 0.
 * @param b Greater than 0.
 */
export function lowerBetaQuantile(p: number, a: number, b: number): UnitPoint {
  // The part that is sought is the smaller one; the area falls with 1 − x.
  const isX = lowerArea(0.5, 0.5, a, b).area >= p;
  const pointAt = (part: number): UnitPoint =>
    isX ? { x: part, rest: 1 - part } : { x: 1 - part, rest: part };
  let [low, high] = [0, 0.5];
  let part = Math.min(0.5, (isX ? a : b) / (a + b));
  for (let step = 0; step < mostSteps && part > 0; step += 1) {
    const { x, rest } = pointAt(part);
    const { area, mass } = lowerArea(x, rest, a, b);
    if (area < p === isX) low = part;
    else high = part;
    // d ln I / d ln x = x f/I, and x f = x^a (1 − x)^b/(B·(1 − x)).
    const slope = mass / area / (isX ? rest : -x);
    const next = part * exp(-log(area / p) / slope);
    const isInside = next > low && next < high;
    const moved = isInside ? next : low + (high - low) / 2;
    const isDone = Math.abs(moved - part) <= 4 * Number.EPSILON * part;
    part = moved;
    if (isDone) break;
  }
  return pointAt(part);
}

/** Bisection alone gets to the last bit of any ordinary double in these. */
const mostSteps = 1200;

/** I_x(a, b), and x^a (1 − x)^b/B(a, b). */
function lowerArea(x: number, rest: number, a: number, b: number): { area: number; mass: number } {
  if (x <= 0 || rest <= 0) return { area: x <= 0 ? 0 : 1, mass: 0 };
  // a − (a + b)·x, from the part that is known to more digits.
  const away = x < rest ? a - (a + b) * x : (a + b) * rest - b;
  const mass = betaMass(x, rest, a, b, away);
  const area = away >= 0 ? mass * fraction(x, rest, a, b, away) : 1 - mass * fraction(rest, x, b, a, -away);
  return { area, mass };
}

/**
 * x^a (1 − x)^b/B(a, b) as a binomial chance, whose logarithm has no large terms to cancel.
 *
 * Source: Loader 2000, "Fast and accurate computation of binomial probabilities".
 */
function betaMass(x: number, rest: number, a: number, b: number, away: number): number {
  const n = a + b;
  const exponent =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x, away) -
    deviance(b, n * rest, -away);
  return Math.sqrt((a * b) / (twoPi * n)) * exp(exponent);
}

/** ln Γ(n + 1) − (n + ½) ln n + n − ½ ln 2π. */
function stirlingError(n: number): number {
  if (n < 15) return logGamma(n + 1) - (n + 0.5) * log(n) + n - halfLogTwoPi;
  const square = 1 / (n * n);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / n;
}

/** s ln(s/m) + m − s, with s − m given. */
function deviance(s: number, m: number, difference: number): number {
  const v = difference / (s + m);
  if (Math.abs(v) >= 0.1) return s * log(s / m) - difference;
  let sum = difference * v;
  let term = 2 * s * v;
  for (let j = 1; ; j += 1) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * The continued fraction of B(a, b)·I_x(a, b)/(x^a (1 − x)^b), for x up to a/(a + b).
 *
 * Source: DiDonato and Morris 1992, "Algorithm 708: significant digit computation of the incomplete beta function
 * ratios", BFRAC.
 *
 * @param away a − (a + b)·x ≥ 0.
 */
function fraction(x: number, rest: number, a: number, b: number, away: number): number {
  const first = 1 + 1 / a;
  let [above, below, aboveNext, belowNext] = [0, 1, 1, (1 + away) / first];
  let value = first / (1 + away);
  for (let n = 1; ; n += 1) {
    const before = 1 + (n - 1) / a;
    const w = n * (b - n) * x;
    const s = a + 2 * n - 1;
    const alpha = before * (before + b / a) * (a / s) * (a / s) * w * x;
    const beta = n + w / s + ((1 + n / a) / (first + (2 * n) / a)) * (1 + away + n * (1 + rest));
    [above, aboveNext] = [aboveNext, alpha * above + beta * aboveNext];
    [below, belowNext] = [belowNext, alpha * below + beta * belowNext];
    const next = aboveNext / belowNext;
    if (Math.abs(next - value) <= Number.EPSILON * next) return next;
    value = next;
    above /= belowNext;
    below /= belowNext;
    aboveNext = next;
    belowNext = 1;
  }
}
