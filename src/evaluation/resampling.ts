import { randomStream } from '../core/random.ts';
import type { MeasureSample } from '../metrics/measure-sample.ts';
import type { KnownMeasure } from '../metrics/registry.ts';
import { canonicalRows } from './canonical-rows.ts';
import { inOrder } from './canonical-sample.ts';
import { type Resampler, resampler } from './resampled-sample.ts';
import { type ResamplingUnits, unitsOfClusters, unitsOfRows } from './resampling-units.ts';
import { inRounds, type ResampledOptions } from './sample-options.ts';

/** Most parts left out in turn for the acceleration of BCa intervals. */
const mostLeftOut = 200;

/** Values of several samples of the same rows, resample by resample, the same units drawn for all of them. */
export interface Resampling {
  readonly unit: ResamplingUnits['kind'];
  /** How many rows or clusters of equal weight tell as much as these, (ΣW)²/ΣW² (Kish 1965, "Survey Sampling", 8.2). */
  readonly independent: number;
  /**
   * Calls `visit` with the resample of each sample, in the order of the samples; not where all weight is 0, and never where
   * only one unit has weight.
   */
  readonly forEach: (visit: (resampled: readonly MeasureSample[]) => void) => void;
  /** The same for the samples with one part of the data left out in turn. */
  readonly leaveOut: (visit: (left: readonly MeasureSample[]) => void) => void;
}

/** Prepares resampling in an order of the rows that does not depend on how they came. */
export function resampling(
  samples: readonly [MeasureSample, ...MeasureSample[]],
  chosen: readonly KnownMeasure[],
  options: ResampledOptions & { readonly resamples: number; readonly seed: number },
): Resampling {
  const [{ source, weights }] = samples;
  const { clusters, resamples, seed } = options;
  const { order, samples: rows } = canonicalRows(samples);
  const orderedWeights = weights === undefined ? undefined : inOrder(samples[0], order).weights;
  const units =
    clusters === undefined
      ? unitsOfRows(source.rows, widthFor(chosen, source.classes, options.bins ?? 15))
      : unitsOfClusters(ordered(clusters, order), source.rows, orderedWeights);
  const weightOf = unitWeights(units, orderedWeights);
  const resamplers = rows.map((sample): Resampler => resampler(sample, units));
  const visitIfAny = (times: Uint32Array, visit: (found: readonly MeasureSample[]) => void): void => {
    if (times.some((count, u) => count > 0 && weightOf[u]! > 0)) visit(resamplers.map((make) => make(times)));
  };
  return {
    unit: units.kind,
    independent:
      clusters === undefined && orderedWeights === undefined
        ? source.rows
        : effectiveNumber(clusters === undefined ? orderedWeights! : weightOf),
    forEach: (visit) => {
      // One unit has no spread that drawing it again could show.
      if (!isSeveral(weightOf)) return;
      const times = new Uint32Array(units.count);
      inRounds(resamples, options, (round) => {
        const { below } = randomStream(seed, round);
        times.fill(0);
        for (let draw = 0; draw < units.count; draw += 1) times[below(units.count)]! += 1;
        visitIfAny(times, visit);
      });
    },
    leaveOut: (visit) => {
      const parts = Math.min(units.count, mostLeftOut);
      const times = new Uint32Array(units.count);
      for (let part = 0; part < parts; part += 1) {
        times.fill(1);
        times.fill(
          0,
          Math.floor((part * units.count) / parts),
          Math.floor(((part + 1) * units.count) / parts),
        );
        visitIfAny(times, visit);
      }
    },
  };
}

/** Numbers kept of a unit for the widest table that is asked for. */
function widthFor(chosen: readonly KnownMeasure[], classes: number, bins: number): number {
  return 5 * bins * (chosen.some(({ notion }) => notion === 'classwise') ? classes : 1);
}

function ordered(clusters: readonly unknown[], order: Uint32Array): readonly unknown[] {
  return clusters.length === order.length ? Array.from(order, (row) => clusters[row]) : clusters;
}

function unitWeights(
  { count, starts, members }: ResamplingUnits,
  weights: Float64Array | undefined,
): Float64Array {
  const sums = new Float64Array(count);
  for (let u = 0; u < count; u += 1) {
    for (let at = starts[u]!; at < starts[u + 1]!; at += 1)
      sums[u]! += weights === undefined ? 1 : weights[members[at]!]!;
  }
  return sums;
}

function effectiveNumber(weights: Float64Array): number {
  // By the largest, so that no square overflows.
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight / largest;
    squares += (weight / largest) ** 2;
  }
  return largest > 0 ? sum ** 2 / squares : 0;
}

function isSeveral(weights: ArrayLike<number>): boolean {
  let positive = 0;
  for (let u = 0; u < weights.length && positive < 2; u += 1) if (weights[u]! > 0) positive += 1;
  return positive > 1;
}
