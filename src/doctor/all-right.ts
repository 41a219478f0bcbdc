import { notice } from '../core/notices.ts';
import type { Check } from './patient.ts';
import type { RowProfile } from './row-profile.ts';

/** Of fewer rows all may be right by chance. */
const fewestRows = 20;

/** A probability within this of 1 is certainty, and so is a logit this many nats above the others: e^-21 is below 1e-9. */
const certainProbability = 1 - 1e-9;
const certainMargin = 21;

/** Every row is predicted correctly, perhaps with certainty: no temperature is best, and nothing is left to measure. */
export const allRight: Check = ({ set, place }) => {
  const { kind, scores } = set;
  let isRight = true;
  let isCertain = true;
  return {
    see: (row) => {
      isRight &&= row.predicted === row.label;
      if (!isRight || !isCertain) return;
      isCertain =
        kind === 'logits'
          ? row.largest - secondOf(row, scores.columns) >= certainMargin
          : row.largest >= certainProbability;
    },
    conclude: () => {
      if (!isRight || scores.rows < fewestRows) return undefined;
      const how = isCertain
        ? 'predicted correctly with certainty, so there is nothing to calibrate'
        : 'predicted correctly, so no finite temperature is best';
      return notice(
        'W_ALL_RIGHT',
        `every one of the ${scores.rows} rows is ${how}; check that these are not training rows, and that the scores are not made from the labels.`,
        place,
      );
    },
  };
};

/** The largest score but that of the prediction. */
function secondOf({ cells, offset, predicted }: Readonly<RowProfile>, columns: number): number {
  let second = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < columns; k += 1) {
    if (k !== predicted && cells[offset + k]! > second) second = cells[offset + k]!;
  }
  return second;
}
