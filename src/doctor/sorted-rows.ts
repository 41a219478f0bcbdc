import { notice } from '../core/notices.ts';
import type { Check } from './patient.ts';

/** Fewer rows may be sorted by chance. */
const fewestRows = 20;

/** Fewer classes than this may be in one order in every row because some are rare. */
const manyClasses = 5;

/**
 * Rows whose scores all fall from the first column to the last, or all rise, as the largest scores of a row do when they are
 * exported in order: a column then does not belong to one class. A classifier that always predicts the class of most rows is spared.
 */
export const sortedRows: Check = ({ set, place }) => {
  const { rows, columns } = set.scores;
  let [isFalling, isRising] = [columns > 2, columns > 2];
  let [first, last] = [0, 0];
  return {
    see: ({ label, cells, offset }) => {
      if (label === 0) first += 1;
      if (label === columns - 1) last += 1;
      for (let k = 1; k < columns && (isFalling || isRising); k += 1) {
        const step = cells[offset + k]! - cells[offset + k - 1]!;
        if (!(step <= 0)) isFalling = false;
        if (!(step >= 0)) isRising = false;
      }
    },
    conclude: () => {
      if (rows < fewestRows || isFalling === isRising) return undefined;
      const winner = isFalling ? first : last;
      if (columns < manyClasses && 2 * winner > rows) return undefined;
      return notice(
        'W_SORTED_ROWS',
        `the scores of every row ${isFalling ? 'fall' : 'rise'} from the first column to the last, as the largest scores of a row do when they are exported by rank; each column must hold the scores of one class.`,
        place,
      );
    },
  };
};
