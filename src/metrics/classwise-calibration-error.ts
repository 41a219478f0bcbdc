import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOf } from '../numerics/compensated-sum.ts';
import { type BinOptions, binOptionNames, readBinOptions, type TableRule } from './bin-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';

/** Calibration error of every class's probability. */
export interface ClasswiseCalibrationError {
  /** Unweighted mean over the classes. */
  readonly mean: number;
  /** Error of each class, in class order. */
  readonly perClass: readonly number[];
}

/**
 * Class-wise (static) expected calibration error: for each class, how far its probability is from how often it is
 * true.
 *
 * (1/K)·Σ_k Σ_b (n_bk/n)·|share of class k_b − mean p_k_b|, where each class sorts all rows into bins by its own
 * probability p_k. One temperature cannot mend an error that belongs to a single class; this is the figure that shows
 * it.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based.
 * @returns Mean over the classes and the error of each class, shares in 0..1.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * @example
 * ```ts
 * import { classwiseCalibrationError } from 'calibrant';
 *
 * const { mean, perClass } = classwiseCalibrationError([[0.75, 0.25], [0.75, 0.25]], [0, 1]);
 * assert.deepEqual(perClass, [0.25, 0.25]);
 * assert.equal(mean, 0.25);
 * ```
 *
 * Source: Nixon et al. 2019, "Measuring calibration in deep learning" (static calibration error); Kull et al. 2019,
 * "Beyond temperature scaling".
 */
export function classwiseCalibrationError(
  probabilities: MatrixInput,
  labels: LabelInput,
  options: BinOptions = {},
): ClasswiseCalibrationError {
  const rule = readBinOptions(options, binOptionNames);
  return classwiseErrorOfSample(readSample(probabilities, labels, options), rule);
}

/** Class-wise error of the bins of a rule. */
export function classwiseErrorOfSample(sample: MeasureSample, rule: TableRule): ClasswiseCalibrationError {
  return classwiseErrorOf(sample.classErrors(rule));
}

/** Class-wise error of the errors of the classes. */
export function classwiseErrorOf(perClass: readonly number[]): ClasswiseCalibrationError {
  return { mean: meanOf(perClass), perClass };
}
