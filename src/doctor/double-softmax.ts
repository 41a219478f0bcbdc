import { notice } from '../core/notices.ts';
import { log } from '../numerics/logarithm.ts';
import type { Check } from './patient.ts';
import type { RowProfile } from './row-profile.ts';

/** Room for values printed with four decimals. */
const rangeTolerance = 1e-3;

/** The gap between accuracy and confidence must exceed this many standard errors. */
const clearly = 2;

/**
 * Probabilities that are the softmax of probabilities. If p = softmax(q) with q a probability vector, then q = ln p + c
 * with c = (1 − Σ ln p)/K, and all of q lies in 0..1; so no p exceeds e/(K − 1 + e). A cautious classifier of two or
 * three classes can look the same; it is told apart by its accuracy, which then sits near its confidence p, not near q.
 */
export const doubleSoftmax: Check = ({ set, place }) => {
  const { rows, columns } = set.scores;
  let isPossible = true;
  let right = 0;
  let confidence = 0;
  let recovered = 0;
  return {
    see: (row) => {
      const top = isPossible && row.isProbabilities ? recoveredTop(row, columns) : undefined;
      isPossible = top !== undefined;
      if (top === undefined) return;
      recovered += top;
      confidence += row.largest;
      right += row.predicted === row.label ? 1 : 0;
    },
    conclude: () => {
      if (!isPossible) return undefined;
      const accuracy = right / rows;
      const meanConfidence = confidence / rows;
      const halfway = (meanConfidence + recovered / rows) / 2;
      const noise = Math.sqrt(Math.max(accuracy * (1 - accuracy), 1 / rows) / rows);
      if (!(accuracy > halfway && accuracy - meanConfidence > clearly * noise)) return undefined;
      const bound = Math.E / (columns - 1 + Math.E);
      return notice(
        'W_DOUBLE_SOFTMAX',
        `all ${rows} rows look like softmax applied twice: none exceeds ${bound.toFixed(3)}, the most it can give for ${columns} classes, yet ${(100 * accuracy).toFixed(1)} % are right. Export the logits, or the probabilities of one softmax.`,
        place,
      );
    },
  };
};

/** Largest entry of the vector q with softmax(q) = p and Σq = 1, or `undefined` when q leaves 0..1. */
function recoveredTop(
  { cells, offset, smallest, largest }: Readonly<RowProfile>,
  columns: number,
): number | undefined {
  if (!(smallest > 0)) return undefined;
  let total = 0;
  for (let k = 0; k < columns; k += 1) total += log(cells[offset + k]!);
  const shift = (1 - total) / columns;
  const top = log(largest) + shift;
  const bottom = log(smallest) + shift;
  return bottom >= -rangeTolerance && top <= 1 + rangeTolerance ? top : undefined;
}
