import { notice } from '../core/notices.ts';
import { regularizedBeta } from '../numerics/incomplete-beta.ts';
import type { Check } from './patient.ts';

/** Parts that the rows are cut into, in order. */
const parts = 40;

/** Rows in which this is looked for. */
const fewestRows = 120;

/** Labels must agree with the scores of a neighbouring row on at least this much more of the rows, */
const clearGain = 0.2;

/** and in fewer sets by chance than this, for one range of rows. */
const rare = 1e-4;

/** Labels of a part that agree with a neighbouring row and not with their own, and the other way round. */
interface Shift {
  rows: number;
  onlyShifted: number;
  onlyOwn: number;
}

interface ShiftedRange extends Shift {
  readonly from: number;
}

const directions = ['before', 'after'] as const;

/** Rows one after another whose labels agree with the scores of the row before or after them: from some row on, one is missing or too many. */
export const shiftedRows: Check = ({ set, place }) => {
  const { rows } = set.scores;
  const isLookedAt = rows >= fewestRows;
  const found = directions.map(() =>
    Array.from({ length: parts }, (): Shift => ({ rows: 0, onlyShifted: 0, onlyOwn: 0 })),
  );
  let [lastLabel, lastPredicted] = [-1, -1];
  const add = (direction: number, row: number, isShifted: boolean, isOwn: boolean): void => {
    const part = found[direction]![Math.floor((row * parts) / rows)]!;
    part.rows += 1;
    if (isShifted && !isOwn) part.onlyShifted += 1;
    if (isOwn && !isShifted) part.onlyOwn += 1;
  };
  return {
    see: ({ row, label, predicted }) => {
      if (!isLookedAt) return;
      if (row > 0) {
        add(0, row, label === lastPredicted, label === predicted);
        add(1, row - 1, lastLabel === predicted, lastLabel === lastPredicted);
      }
      // One by one, as a pair would be a record for every row.
      lastLabel = label;
      lastPredicted = predicted;
    },
    conclude: () => {
      if (!isLookedAt) return undefined;
      for (const [at, direction] of directions.entries()) {
        const range = bestRange(found[at]!);
        if (range === undefined) continue;
        const first = Math.ceil((range.from * rows) / parts) + 1;
        return notice(
          'W_SHIFTED_ROWS',
          `in about the rows ${first} to ${first + range.rows - 1} of ${rows}, ${range.onlyShifted} labels agree with the scores of the row ${direction} and not with their own, and ${range.onlyOwn} the other way round, so a row of the scores or the labels is missing or too many.`,
          place,
        );
      }
      return undefined;
    },
  };
};

/** The range in which most labels agree better with the neighbouring row, if that is no chance. */
function bestRange(shifts: readonly Shift[]): ShiftedRange | undefined {
  let best: ShiftedRange | undefined;
  for (let from = 0; from < shifts.length; from += 1) {
    const sum: Shift = { rows: 0, onlyShifted: 0, onlyOwn: 0 };
    for (const { rows, onlyShifted, onlyOwn } of shifts.slice(from)) {
      sum.rows += rows;
      sum.onlyShifted += onlyShifted;
      sum.onlyOwn += onlyOwn;
      const gain = sum.onlyShifted - sum.onlyOwn;
      if (best === undefined || gain > best.onlyShifted - best.onlyOwn) best = { ...sum, from };
    }
  }
  if (best === undefined || best.onlyShifted - best.onlyOwn <= clearGain * best.rows) return undefined;
  return regularizedBeta(0.5, best.onlyShifted, best.onlyOwn + 1) < rare ? best : undefined;
}
