/** Moments about the mean of a sum of independent parts: each is the sum of those of the parts. */
export interface SumMoments {
  readonly mean: number;
  readonly variance: number;
  /** Third central moment. */
  readonly third: number;
  /** Σ E|X − E X|³ over the parts. */
  readonly absoluteThird: number;
}

/** Σ E|X − E X|³/variance^{3/2}, at most which a sum is drawn from its limit: no few parts carry its spread. */
const mostUneven = 0.2;

/** Whether the sum is near enough to a normal one to be drawn as its {@link limitDraw}. */
export function isNearLimit({ variance, absoluteThird }: SumMoments): boolean {
  return absoluteThird <= mostUneven * variance ** 1.5;
}

/**
 * The sum at a standard normal deviate, its skewness taken in: the distribution is off by the square of the ratio above,
 * times about a tenth.
 *
 * Source: Cornish and Fisher 1938, "Moments and cumulants in the specification of distributions".
 */
export function limitDraw({ mean, variance, third }: SumMoments, deviate: number): number {
  if (variance === 0) return mean;
  const skew = third / variance ** 1.5;
  return mean + Math.sqrt(variance) * (deviate + (skew / 6) * (deviate * deviate - 1));
}
