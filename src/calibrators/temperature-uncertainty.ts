import type { TemperatureUncertainty } from '../core/temperature-model.ts';
import { exp } from '../numerics/exponential.ts';
import { studentDeviate, studentSurvival } from '../numerics/student-t.ts';
import type { LossPasses } from './loss-passes.ts';
import { type Optimum, profileInterval } from './profile-interval.ts';

/**
 * Standard error, intervals and the test of T = 1 from the likelihood around an interior optimum.
 *
 * With u = ln β and n the total weight, se(u) = 1/√(n d²L/du²); T has se(T) = T·se(u) and the Wald interval
 * T·exp(∓z se(u)), cut at the largest double. Profile ends that the doubles cannot hold are `null`.
 *
 * @param lossAtOne Mean NLL at T = 1.
 * @param freedom Degrees of freedom of the variance behind the total weight: z is then a deviate of Student's t, and the
 * statistic ~ F(1, freedom) under the hypothesis. `Infinity` where the variance is known.
 * @returns `null` when the standard error or the statistic lies beyond the doubles.
 */
export function temperatureUncertainty(
  passes: LossPasses,
  optimum: Optimum,
  lossAtOne: number,
  level: number,
  freedom: number,
): TemperatureUncertainty | null {
  const { beta, loss, totalWeight } = optimum;
  const temperature = 1 / beta;
  const z = studentDeviate(1 - level, freedom);
  if (!(totalWeight > 0 && totalWeight < Number.POSITIVE_INFINITY)) return null;
  const relativeError = 1 / Math.sqrt(totalWeight * (loss.curvature + loss.slope));
  const [betaLow, betaHigh] = profileInterval(passes, optimum, z);
  const statistic = Math.max(2 * totalWeight * (lossAtOne - loss.value), 0);
  const standardError = temperature * relativeError;
  if (!(standardError < Number.POSITIVE_INFINITY && statistic < Number.POSITIVE_INFINITY)) return null;
  const waldHigh = Math.min(temperature * exp(z * relativeError), Number.MAX_VALUE);
  return {
    standardError,
    level,
    waldInterval: [temperature * exp(-z * relativeError), waldHigh],
    profileInterval: [reciprocal(betaHigh), reciprocal(betaLow)],
    likelihoodRatio: { statistic, pValue: studentSurvival(statistic, freedom) },
  };
}

function reciprocal(beta: number | null): number | null {
  const temperature = beta === null ? 0 : 1 / beta;
  return temperature > 0 && temperature < Number.POSITIVE_INFINITY ? temperature : null;
}
