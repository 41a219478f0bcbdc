import { type Notice, notice } from '../core/notices.ts';
import { isProbability } from '../core/probability-range.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check, Patient } from './patient.ts';
import { addRow, noRows, type RowsFound } from './rows-found.ts';

/** Of so few values all may lie in 0..1 by chance. */
const fewestValues = 10;

/** Sums of probabilities in bfloat16 or of a few classes left out lie this near to 1. */
const coarseSum = 0.03;

/** Declared logits whose rows lie in 0..1 and sum to 1; of a single column s, as (0, s), all of which lie there. */
export const probabilitiesAsLogits: Check = (patient) => {
  const { set, context, place } = patient;
  const isLogits = set.kind === 'logits';
  const inside = noRows();
  const near = noRows();
  const strictly = noRows();
  return {
    see: ({ row, smallest, largest, sum }) => {
      if (!(isProbability(smallest) && isProbability(largest))) return;
      addRow(inside, row);
      if (smallest >= 0 && largest <= 1) addRow(strictly, row);
      if (Math.abs(sum - 1) <= coarseSum) addRow(near, row);
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
      if (!isMost(found, patient)) return roughly(near, patient) ?? sigmoids(strictly, patient);
      return notice(
        'W_LOOKS_LIKE_PROBS',
        `${nameRows(found, patient)} lie in 0..1 and sum to 1; pass --input probs if these are probabilities.`,
        place,
      );
    },
  };
};

/** Values that no logits have and that are no shares of a whole either. */
function sigmoids(inside: RowsFound, { set, place }: Patient): Notice | undefined {
  const { rows } = set.scores;
  if (rows < fewestValues || inside.count < rows) return undefined;
  return notice(
    'W_LOOKS_LIKE_PROBS',
    `all values of ${rows} rows lie in 0..1 but do not sum to 1, as sigmoid outputs do; export the logits, or probabilities of classes that exclude each other.`,
    place,
  );
}

/** Rows that would be probabilities but for sums that are off. */
function roughly(near: RowsFound, patient: Patient): Notice | undefined {
  if (near.count < fewestValues || !isMost(near, patient)) return undefined;
  return notice(
    'W_LOOKS_LIKE_PROBS',
    `${nameRows(near, patient)} lie in 0..1 and sum to 1 but for coarse rounding; pass --input probs --renormalize if these are probabilities.`,
    patient.place,
  );
}
