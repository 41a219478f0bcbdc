import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOf } from '../numerics/compensated-sum.ts';
import { averageErrorOfBins } from './average-calibration-error.ts';
import { type BinOptions, readBinOptions, type TableRule } from './bin-options.ts';
import type { ClasswiseCalibrationError } from './classwise-calibration-error.ts';
import { scoreOptionNames } from './measure-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';

/** Options of {@link adaptiveCalibrationError}. */
export type AdaptiveOptions = Omit<BinOptions, 'scheme' | 'edges' | 'level'>;

/**
 * Adaptive calibration error: for each class, the plain mean of the gaps over ranges of its probability that hold
 * equally many rows.
 *
 * (1/K)·Σ_k (1/R)·Σ_r |share of class k_r − mean p_k,r| with R equal-mass ranges per class. Equal probabilities share a
 * range: a cut inside a run of them moves to its end, and cuts that meet count once, so ties give fewer and uneven
 * ranges, and each of those counts alike. The order of the rows does not matter. Not to be confused with the average
 * calibration error of equal-width bins, which goes by the same letters.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @param options `bins` is R, 15 by default.
 * @returns Mean over the classes and the error of each class, shares in 0..1.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * Cost O(NK log N), and a copy of the probabilities.
 *
 * @example
 * ```ts
 * import { adaptiveCalibrationError } from 'calibrant';
 *
 * const { mean } = adaptiveCalibrationError([[0.75, 0.25], [0.5, 0.5]], [0, 0], { bins: 2 });
 * assert.equal(mean, (0.25 + 0.5) / 2);
 * ```
 *
 * Source: Nixon et al. 2019, "Measuring calibration in deep learning".
 */
export function adaptiveCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: AdaptiveOptions = {},
): ClasswiseCalibrationError {
  const rule = readBinOptions(options, adaptiveOptionNames, { scheme: 'equal-mass' });
  return adaptiveErrorOfSample(readSample(scores, labels, options), rule);
}

/** Names of {@link AdaptiveOptions}. */
export const adaptiveOptionNames: readonly string[] = [...scoreOptionNames, 'bins'];

/** Adaptive error of a checked sample. */
export function adaptiveErrorOfSample(sample: MeasureSample, rule: TableRule): ClasswiseCalibrationError {
  const perClass = sample.classTables(rule).map(averageErrorOfBins);
  return { mean: meanOf(perClass), perClass };
}
