import { lowerBetaQuantile } from './incomplete-beta.ts';

/**
 * Clopper-Pearson interval of a proportion: the values that an exact binomial test of either side does not refuse
 * (Clopper and Pearson 1934). It covers at least what it says, and is wider than Wilson's for that.
 *
 * @param successes s in 0..n, fractional where rows are weighted.
 * @param trials n > 0.
 * @param level Coverage in (0, 1).
 * @returns `[low, high]` within [0, 1]; low is exactly 0 without successes, high exactly 1 without failures. Each end is
 * found to about 1e-14 of itself.
 */
export function clopperPearsonInterval(
  successes: number,
  trials: number,
  level: number,
): readonly [number, number] {
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  return [
    successes > 0 ? lowerBetaQuantile(tail, successes, failures + 1).x : 0,
    failures > 0 ? lowerBetaQuantile(tail, failures, successes + 1).rest : 1,
  ];
}
