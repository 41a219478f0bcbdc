import { normalQuantile } from './special-functions.ts';

/**
 * Wilson score interval of a proportion: {π : |s/n − π| ≤ z √(π(1 − π)/n)} (Wilson 1927).
 *
 * @param successes s in 0..n, fractional where rows are weighted.
 * @param trials n > 0.
 * @param level Coverage in (0, 1).
 * @returns `[low, high]` within [0, 1]; low is exactly 0 without successes, high exactly 1 without failures.
 */
export function wilsonInterval(successes: number, trials: number, level: number): readonly [number, number] {
  const z = deviateOf(level);
  return [lowEnd(successes, trials, z), 1 - lowEnd(trials - successes, trials, z)];
}

/** The last level asked for with its normal deviate: tables ask again and again for the same. */
let last = { level: Number.NaN, deviate: 0 };

function deviateOf(level: number): number {
  if (level !== last.level) last = { level, deviate: -normalQuantile((1 - level) / 2) };
  return last.deviate;
}

/** The smaller root as product of both over the larger, so that it does not cancel. */
function lowEnd(successes: number, trials: number, z: number): number {
  const square = z * z;
  const spread = z * Math.sqrt(square + (4 * successes * (trials - successes)) / trials);
  return (2 * successes * successes) / (trials * (2 * successes + square + spread));
}
