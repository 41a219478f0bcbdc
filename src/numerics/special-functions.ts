import { exactProduct } from './exact-product.ts';
import { exp } from './exponential.ts';
import { log } from './logarithm.ts';

const twoOverRootPi = 1.1283791670955126;
const rootHalf = Math.SQRT1_2;
const rootTwoPi = 2.5066282746310002;

/** exp(−(n/2)²) for n = 1..13: the weights of the trapezoidal sum at step ½; the next is below 2^−70. */
const weights = Float64Array.from({ length: 13 }, (_, n) => exp(-0.25 * (n + 1) * (n + 1)));

/**
 * Complementary error function 2/√π ∫_x^∞ exp(−t²) dt; relative error at most 2e-15, tails included.
 *
 * @param x Any double.
 */
export function erfc(x: number): number {
  if (x < 0.5) return x > -0.5 ? 1 - erf(x) : 2 - erfc(-x);
  return x > 27.3 ? 0 : expOfNegativeSquare(x, 1) * scaledErfc(x);
}

/** Standard normal distribution function Φ(x); relative error at most 2e-15, lower tail included. */
export function normalCdf(x: number): number {
  if (Math.abs(x) < 0.7) return 0.5 + 0.5 * erf(x * rootHalf);
  return x > 0 ? 1 - lowerTail(-x) : lowerTail(x);
}

/** Survival function of the χ² distribution with one degree of freedom, erfc(√(s/2)); relative error at most 2e-15. */
export function chiSquaredSurvival1(statistic: number): number {
  const half = statistic / 2;
  const x = Math.sqrt(half);
  if (x < 0.5) return 1 - erf(x);
  return half > 745.2 ? 0 : exp(-half) * scaledErfc(x);
}

/**
 * Quantile of the standard normal distribution, Φ⁻¹(p); relative error at most 2e-15 for p ≥ 1e-307.
 *
 * @param p Probability in 0..1; the ends give −Infinity and Infinity.
 */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0.5) return 0;
  if (!(p > 0)) return p === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  let x = firstGuess(p);
  for (let step = 0; step < 4; step += 1) {
    // In the middle Φ(x) − p is taken between odd functions, so that no digit of a small x is lost.
    const excess = p > 0.25 ? 0.5 * erf(x * rootHalf) - (p - 0.5) : lowerTail(x) - p;
    const newton = (excess * rootTwoPi) / expOfNegativeSquare(x, 0.5);
    // Halley's step: Φ''/Φ' = −x.
    x -= newton / (1 + 0.5 * x * newton);
  }
  return x;
}

/** Leading terms of the tail's inverse, good enough for Halley's steps to converge from: ~0.01 off. */
function firstGuess(p: number): number {
  if (p > 0.25) return (p - 0.5) * rootTwoPi;
  const t = -2 * log(p);
  return -Math.sqrt(t - log(t) - 1.8378770664093453 + (log(t) + 1.8) / t);
}

/** erf(x) = 2/√π exp(−x²) Σ 2^n x^(2n+1) / (1·3·…·(2n+1)) for |x| < ½: terms of one sign, no cancellation. */
function erf(x: number): number {
  const square = x * x;
  let term = x;
  let sum = x;
  for (let n = 1; n < 14; n += 1) {
    term *= (2 * square) / (2 * n + 1);
    sum += term;
  }
  return twoOverRootPi * exp(-square) * sum;
}

function lowerTail(x: number): number {
  return x < -38.6 ? 0 : 0.5 * expOfNegativeSquare(x, 0.5) * scaledErfc(-x * rootHalf);
}

/** exp(−scale·x²) with the rounding error of x² put back, which the exponential would magnify. */
function expOfNegativeSquare(x: number, scale: number): number {
  const [square, rest] = exactProduct(x, x);
  const value = exp(-scale * square);
  return value - value * scale * rest;
}

/**
 * exp(x²) erfc(x) for x ≥ ½ by the trapezoidal rule with step h = ½ on erfc's integral over the whole line, with the
 * residue of the integrand's pole (Chiarella and Reichel 1968): error factor exp(−π²/h²) = 7e-18.
 */
function scaledErfc(x: number): number {
  const square = x * x;
  let sum = 0;
  for (let n = weights.length; n >= 1; n -= 1) sum += weights[n - 1]! / (0.25 * n * n + square);
  const trapezoid = (x / Math.PI) * (0.5 / square + sum);
  // Beyond x = π/h the pole lies outside and its residue no longer counts; from 6 on it is below 2^−60.
  return x < 6 ? trapezoid - (2 * exp(square)) / (exp(4 * Math.PI * x) - 1) : trapezoid;
}
