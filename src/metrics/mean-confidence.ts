import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOverRows } from './mean-over-rows.ts';
import type { ScoreOptions } from './measure-options.ts';
import { scoredSample } from './measure-sample.ts';
import { judgePredictions } from './row-scores.ts';

/**
 * Mean of the largest probability of each row. Above the accuracy it shows overconfidence on the whole, below it
 * underconfidence.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based; they fix the number of rows.
 * @returns A share in 1/K..1.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, or one of the label and weight codes.
 *
 * @example
 * ```ts
 * import { accuracy, meanConfidence } from 'calibrant';
 *
 * const probabilities = [[0.75, 0.25], [0.25, 0.75]];
 * assert.equal(meanConfidence(probabilities, [0, 0]) - accuracy(probabilities, [0, 0]), 0.25);
 * ```
 */
export function meanConfidence(
  probabilities: MatrixInput,
  labels: LabelInput,
  options: ScoreOptions = {},
): number {
  const sample = scoredSample(probabilities, labels, options);
  return meanOverRows(judgePredictions(sample.source, sample.labels).confidence, sample.weights);
}
