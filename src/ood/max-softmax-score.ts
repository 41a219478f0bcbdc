import type { MatrixInput } from '../core/matrix.ts';
import { sumOfOthers } from '../numerics/log-sum-exp.ts';
import type { RowReduction } from '../numerics/row-transform.ts';
import { argmaxRow } from '../numerics/top-label.ts';
import { type OodScoreOptions, scoreRows } from './ood-logits.ts';

/** 1 / Σ_k exp((z_k − max z)/T). */
export const largestProbability: RowReduction = (data, offset, columns, temperature) =>
  1 / (1 + sumOfOthers(data, offset, columns, temperature, argmaxRow(data, offset, columns)));

/**
 * Maximum softmax probability of each row, max_k softmax(z/T)_k. Higher means more like the familiar data.
 *
 * @param logits N×K logits, K ≥ 2. −Infinity masks a class.
 * @param options `temperature` T, default 1.
 * @returns N scores in 1/K..1. Rows surer than 1 − 2^−54 tie at 1; the energy score keeps them apart.
 * @throws CalibrationError `E_TEMPERATURE`, `E_OPTION`, `E_SHAPE`, `E_LOGIT_NAN` or `E_LOGIT_NEGINF`.
 *
 * @example
 * ```ts
 * import { maxSoftmaxScore } from 'calibrant';
 *
 * const [sure, unsure] = maxSoftmaxScore([[9, 0, 0], [1, 1, 1]]);
 * assert.ok(sure > 0.99);
 * assert.equal(unsure, 1 / 3);
 * ```
 *
 * Source: Hendrycks and Gimpel 2017, "A baseline for detecting misclassified and out-of-distribution examples in
 * neural networks".
 */
export function maxSoftmaxScore(logits: MatrixInput, options: OodScoreOptions = {}): Float64Array {
  return scoreRows(logits, options, 1, largestProbability);
}
