import { notice } from '../core/notices.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';

/** Rows that lie in 0..100 and sum to 100, under either declaration. */
export const percentages: Check = (patient) => ({
  conclude: () => {
    const found = patient.percentages;
    if (!isMost(found, patient)) return undefined;
    return notice(
      'W_LOOKS_LIKE_PERCENT',
      `${nameRows(found, patient)} lie in 0..100 and sum to 100; if these are percentages, pass --input probs --scale percent.`,
      patient.place,
    );
  },
});
