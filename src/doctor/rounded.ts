import { notice } from '../core/notices.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { decimalPlaces } from '../numerics/decimal-places.ts';
import type { Check } from './patient.ts';

/** Tables of this many decimals or fewer lose what the figures need. */
const coarsest: Readonly<Record<ScoreKind, number>> = { probabilities: 3, logits: 1 };

/** Below this many cells a table is rounded by chance, or a toy. */
const fewestCells = 40;

/** Scores printed with so few decimals that confidences tie and small probabilities vanish. */
export const rounded: Check = ({ set, place }) => ({
  conclude: () => {
    const { kind, scores } = set;
    if (scores.rows * scores.columns < fewestCells) return undefined;
    const decimals = decimalPlaces(scores, coarsest[kind]);
    if (decimals === undefined) return undefined;
    const digits = decimals === 1 ? '1 decimal' : `${decimals} decimals`;
    const loss = kind === 'probabilities' ? 'small probabilities become 0 and confidences tie' : 'scores tie';
    return notice(
      'W_ROUNDED',
      `all ${scores.rows} rows hold at most ${digits}, so ${loss}; export the scores with more digits.`,
      place,
    );
  },
});
