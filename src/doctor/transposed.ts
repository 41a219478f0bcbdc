import { notice } from '../core/notices.ts';
import { isMost } from './name-rows.ts';
import type { Check } from './patient.ts';

/** A column of probabilities sums to 1 within this. */
const tolerance = 1e-3;

/** A matrix that seems to hold classes in rows: far wider than tall, or with columns that sum to 1 and rows that do not. */
export const transposed: Check = (patient) => {
  const { rows, columns } = patient.set.scores;
  let areRows = true;
  // Column sums, as long as no cell is below 0.
  let sums: Float64Array | undefined = new Float64Array(columns);
  return {
    see: ({ label, smallest, cells, offset }) => {
      areRows &&= label < rows;
      if (!(smallest >= 0)) sums = undefined;
      if (sums === undefined) return;
      for (let k = 0; k < columns; k += 1) sums[k]! += cells[offset + k]!;
      // Sums only grow.
      if (sums[0]! - 1 > tolerance) sums = undefined;
    },
    conclude: () => {
      const isWide = patient.context.oneTable !== true && columns >= 2 * rows && areRows;
      const areDistributions =
        !isMost(patient.probabilities, patient) &&
        sums?.every((sum) => Math.abs(sum - 1) <= tolerance) === true;
      if (!isWide && !areDistributions) return undefined;
      const why = isWide
        ? 'more columns than rows'
        : `the ${columns} columns lie in 0..1 and sum to 1, the rows do not`;
      return notice(
        'W_LOOKS_TRANSPOSED',
        `scores are ${rows} x ${columns}: ${why}; if each column is one case, pass --transpose, with the labels in a separate file.`,
        patient.place,
      );
    },
  };
};
