import { sortedScores } from './checked-scores.ts';

/**
 * Area under the receiver operating characteristic: the share of pairs, one positive and one negative, in which the
 * positive scores higher; a tie counts one half (the Mann-Whitney statistic over the number of pairs).
 *
 * Which side is called positive only mirrors the value about ½. With the scores of this room, familiar rows are
 * positive and odd ones negative. Cost O(n log n).
 *
 * @param positiveScores Scores of the positives, at least one; infinite ones are allowed.
 * @param negativeScores Scores of the negatives, at least one.
 * @returns 0..1; ½ is chance. The counts are exact whole numbers, so only the last division rounds.
 * @throws CalibrationError `E_TOO_FEW` or `E_NUM` (NaN).
 *
 * @example
 * ```ts
 * import { auroc } from 'calibrant';
 *
 * assert.equal(auroc([0.9, 0.8, 0.3], [0.1, 0.2]), 1);
 * assert.equal(auroc([0.9, 0.5], [0.5, 0.1]), 3.5 / 4);
 * ```
 */
export function auroc(positiveScores: ArrayLike<number>, negativeScores: ArrayLike<number>): number {
  const positives = sortedScores('positive', positiveScores);
  const negatives = sortedScores('negative', negativeScores);
  let below = 0;
  let upTo = 0;
  let halfWins = 0;
  for (const score of positives) {
    while (below < negatives.length && negatives[below]! < score) below += 1;
    while (upTo < negatives.length && negatives[upTo]! <= score) upTo += 1;
    halfWins += below + upTo;
  }
  return halfWins / (2 * positives.length * negatives.length);
}
