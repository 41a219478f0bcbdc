import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { quantileOfSorted } from '../numerics/order-statistics.ts';
import { normalCdf, normalQuantile } from '../numerics/special-functions.ts';
import { meanOf } from './resample-moments.ts';

/**
 * How an interval is read from resamples. `centred`: their middle, moved so that their mean is the value: the noise that
 * resampling adds to plug-in errors is taken off. `percentile`: their middle as it is. `basic`: that mirrored at the
 * value. `bca`: percentiles moved for the bias and the skewness of the estimate.
 */
export type IntervalMethod = 'centred' | 'percentile' | 'basic' | 'bca';

/** Names of {@link IntervalMethod}. */
export const intervalMethods: readonly IntervalMethod[] = ['centred', 'percentile', 'basic', 'bca'];

/**
 * The interval of a value from its resamples.
 *
 * Source: Efron and Tibshirani 1993, "An Introduction to the Bootstrap", 13.3 and 14.3; Davison and Hinkley 1997,
 * "Bootstrap Methods and their Application", 5.2, for the basic one.
 *
 * @param sorted Values of the resamples, finite, ascending, one or more.
 * @param left Values with one part of the data left out, for the acceleration of `bca`.
 */
export function bootstrapInterval(
  method: IntervalMethod,
  value: number,
  sorted: Float64Array,
  left: readonly number[],
  level: number,
): readonly [number, number] {
  const tail = (1 - level) / 2;
  if (method === 'centred' || method === 'percentile') {
    const shift = shiftOf(method, value, sorted);
    return [quantileOfSorted(sorted, tail) - shift, quantileOfSorted(sorted, 1 - tail) - shift];
  }
  if (method === 'basic') {
    return [2 * value - quantileOfSorted(sorted, 1 - tail), 2 * value - quantileOfSorted(sorted, tail)];
  }
  const bias = normalQuantile(shareBelow(sorted, value));
  const skew = acceleration(left);
  const place = (p: number): number => {
    const z = bias + normalQuantile(p);
    const stretch = 1 - skew * z;
    // Beyond the pole of the formula the quantile is that of the end.
    return stretch > 0 ? normalCdf(bias + z / stretch) : z > 0 ? 1 : 0;
  };
  // All resamples to one side of the value: nothing is known of the bias but that it is large.
  if (!Number.isFinite(bias)) return [Math.min(value, sorted[0]!), Math.max(value, sorted.at(-1)!)];
  return [quantileOfSorted(sorted, place(tail)), quantileOfSorted(sorted, place(1 - tail))];
}

/** What is taken off resamples before an interval or a p-value is read from them. */
export function shiftOf(method: IntervalMethod, value: number, drawn: Float64Array): number {
  return method === 'centred' ? meanOf(drawn) - value : 0;
}

/** Share of the resamples below the value, those equal to it counted half. */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  for (const resampled of sorted) below += resampled < value ? 1 : resampled === value ? 0.5 : 0;
  return below / sorted.length;
}

/** Σ d³/(6 (Σ d²)^{3/2}), d being how far each value falls short of their mean; 0 where they are all the same. */
function acceleration(left: readonly number[]): number {
  const sum = new CompensatedSum();
  for (const value of left) sum.add(value);
  const mean = sum.value / left.length;
  const squares = new CompensatedSum();
  const cubes = new CompensatedSum();
  for (const value of left) {
    squares.add((mean - value) ** 2);
    cubes.add((mean - value) ** 3);
  }
  return squares.value > 0 ? cubes.value / (6 * squares.value ** 1.5) : 0;
}
