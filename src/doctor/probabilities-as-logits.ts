import { notice } from '../core/notices.ts';
import { largestProbability } from '../numerics/probability-checks.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows } from './rows-found.ts';

/** Of so few values all may lie in 0..1 by chance. */
const fewestValues = 10;

/** Declared logits whose rows lie in 0..1 and sum to 1; of a single column s, as (0, s), all of which lie there. */
export const probabilitiesAsLogits: Check = (patient) => {
  const { set, context, place } = patient;
  const isLogits = set.kind === 'logits';
  const inside = noRows();
  return {
    see: ({ row, smallest, largest }) => {
      if (smallest >= 0 && largest <= largestProbability) addRow(inside, row);
    },
    conclude: () => {
      if (!isLogits) return undefined;
      if (context.oneColumn === true) {
        const { rows } = set.scores;
        if (rows < fewestValues || inside.count < rows) return undefined;
        return notice(
          'W_LOOKS_LIKE_PROBS',
          `all ${rows} values lie in 0..1; pass --input probs if these are probabilities of class 1.`,
          place,
        );
      }
      const found = patient.probabilities;
      if (!isMost(found, patient)) return undefined;
      return notice(
        'W_LOOKS_LIKE_PROBS',
        `${nameRows(found, patient)} lie in 0..1 and sum to 1; pass --input probs if these are probabilities.`,
        place,
      );
    },
  };
};
