import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import type { ScoreOptions } from './measure-options.ts';
import { scoredSample } from './measure-sample.ts';

/**
 * Area under the ROC curve of confidence as a sign of being right: how often a right prediction is more confident than
 * a wrong one.
 *
 * Share of pairs, one right and one wrong, in which the right one is more confident; a tie counts one half, a pair
 * w_i·w_j. It says nothing about calibration: any rising map of the confidences leaves it the same.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns 0..1, ½ is chance; `null` where all predictions are right, or all wrong.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) after sorting.
 *
 * @example
 * ```ts
 * import { confidenceAuroc } from 'calibrant';
 *
 * assert.equal(confidenceAuroc([[0.75, 0.25], [0.5, 0.5], [0.75, 0.25]], [0, 1, 1]), 0.75);
 * assert.equal(confidenceAuroc([[0.75, 0.25]], [0]), null);
 * ```
 *
 * Source: Mann and Whitney 1947, "On a test of whether one of two random variables is stochastically larger than the
 * other".
 */
export function confidenceAuroc(
  scores: MatrixInput,
  labels: LabelInput,
  options: ScoreOptions = {},
): number | null {
  return aurocOfBlocks(scoredSample(scores, labels, options).confidenceBlocks());
}

/** Area under the ROC curve of pooled values for outcome 1 against outcome 0. */
export function aurocOfBlocks({ values, weights, hits }: TieBlocks): number | null {
  const wins = new CompensatedSum();
  const below = new CompensatedSum();
  const right = new CompensatedSum();
  for (let b = 0; b < values.length; b += 1) {
    const misses = weights[b]! - hits[b]!;
    wins.add(hits[b]! * (below.value + misses / 2));
    below.add(misses);
    right.add(hits[b]!);
  }
  const pairs = right.value * below.value;
  return pairs > 0 ? wins.value / pairs : null;
}
