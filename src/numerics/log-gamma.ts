import { log } from './logarithm.ts';

const halfLogTwoPi = 0.9189385332046728;

/**
 * ln Γ(x) for x > 0, by Stirling's series beyond 13 and the recurrence Γ(x + 1) = x Γ(x) below. Error at most about
 * 4e-15·max(1, |ln Γ(x)|).
 */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 13) {
    product *= shifted;
    shifted += 1;
  }
  const square = 1 / (shifted * shifted);
  // B_2k/(2k(2k − 1)) x^(1 − 2k) for k = 1..6; the next term is below 1e-17.
  const series =
    (1 / 12 +
      square *
        (-1 / 360 +
          square * (1 / 1260 + square * (-1 / 1680 + square * (1 / 1188 - (square * 691) / 360360))))) /
    shifted;
  return (shifted - 0.5) * log(shifted) - shifted + halfLogTwoPi + series - log(product);
}
