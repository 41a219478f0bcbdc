import { notice } from '../core/notices.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';

/** Declared logits whose rows lie in 0..1 and sum to 1. */
export const probabilitiesAsLogits: Check = (patient) => ({
  conclude: () => {
    const found = patient.probabilities;
    if (patient.set.kind !== 'logits' || !isMost(found, patient)) return undefined;
    return notice(
      'W_LOOKS_LIKE_PROBS',
      `${nameRows(found, patient)} lie in 0..1 and sum to 1; pass --input probs if these are probabilities.`,
      patient.place,
    );
  },
});
