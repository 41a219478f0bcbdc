import { notice } from '../core/notices.ts';
import type { Check, Patient } from './patient.ts';
import { findShares, isMost } from './shares.ts';

/** A matrix that seems to hold classes in rows: far wider than tall, or with columns that sum to 1 and rows that do not. */
export const transposed: Check = (patient) => {
  const { rows, columns } = patient.set.scores;
  const wide = columns >= 2 * rows && patient.set.labels.every((label) => label < rows);
  if (!wide && !columnsAreDistributions(patient)) return undefined;
  const why = wide
    ? 'more columns than rows'
    : `the ${columns} columns lie in 0..1 and sum to 1, the rows do not`;
  return notice(
    'W_LOOKS_TRANSPOSED',
    `scores are ${rows} x ${columns}: ${why}; pass --transpose if each column is one case.`,
    patient.place,
  );
};

function columnsAreDistributions(patient: Patient): boolean {
  const { data, rows, columns } = patient.set.scores;
  if (isMost(findShares(1, patient), patient)) return false;
  for (let k = 0; k < columns; k += 1) {
    let total = 0;
    for (let i = 0; i < rows; i += 1) {
      const value = data[i * columns + k]!;
      if (!(value >= 0)) return false;
      total += value;
    }
    if (!(Math.abs(total - 1) <= 1e-3)) return false;
  }
  return true;
}
