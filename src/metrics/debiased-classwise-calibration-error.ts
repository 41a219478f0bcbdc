import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOf } from '../numerics/compensated-sum.ts';
import { exp } from '../numerics/exponential.ts';
import { log } from '../numerics/logarithm.ts';
import { type BinOptions, binOptionNames, readBinOptions, type TableRule } from './bin-options.ts';
import type { ClasswiseCalibrationError } from './classwise-calibration-error.ts';
import {
  type DebiasOptions,
  debiasedErrorOfTable,
  debiasOptionNames,
  readDebiasOptions,
} from './debiased-calibration-error.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';

/** Options of {@link debiasedClasswiseCalibrationError}. */
export interface DebiasedClasswiseOptions extends BinOptions, DebiasOptions {}

/**
 * Debiased class-wise (marginal) calibration error: the debiased error of every class's probability, joined by the
 * same norm.
 *
 * ((1/K)·Σ_k E_k^p)^(1/p) with E_k the debiased Lp error of p_k against whether k is true, over bins of equal mass by
 * default.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The joined error as `mean`, and the error of each class.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * Cost O(NK log N), and a copy of the probabilities.
 *
 * @example
 * ```ts
 * import { debiasedClasswiseCalibrationError } from 'calibrant';
 *
 * const { mean } = debiasedClasswiseCalibrationError(Array(4).fill([0.75, 0.25]), [0, 0, 0, 0]);
 * assert.equal(mean, 0.25);
 * ```
 *
 * Source: Kumar, Liang and Ma 2019, "Verified uncertainty calibration".
 */
export function debiasedClasswiseCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: DebiasedClasswiseOptions = {},
): ClasswiseCalibrationError {
  const allowed = [...binOptionNames, ...debiasOptionNames];
  const rule = readBinOptions(options, allowed, { scheme: 'equal-mass' });
  return debiasedClasswiseOfSample(readSample(scores, labels, options), rule, readDebiasOptions(options));
}

/** Debiased class-wise error of a checked sample. */
export function debiasedClasswiseOfSample(
  sample: MeasureSample,
  rule: TableRule,
  debias: Required<DebiasOptions>,
): ClasswiseCalibrationError {
  const perClass = sample.classTables(rule).map((table) => debiasedErrorOfTable(table, debias).value);
  return { mean: joined(perClass, debias.norm), perClass };
}

function joined(errors: readonly number[], norm: number): number {
  if (norm === 1) return meanOf(errors);
  const largest = errors.reduce((most, error) => Math.max(most, error), 0);
  if (largest === 0) return 0;
  const shares = errors.map((error) => error / largest);
  if (norm === 2) return largest * Math.sqrt(meanOf(shares.map((share) => share * share)));
  const powers = shares.map((share) => (share === 0 ? 0 : exp(norm * log(share))));
  return largest * exp(log(meanOf(powers)) / norm);
}
