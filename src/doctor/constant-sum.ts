import { notice } from '../core/notices.ts';
import { nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows } from './rows-found.ts';

/** Fewer rows may have one sum by chance. */
const fewestRows = 10;

/** Whole numbers, as bytes that stand for shares of 255, may miss the sum by half of a unit each. */
const roundingOfWhole = 0.5;

/** Other values miss it by the rounding of their last digits. */
const roundingShare = 1e-3;

/**
 * Values of 0 or more whose rows all have one sum that is neither 1 nor 100: votes of a forest or of raters, per mille, bytes. No logits
 * have such sums.
 */
export const constantSum: Check = (patient) => {
  const { set, context, place } = patient;
  const { rows, columns } = set.scores;
  const found = noRows();
  const sums = { least: Number.POSITIVE_INFINITY, most: 0, total: 0 };
  let isOpen = context.oneColumn !== true;
  let areWhole = true;
  return {
    see: ({ row, cells, offset, smallest }) => {
      if (!isOpen) return;
      let sum = 0;
      for (let k = 0; k < columns; k += 1) {
        const value = cells[offset + k]!;
        sum += value;
        if (areWhole && !Number.isInteger(value)) areWhole = false;
      }
      sums.least = Math.min(sums.least, sum);
      sums.most = Math.max(sums.most, sum);
      sums.total += sum;
      const room = areWhole ? Math.max(roundingOfWhole * columns, roundingShare * sum) : roundingShare * sum;
      if (!(smallest >= 0 && sums.most - sums.least <= 2 * room)) isOpen = false;
      else addRow(found, row);
    },
    conclude: () => {
      const mean = sums.total / rows;
      if (!isOpen || rows < fewestRows || !(mean > 0) || isNear(mean, 1) || isNear(mean, 100))
        return undefined;
      const sum = Number(mean.toPrecision(4));
      return notice(
        'W_CONSTANT_SUM',
        `${nameRows(found, patient)} are 0 or more and sum to ${sums.least === sums.most ? sum : `about ${sum}`}, as votes and scaled probabilities do; divide them by their sum and pass --input probs.`,
        place,
      );
    },
  };
};

/** Sums that other checks know. */
function isNear(sum: number, whole: number): boolean {
  return Math.abs(sum / whole - 1) <= 0.05;
}
