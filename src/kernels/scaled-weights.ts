import { exponentOf, powerOfTwo } from './power-of-two.ts';

/** Divided by a power of two, which changes no ratio, so that products with them neither overflow nor underflow. */
export function scaledWeights(weights: Float64Array): Float64Array {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const unit = powerOfTwo(exponentOf(largest));
  return weights.map((weight) => weight / unit);
}
