import { notice } from '../core/notices.ts';
import { nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows } from './rows-found.ts';

/** Rows whose largest score is shared, so that the prediction rests on the order of the columns. */
export const ties: Check = (patient) => {
  const found = noRows();
  return {
    see: ({ row, tied }) => {
      if (tied > 1) addRow(found, row);
    },
    conclude: () =>
      found.count === 0
        ? undefined
        : notice(
            'W_TIES',
            `two or more classes share the largest score in ${nameRows(found, patient)}; the first of them counts as the prediction.`,
            patient.place,
          ),
  };
};
