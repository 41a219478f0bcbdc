import { notice } from '../core/notices.ts';
import { largestProbability } from '../numerics/probability-checks.ts';
import { findRows, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { findShares, isMost } from './shares.ts';

/** Declared probabilities with values that none can have, unless the rows are percentages. */
export const logitsAsProbabilities: Check = (patient) => {
  const { profile, set } = patient;
  const { rows } = set.scores;
  if (set.kind !== 'probabilities') return undefined;
  if (isMost(findShares(100, patient), patient)) return undefined;
  const found = findRows(
    rows,
    (i) => !(profile.smallest[i]! >= 0 && profile.largest[i]! <= largestProbability),
  );
  if (found.count === 0) return undefined;
  return notice(
    'W_LOOKS_LIKE_LOGITS',
    `values outside 0..1 in ${nameRows(found, patient)}; pass --input logits if these are logits.`,
    patient.place,
  );
};
