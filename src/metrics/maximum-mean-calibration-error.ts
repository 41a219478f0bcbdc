import { checkOptionNames, checkPositive } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { exp } from '../numerics/exponential.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { type EventOptions, eventOptionNames } from './measure-options.ts';
import { readSample } from './measure-sample.ts';

/** Options of {@link maximumMeanCalibrationError}. */
export interface MaximumMeanOptions extends EventOptions {
  /** Width h of the Laplace kernel exp(−|c − c′|/h), above 0. Default 0.4. */
  readonly bandwidth?: number;
}

/**
 * Maximum mean calibration error (MMCE): the largest mean of the residuals against any smooth function of the
 * confidence, in the space of the Laplace kernel.
 *
 * √((1/n²)·Σ_i Σ_j (a_i − c_i)(a_j − c_j)·exp(−|c_i − c_j|/h)). Sorted, the double sum is one running sum, so it costs
 * no more than the sorting. The diagonal is counted in, so it is above 0 on finitely many rows of a perfectly
 * calibrated model.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns 0..1.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N log N).
 *
 * @example
 * ```ts
 * import { maximumMeanCalibrationError } from 'calibrant';
 *
 * // Equal confidences: the kernel is 1 and the error the mean residual.
 * assert.equal(maximumMeanCalibrationError(Array(4).fill([0.75, 0.25]), [0, 0, 0, 0]), 0.25);
 * ```
 *
 * Source: Kumar, Sarawagi and Jain 2018, "Trainable calibration measures for neural networks from kernel mean
 * embeddings".
 */
export function maximumMeanCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: MaximumMeanOptions = {},
): number {
  checkOptionNames(options, [...eventOptionNames, 'bandwidth']);
  const { bandwidth = 0.4 } = options;
  checkPositive('bandwidth', bandwidth);
  return maximumMeanErrorOfBlocks(readSample(scores, labels, options).blocks(), bandwidth);
}

/** MMCE of pooled events. */
export function maximumMeanErrorOfBlocks(
  { values, weights, hits, totalWeight }: TieBlocks,
  bandwidth = 0.4,
): number {
  const sum = new CompensatedSum();
  let reaching = 0;
  for (let b = 0; b < values.length; b += 1) {
    const residual = hits[b]! - weights[b]! * values[b]!;
    if (b > 0) reaching *= exp((values[b - 1]! - values[b]!) / bandwidth);
    sum.add(residual * residual);
    sum.add(2 * residual * reaching);
    reaching += residual;
  }
  return Math.sqrt(Math.max(sum.value, 0)) / totalWeight;
}
