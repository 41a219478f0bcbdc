import { checkOneOf, checkOptionNames, checkWithin } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { localRegression, type Surface } from '../numerics/local-regression.ts';
import { argsort } from '../numerics/order-statistics.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { weightedQuantile } from '../numerics/weighted-quantile.ts';
import { type EventOptions, eventOptionNames } from './measure-options.ts';
import { readSample } from './measure-sample.ts';

/** Options of {@link integratedCalibrationIndex}. */
export interface IntegratedOptions extends EventOptions {
  /** Share of the rows in each local fit, 0.01..1. Default 0.75. */
  readonly span?: number;
  /** `interpolate`: fits at some dozen vertices joined by cubics. `direct`: a fit at each value. Default the first. */
  readonly surface?: Surface;
}

/** Distances between probabilities and a smooth calibration curve. */
export interface IntegratedCalibrationIndex {
  /** Mean distance over the rows: the integrated calibration index. */
  readonly mean: number;
  /** Median distance, E50. */
  readonly median: number;
  /** 90 % quantile of the distance, E90. */
  readonly ninetieth: number;
  /** Largest distance, Emax. */
  readonly maximum: number;
}

/**
 * Integrated calibration index (ICI) with E50, E90 and Emax: how far the rows' probabilities are from a loess curve
 * through the outcomes.
 *
 * |g(p_i) − p_i| with g the local quadratic regression of the outcomes on p, tricube weights, each neighbourhood
 * holding `span` of the rows, no robustness steps: R's `loess` with its defaults, interpolation included. Quantiles are
 * R's default, type 7. The curve may leave 0..1 near the ends.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns Mean, median, 90 % quantile and maximum of the distances.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N/span) after sorting; O(N²) with `direct`.
 *
 * @example
 * ```ts
 * import { integratedCalibrationIndex } from 'calibrant';
 *
 * const p = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.25 : 0.75));
 * const { mean, maximum } = integratedCalibrationIndex(p, p.map((_, i) => i % 4 === 1 ? 1 : 0), {
 *   binary: 'positive',
 * });
 * assert.ok(Math.abs(mean - 0.25) < 1e-12 && Math.abs(maximum - 0.25) < 1e-12);
 * ```
 *
 * Source: Austin and Steyerberg 2019, "The integrated calibration index (ICI) and related metrics"; Cleveland, Grosse
 * and Shyu 1992 for loess.
 */
export function integratedCalibrationIndex(
  scores: MatrixInput,
  labels: LabelInput,
  options: IntegratedOptions = {},
): IntegratedCalibrationIndex {
  checkOptionNames(options, [...eventOptionNames, 'span', 'surface']);
  const { span = 0.75, surface = 'interpolate' } = options;
  checkWithin('span', span, 0.01, 1);
  checkOneOf('surface', surface, ['interpolate', 'direct']);
  return integratedIndexOfBlocks(readSample(scores, labels, options).blocks(), span, surface);
}

/** ICI, E50, E90 and Emax of pooled events. */
export function integratedIndexOfBlocks(
  blocks: TieBlocks,
  span = 0.75,
  surface: Surface = 'interpolate',
): IntegratedCalibrationIndex {
  const { values, weights, totalWeight } = blocks;
  const distances = localRegression(blocks, span, surface).map((curve, b) => Math.abs(curve - values[b]!));
  const order = argsort(distances);
  const sorted = (column: Float64Array): Float64Array => Float64Array.from(order, (b) => column[b]!);
  const ranked = {
    ...blocks,
    values: sorted(distances),
    weights: sorted(weights),
    counts: sorted(blocks.counts),
  };
  const sum = new CompensatedSum();
  for (let b = 0; b < distances.length; b += 1) sum.add(weights[b]! * distances[b]!);
  return {
    mean: sum.value / totalWeight,
    median: weightedQuantile(ranked, 0.5),
    ninetieth: weightedQuantile(ranked, 0.9),
    maximum: ranked.values[ranked.values.length - 1]!,
  };
}
