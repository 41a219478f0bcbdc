import { normalCdf } from '../numerics/special-functions.ts';

/**
 * A two-sided p-value from draws: twice the share of draws on the rarer side, one draw added to either. Where no draw lies there
 * that says no more than that p is small; the normal distribution with the spread of the draws then has the say, if it says
 * less, so that a correction for many tests need not meet the number of draws.
 *
 * @param extreme Draws on the rarer side.
 * @param draws All draws.
 * @param deviations How many standard deviations of the draws the value is away from what is tested.
 */
export function tailPValue(extreme: number, draws: number, deviations: number): number {
  const counted = Math.min(1, (2 * (1 + extreme)) / (1 + draws));
  if (extreme > 0 || !Number.isFinite(deviations)) return counted;
  return Math.min(counted, 2 * normalCdf(-Math.abs(deviations)));
}
