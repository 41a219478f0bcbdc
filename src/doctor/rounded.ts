import { notice } from '../core/notices.ts';
import { mappedRead } from '../core/number-store.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { decimalPlaces } from '../numerics/decimal-places.ts';
import type { Check } from './patient.ts';

/** Tables of this many decimals or fewer lose what the figures need. */
const coarsest: Readonly<Record<ScoreKind, number>> = { probabilities: 3, logits: 1 };

/** Below this many cells a table is rounded by chance, or a toy. */
const fewestCells = 40;

/** Scores printed with so few decimals that confidences tie and small probabilities vanish: those of the file, before a floor. */
export const rounded: Check = ({ set, place }) => ({
  conclude: () => {
    const { kind, scores, unfloored, treatment } = set;
    if (scores.rows * scores.columns < fewestCells) return undefined;
    const isPercent = treatment?.scale === 'percent';
    const given = unfloored ?? scores;
    const written = isPercent
      ? { ...given, matrix: undefined, read: mappedRead(given.read, hundredfold) }
      : given;
    const decimals = decimalPlaces(written, coarsest[kind] - (isPercent ? 2 : 0));
    if (decimals === undefined) return undefined;
    const loss = kind === 'probabilities' ? 'small probabilities become 0 and confidences tie' : 'scores tie';
    return notice(
      'W_ROUNDED',
      `all ${scores.rows} rows hold ${digitsText(decimals, isPercent)}, so ${loss}; export the scores with more digits.`,
      place,
    );
  },
});

function hundredfold(share: number): number {
  return 100 * share;
}

function digitsText(decimals: number, isPercent: boolean): string {
  if (decimals === 0) return isPercent ? 'whole percentages' : 'whole numbers';
  return `at most ${decimals === 1 ? '1 decimal' : `${decimals} decimals`}${isPercent ? ' of a percentage' : ''}`;
}
