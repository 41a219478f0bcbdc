import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { meanOverRows } from './mean-over-rows.ts';
import type { ScoreOptions } from './measure-options.ts';
import { type MeasureSample, scoredSample } from './measure-sample.ts';

/**
 * Mean spherical score, as a loss: one minus the probability of the true class over the length of the row.
 *
 * mean_i 1 − p_iy/√(Σ_k p_ik²). A proper score: its mean is least at the true probabilities. Many texts report
 * p_iy/√(Σ_k p_ik²), which is larger when better.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based.
 * @returns 0 (certain and right) to 1 (true class at probability 0).
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * @example
 * ```ts
 * import { sphericalScore } from 'calibrant';
 *
 * assert.equal(sphericalScore([[1, 0], [0, 1]], [0, 0]), 0.5);
 * ```
 *
 * Source: Gneiting and Raftery 2007, "Strictly proper scoring rules, prediction, and estimation".
 */
export function sphericalScore(
  probabilities: MatrixInput,
  labels: LabelInput,
  options: ScoreOptions = {},
): number {
  return sphericalScoreOfSample(scoredSample(probabilities, labels, options));
}

/** Spherical score of a checked sample. */
export function sphericalScoreOfSample({ source, labels, weights }: MeasureSample): number {
  const { rows, classes } = source;
  const p = new Float64Array(classes);
  const losses = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    source.read(i, p);
    let square = 0;
    for (let k = 0; k < classes; k += 1) square += p[k]! * p[k]!;
    losses[i] = Math.max(0, 1 - p[labels[i]!]! / Math.sqrt(square));
  }
  return meanOverRows(losses, weights);
}
