import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOverRows } from './mean-over-rows.ts';
import type { ScoreOptions } from './measure-options.ts';
import { scoredSample } from './measure-sample.ts';
import { scoreRows } from './row-scores.ts';

/**
 * Multiclass Brier score: the mean squared distance between probabilities and truth.
 *
 * mean_i Σ_k (p_ik − 1[y_i = k])², the sum over all classes. With two classes it is twice the score (p − y)² of the
 * positive class that some tools report.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based.
 * @returns 0 (certain and right) to 2 (certain and wrong).
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, or one of the label and weight codes.
 *
 * @example
 * ```ts
 * import { brierScore } from 'calibrant';
 *
 * assert.equal(brierScore([[1, 0], [0.5, 0.5]], [0, 1]), 0.25);
 * ```
 *
 * Source: Brier 1950, "Verification of forecasts expressed in terms of probability".
 */
export function brierScore(
  probabilities: MatrixInput,
  labels: LabelInput,
  options: ScoreOptions = {},
): number {
  const sample = scoredSample(probabilities, labels, options);
  return meanOverRows(scoreRows(sample.source, sample.labels).brier, sample.weights);
}
