import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOverRows } from './mean-over-rows.ts';
import type { ScoreOptions } from './measure-options.ts';
import { scoredSample } from './measure-sample.ts';
import { scoreRows } from './row-scores.ts';

/**
 * Mean negative log-likelihood (log loss, cross-entropy) of the true labels.
 *
 * mean_i −ln p_i,y with the natural logarithm. From logits it is ln Σ_k exp(z_k − z_y), which keeps its digits where
 * −ln of a rounded softmax would lose them. Probabilities are neither renormalised nor clipped.
 *
 * @param scores N×K probabilities or logits as `input` says; one column is the probability of class 1, or the logit s
 * of the pair (0, s).
 * @param labels N class indices, 0-based.
 * @returns Nats per row, ≥ 0; `Infinity` when a true class has probability 0 (or logit −Infinity) in a row that counts.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * @example
 * ```ts
 * import { negativeLogLikelihood } from 'calibrant';
 *
 * assert.equal(negativeLogLikelihood([[0.5, 0.5], [0, 1]], [0, 1]), Math.LN2 / 2);
 * assert.equal(negativeLogLikelihood([[0.5, 0.5], [0, 1]], [0, 0]), Number.POSITIVE_INFINITY);
 * // 800 nats, which no probability could express.
 * assert.equal(negativeLogLikelihood([[800, 0]], [1], { input: 'logits' }), 800);
 * ```
 */
export function negativeLogLikelihood(
  scores: MatrixInput,
  labels: LabelInput,
  options: ScoreOptions = {},
): number {
  const sample = scoredSample(scores, labels, options);
  return meanOverRows(scoreRows(sample.source, sample.labels).nll, sample.weights);
}
