import { notice } from '../core/notices.ts';
import { exp } from '../numerics/exponential.ts';
import { findRows, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { isMost } from './shares.ts';

/** Log-probabilities are often exported with four digits or in half precision. */
const totalTolerance = 1e-3;

/** Declared logits that are all ≤ 0 with exponentials summing to 1: harmless, but worth a word. */
export const logProbabilities: Check = (patient) => {
  const { profile, set } = patient;
  const { data, rows, columns } = set.scores;
  if (set.kind !== 'logits') return undefined;
  const isLogProbability = (i: number): boolean => {
    if (!(profile.largest[i]! <= totalTolerance)) return false;
    let total = 0;
    for (let k = 0; k < columns; k += 1) total += exp(data[i * columns + k]!);
    return Math.abs(total - 1) <= totalTolerance;
  };
  const found = findRows(rows, isLogProbability);
  if (!isMost(found, patient)) return undefined;
  return notice(
    'W_LOOKS_LIKE_LOG_PROBS',
    `${nameRows(found, patient)} look like log-probabilities (none above 0, exponentials summing to 1); nothing to do, a temperature acts on them as on logits.`,
    patient.place,
  );
};
