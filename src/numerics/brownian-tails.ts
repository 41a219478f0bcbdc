import { exp } from './exponential.ts';
import { normalCdf } from './special-functions.ts';

/** Below it the series in exp(−π²/x²) converge faster, above it those in the normal tail. */
const between = 1;

/** Terms that either series needs on its side of 1 for all digits. */
const terms = 12;

/**
 * P(max |B| > x) for a Brownian motion B on 0..1; relative error below 1e-14.
 *
 * Source: Feller 1971, "An Introduction to Probability Theory and Its Applications" II, X.5; Arrieta-Ibarra et al. 2022,
 * "Metrics of calibration for probabilistic predictions".
 *
 * @param x Any double ≥ 0.
 */
export function brownianMaximumSurvival(x: number): number {
  if (!(x > 0)) return 1;
  let sum = 0;
  for (let k = terms - 1; k >= 0; k -= 1) {
    const odd = 2 * k + 1;
    const sign = k % 2 === 0 ? 1 : -1;
    sum +=
      x < between ? (sign * exp((-odd * odd * piSquared) / (8 * x * x))) / odd : sign * normalCdf(-odd * x);
  }
  return x < between ? 1 - (4 / Math.PI) * sum : 4 * sum;
}

/**
 * P(max B − min B > x) for a Brownian motion B on 0..1, B starting at 0; relative error below 1e-13.
 *
 * Source: Feller 1951, "The asymptotic distribution of the range of sums of independent random variables".
 *
 * @param x Any double ≥ 0.
 */
export function brownianRangeSurvival(x: number): number {
  if (!(x > 0)) return 1;
  let sum = 0;
  for (let k = terms - 1; k >= 0; k -= 1) {
    if (x < between) {
      const square = (2 * k + 1) ** 2;
      sum += (8 / (x * x) + 8 / (square * piSquared)) * exp((-square * piSquared) / (2 * x * x));
    } else {
      sum += (k % 2 === 0 ? 8 : -8) * (k + 1) * normalCdf(-(k + 1) * x);
    }
  }
  return x < between ? 1 - sum : sum;
}

const piSquared = Math.PI * Math.PI;
