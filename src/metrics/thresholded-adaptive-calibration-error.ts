import { checkWithin } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOf } from '../numerics/compensated-sum.ts';
import { type AdaptiveOptions, adaptiveOptionNames } from './adaptive-calibration-error.ts';
import { averageErrorOfBins } from './average-calibration-error.ts';
import { readBinOptions, type TableRule } from './bin-options.ts';
import { forEachClass } from './class-columns.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';
import { type JudgedConfidences, tabulate } from './tabulate.ts';

/** Options of {@link thresholdedAdaptiveCalibrationError}. */
export interface ThresholdedAdaptiveOptions extends AdaptiveOptions {
  /** Only probabilities strictly above it count, 0..1. Default 0.01. */
  readonly threshold?: number;
}

/** Calibration error per class, where a class may have no row that counts. */
export interface PartialClasswiseError {
  /** Mean over the classes that have an error; `null` when none has. */
  readonly mean: number | null;
  /** Error of each class, in class order; `null` where no row counts. */
  readonly perClass: readonly (number | null)[];
}

/**
 * Thresholded adaptive calibration error: the adaptive calibration error of the probabilities above a threshold, so
 * that the many near-zero probabilities of many-class models do not drown the rest.
 *
 * (1/K′)·Σ_k (1/R)·Σ_r |share of class k_r − mean p_k,r| with R equal-mass ranges over the rows with p_ik > ε, over the
 * K′ classes that have such rows.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns Mean over the classes and the error of each class, shares in 0..1.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * Cost O(NK log N).
 *
 * @example
 * ```ts
 * import { thresholdedAdaptiveCalibrationError } from 'calibrant';
 *
 * const { perClass } = thresholdedAdaptiveCalibrationError([[1, 0], [0.75, 0.25]], [0, 0], { bins: 1 });
 * assert.deepEqual(perClass, [0.125, 0.25]);
 * ```
 *
 * Source: Nixon et al. 2019, "Measuring calibration in deep learning".
 */
export function thresholdedAdaptiveCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: ThresholdedAdaptiveOptions = {},
): PartialClasswiseError {
  const rule = readBinOptions(options, [...adaptiveOptionNames, 'threshold'], { scheme: 'equal-mass' });
  const { threshold = 0.01 } = options;
  checkWithin('threshold', threshold, 0, 1);
  return thresholdedErrorOfSample(readSample(scores, labels, options), rule, threshold);
}

/** Thresholded adaptive error of a checked sample. */
export function thresholdedErrorOfSample(
  { source, labels, weights }: MeasureSample,
  rule: TableRule,
  threshold: number,
): PartialClasswiseError {
  const perClass: (number | null)[] = [];
  forEachClass(source, (k, column) => {
    const rows: number[] = [];
    for (let i = 0; i < column.length; i += 1) {
      if (column[i]! > threshold && (weights === undefined || weights[i]! > 0)) rows.push(i);
    }
    const kept: JudgedConfidences = {
      confidence: Float64Array.from(rows, (i) => column[i]!),
      correct: Uint8Array.from(rows, (i) => (labels[i] === k ? 1 : 0)),
      weights: weights && Float64Array.from(rows, (i) => weights[i]!),
    };
    perClass.push(rows.length === 0 ? null : averageErrorOfBins(tabulate(kept, rule)));
  });
  const present = perClass.filter((error) => error !== null);
  return { mean: present.length === 0 ? null : meanOf(present), perClass };
}
