import { notice } from '../core/notices.ts';
import { exp } from '../numerics/exponential.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows } from './rows-found.ts';

/** Log-probabilities are often exported with four digits or in half precision. */
const totalTolerance = 1e-3;

/** Declared logits that are all ≤ 0 with exponentials summing to 1: harmless, but worth a word. */
export const logProbabilities: Check = (patient) => {
  const { kind, scores } = patient.set;
  const found = noRows();
  return {
    see: ({ row, largest, cells, offset }) => {
      if (kind !== 'logits' || !(largest <= totalTolerance)) return;
      let total = 0;
      for (let k = 0; k < scores.columns; k += 1) total += exp(cells[offset + k]!);
      if (Math.abs(total - 1) <= totalTolerance) addRow(found, row);
    },
    conclude: () =>
      kind === 'logits' && isMost(found, patient)
        ? notice(
            'W_LOOKS_LIKE_LOG_PROBS',
            `${nameRows(found, patient)} look like log-probabilities (none above 0, exponentials summing to 1); nothing to do: a temperature acts on them as on logits.`,
            patient.place,
          )
        : undefined,
  };
};
