import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOverRows } from './mean-over-rows.ts';
import { type ScoreOptions, scoreOptionNames } from './measure-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';

/** Options of {@link rankedProbabilityScore}. */
export interface RankedOptions extends ScoreOptions {
  /** `sum` of the squares over the K − 1 thresholds between classes, or their `mean`. Default `sum`. */
  readonly thresholds?: 'sum' | 'mean';
}

/**
 * Mean ranked probability score of ordered classes: the squared distance between the cumulative probabilities and the
 * truth, so that a near miss costs less than a far one.
 *
 * mean_i Σ_{m<K−1} (Σ_{k≤m} p_ik − 1[y_i ≤ m])², the classes in their given order. With two classes it is the Brier
 * score (p − y)² of one probability. Some tools divide by K − 1, as `thresholds: 'mean'` does.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based.
 * @returns 0 to K − 1, or 0 to 1 with `mean`.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * @example
 * ```ts
 * import { rankedProbabilityScore } from 'calibrant';
 *
 * assert.equal(rankedProbabilityScore([[1, 0, 0]], [1]), 1);
 * assert.equal(rankedProbabilityScore([[1, 0, 0]], [2]), 2);
 * ```
 *
 * Source: Epstein 1969, "A scoring system for probability forecasts of ranked categories".
 */
export function rankedProbabilityScore(
  probabilities: MatrixInput,
  labels: LabelInput,
  options: RankedOptions = {},
): number {
  checkOptionNames(options, [...scoreOptionNames, 'thresholds']);
  const { thresholds = 'sum' } = options;
  checkOneOf('thresholds', thresholds, ['sum', 'mean']);
  const sample = readSample(probabilities, labels, options);
  const score = rankedScoreOfSample(sample);
  return thresholds === 'sum' ? score : score / (sample.source.classes - 1);
}

/** Ranked probability score of a checked sample, summed over the thresholds. */
export function rankedScoreOfSample({ source, labels, weights }: MeasureSample): number {
  const { rows, classes } = source;
  const p = new Float64Array(classes);
  const losses = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    source.read(i, p);
    let cumulative = 0;
    let loss = 0;
    for (let m = 0; m < classes - 1; m += 1) {
      cumulative += p[m]!;
      const away = cumulative - (labels[i]! <= m ? 1 : 0);
      loss += away * away;
    }
    losses[i] = loss;
  }
  return meanOverRows(losses, weights);
}
