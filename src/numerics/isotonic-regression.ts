/** A non-decreasing step function over a sequence: runs of it share one level. */
export interface IsotonicSteps {
  /** Index at which each step starts; the first is 0. */
  readonly starts: Uint32Array;
  /** Level of each step, rising. */
  readonly levels: Float64Array;
}

/**
 * Isotonic regression by pooling adjacent violators: the non-decreasing sequence nearest to the means sums_i/weights_i
 * in weighted squares, and by any other proper score.
 *
 * Means are compared as products, so whole sums and weights up to 2^26 decide exactly. Neighbours of equal mean share
 * a step. Values that tie must have been pooled before. Cost O(n).
 *
 * @param sums Sum of the weighted outcomes at each place.
 * @param weights Sum of the weights at each place, > 0.
 */
export function isotonicRegression(sums: ArrayLike<number>, weights: ArrayLike<number>): IsotonicSteps {
  const starts = new Uint32Array(sums.length);
  const stepSums = new Float64Array(sums.length);
  const stepWeights = new Float64Array(sums.length);
  let steps = 0;
  for (let i = 0; i < sums.length; i += 1) {
    let start = i;
    let sum = sums[i]!;
    let weight = weights[i]!;
    while (steps > 0 && stepSums[steps - 1]! * weight >= sum * stepWeights[steps - 1]!) {
      steps -= 1;
      start = starts[steps]!;
      sum += stepSums[steps]!;
      weight += stepWeights[steps]!;
    }
    starts[steps] = start;
    stepSums[steps] = sum;
    stepWeights[steps] = weight;
    steps += 1;
  }
  return {
    starts: starts.slice(0, steps),
    levels: stepSums.slice(0, steps).map((sum, step) => sum / stepWeights[step]!),
  };
}
