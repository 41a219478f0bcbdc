import { notice } from '../core/notices.ts';
import { findRows, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';

/** Rows whose largest score is shared, so that the prediction rests on the order of the columns. */
export const ties: Check = (patient) => {
  const found = findRows(patient.set.scores.rows, (i) => patient.profile.tied[i]! > 1);
  if (found.count === 0) return undefined;
  return notice(
    'W_TIES',
    `two or more classes share the largest score in ${nameRows(found, patient)}; the first of them counts as the prediction.`,
    patient.place,
  );
};
