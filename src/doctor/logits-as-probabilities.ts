import { notice } from '../core/notices.ts';
import { isProbability } from '../core/probability-range.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows } from './rows-found.ts';

/** Declared probabilities with values that none can have, unless the rows are percentages. */
export const logitsAsProbabilities: Check = (patient) => {
  const isDeclared = patient.set.kind === 'probabilities';
  const found = noRows();
  return {
    see: ({ row, smallest, largest }) => {
      if (isDeclared && !(isProbability(smallest) && isProbability(largest))) addRow(found, row);
    },
    conclude: () =>
      found.count === 0 || isMost(patient.percentages, patient)
        ? undefined
        : notice(
            'W_LOOKS_LIKE_LOGITS',
            `values outside 0..1 in ${nameRows(found, patient)}; pass --input logits if these are logits.`,
            patient.place,
          ),
  };
};
