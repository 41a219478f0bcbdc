import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOverRows } from './mean-over-rows.ts';
import type { ScoreOptions } from './measure-options.ts';
import { scoredSample } from './measure-sample.ts';
import { judgePredictions } from './row-scores.ts';

/**
 * Share of rows whose most probable class is the label; of equal probabilities the first class counts.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based.
 * @returns A share in 0..1.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, or one of the label and weight codes.
 *
 * @example
 * ```ts
 * import { accuracy } from 'calibrant';
 *
 * assert.equal(accuracy([[0.9, 0.1], [0.5, 0.5]], [0, 1]), 0.5);
 * assert.equal(accuracy([[0.9, 0.1], [0.5, 0.5]], [0, 1], { weights: [3, 1] }), 0.75);
 * ```
 */
export function accuracy(probabilities: MatrixInput, labels: LabelInput, options: ScoreOptions = {}): number {
  const sample = scoredSample(probabilities, labels, options);
  return meanOverRows(judgePredictions(sample.source, sample.labels).correct, sample.weights);
}
