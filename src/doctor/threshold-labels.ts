import { notice } from '../core/notices.ts';
import type { Check } from './patient.ts';

/** Of fewer rows a threshold may part the classes by chance. */
const fewestRows = 50;

/** So few rows of a class may all lie beyond the others. */
const fewestOfClass = 5;

/**
 * Two classes whose scores do not overlap, although some rows are wrong: the label is then class 1 above some score, as a prediction made from that score
 * with a threshold of its own is.
 */
export const thresholdLabels: Check = ({ set, place }) => {
  const { rows, columns } = set.scores;
  const counts = [0, 0];
  let [greatest, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let isRight = true;
  return {
    see: ({ label, cells, offset, predicted }) => {
      if (columns !== 2) return;
      const margin = cells[offset + 1]! - cells[offset]!;
      isRight &&= predicted === label;
      counts[label]! += 1;
      if (label === 0) {
        if (margin > greatest) greatest = margin;
      } else if (margin < least) least = margin;
    },
    conclude: () => {
      if (columns !== 2 || rows < fewestRows || isRight || !(greatest < least)) return undefined;
      if (Math.min(...counts) < fewestOfClass) return undefined;
      return notice(
        'W_THRESHOLD_LABELS',
        `the scores of the ${counts[0]} rows of class 0 and of the ${counts[1]} rows of class 1 do not overlap, although some rows are wrong; the labels may be predictions made from these scores, so check that they are the true ones.`,
        place,
      );
    },
  };
};
