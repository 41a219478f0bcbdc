import { notice } from '../core/notices.ts';
import { nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { findShares, isMost } from './shares.ts';

/** Declared logits whose rows lie in 0..1 and sum to 1. */
export const probabilitiesAsLogits: Check = (patient) => {
  if (patient.set.kind !== 'logits') return undefined;
  const found = findShares(1, patient);
  if (!isMost(found, patient)) return undefined;
  return notice(
    'W_LOOKS_LIKE_PROBS',
    `${nameRows(found, patient)} lie in 0..1 and sum to 1; pass --input probs if these are probabilities.`,
    patient.place,
  );
};
