import { notice } from '../core/notices.ts';
import { isProbability } from '../core/probability-range.ts';
import { rowSumTolerance } from '../numerics/row-sum-tolerance.ts';
import { isMost, nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows } from './rows-found.ts';

/** After so many more rows of another sum than of 1 the rest is not summed. */
const patience = 50;

/** Rows that sum to 1 while some lie outside 0..1: m and 1 − m, or probabilities from a linear fit. */
export const sumsToOne: Check = (patient) => {
  const { kind, scores } = patient.set;
  const summing = noRows();
  const outside = noRows();
  let tolerance: number | undefined;
  let others = 0;
  return {
    see: ({ row, smallest, largest, cells, offset }) => {
      if (kind !== 'logits' || others > summing.count + patience) return;
      let sum = 0;
      for (let k = 0; k < scores.columns; k += 1) sum += cells[offset + k]!;
      tolerance ??= rowSumTolerance(scores);
      if (!(Math.abs(sum - 1) <= tolerance)) {
        others += 1;
        return;
      }
      addRow(summing, row);
      if (!(isProbability(smallest) && isProbability(largest))) addRow(outside, row);
    },
    conclude: () =>
      outside.count === 0 || !isMost(summing, patient) || isMost(patient.probabilities, patient)
        ? undefined
        : notice(
            'W_SUM_ONE',
            `${nameRows(summing, patient)} sum to 1, with values outside 0..1 in ${outside.count}: a margin m beside 1 - m, or a correction of probabilities, is not a logit, and its temperature has no meaning. Export the logits, or the margin alone as one column.`,
            patient.place,
          ),
  };
};
