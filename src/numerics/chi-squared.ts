import { exp } from './exponential.ts';
import { logGamma } from './log-gamma.ts';
import { log } from './logarithm.ts';
import { chiSquaredSurvival1 } from './special-functions.ts';

/**
 * Upper tail of the chi-squared distribution for a whole number of degrees of freedom, by its closed form: a sum of
 * positive terms h^a·e^(−h)/Γ(a + 1) with h = x/2. Relative error about 1e-12.
 *
 * @param statistic x ≥ 0, or Infinity.
 * @param degreesOfFreedom 1, 2, 3, …
 */
export function chiSquaredSurvival(statistic: number, degreesOfFreedom: number): number {
  if (statistic === Number.POSITIVE_INFINITY) return 0;
  if (!(statistic > 0)) return 1;
  const half = statistic / 2;
  const isOdd = degreesOfFreedom % 2 === 1;
  let sum = isOdd ? chiSquaredSurvival1(statistic) : 0;
  for (let a = isOdd ? 0.5 : 0; a < degreesOfFreedom / 2 - 0.25; a += 1)
    sum += exp(a * log(half) - half - logGamma(a + 1));
  return Math.min(sum, 1);
}
