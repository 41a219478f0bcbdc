import { notice } from '../core/notices.ts';
import { exp } from '../numerics/exponential.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows } from './rows-found.ts';

/** Log-probabilities are often exported with four digits or in half precision. */
const totalTolerance = 1e-3;

/** So many more rows of one base than of another settle which it is. */
const patience = 50;

/** Bases of logarithms, with their natural logarithm: a score times it is a natural logarithm. */
const bases = [
  ['e', 1],
  ['2', Math.LN2],
  ['10', Math.LN10],
] as const;

/**
 * Declared logits that are all ≤ 0 with powers that sum to 1. To base e they are harmless, but worth a word; to base 2 or 10 every
 * figure is that of a classifier less or more confident than this one.
 */
export const logProbabilities: Check = (patient) => {
  const { kind, scores } = patient.set;
  const found = bases.map(() => noRows());
  return {
    see: ({ row, largest, cells, offset }) => {
      if (kind !== 'logits' || !(largest <= totalTolerance)) return;
      for (const [at, [, unit]] of bases.entries()) {
        // Once rows fit one base, the others are not tried on every row.
        if (found[0]!.count > found[at]!.count + patience) break;
        let total = 0;
        for (let k = 0; k < scores.columns; k += 1) total += exp(unit * cells[offset + k]!);
        if (Math.abs(total - 1) <= totalTolerance) addRow(found[at]!, row);
      }
    },
    conclude: () => {
      const at = kind === 'logits' ? found.findIndex((rows) => isMost(rows, patient)) : -1;
      if (at < 0) return undefined;
      const [base] = bases[at]!;
      const rows = nameRows(found[at]!, patient);
      return base === 'e'
        ? notice(
            'W_LOOKS_LIKE_LOG_PROBS',
            `${rows} look like log-probabilities (none above 0, exponentials summing to 1); nothing to do: a temperature acts on them as on logits.`,
            patient.place,
          )
        : notice(
            'W_LOG_BASE',
            `${rows} look like log-probabilities to base ${base} (none above 0, powers of ${base} summing to 1), expected natural logarithms; multiply them by ln ${base}, ${base === '2' ? '0.6931' : '2.3026'}.`,
            patient.place,
          );
    },
  };
};
