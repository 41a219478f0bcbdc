import type { Place } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import { mappedRead } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import type { Treatment } from '../core/treatment.ts';
import { rowSumTolerance } from '../numerics/row-sum-tolerance.ts';
import { type RowPlaces, rowText } from './probability-faults.ts';
import { type RowRule, type RowsSeen, seeRows, treatedRows } from './range-of-rows.ts';

/** What can be done to numbers that are to be probabilities. */
export interface ProbabilityTreatment {
  readonly scale: 'unit' | 'percent';
  readonly renormalize: boolean;
}

/** Rows of probabilities, with what was done to make them such. */
export interface TreatedRows {
  readonly scores: ScoreRows;
  readonly notices: readonly Notice[];
  readonly treatment: Treatment;
}

/**
 * Makes probabilities of the numbers of a file: percentages are divided by 100, values below 0 by rounding become 0 (in
 * a single column those above 1 become 1), and, where that was asked for, rows that do not sum to 1 are divided by their sum. The rows are treated as they are
 * read, so nothing is copied; where nothing is to be done they are those given.
 *
 * @param given N×K numbers; one column is the probability of class 1, and has no sum.
 * @throws CalibrationError `E_PROB_RANGE` or `E_PROB_SUM` with the line of the first.
 */
export function treatProbabilities(
  given: ScoreRows,
  { scale, renormalize }: ProbabilityTreatment,
  places: RowPlaces,
): TreatedRows {
  const isPercent = scale === 'percent';
  const scores = isPercent ? hundredths(given) : given;
  const tolerance = isPercent ? rowSumTolerance(given, 100) / 100 : rowSumTolerance(given);
  const rule: RowRule = { isRescaled: renormalize, isPercent, tolerance };
  const seen = seeRows(scores, rule, places);
  const { clipped, rescaled } = seen;
  return {
    scores: clipped.cells > 0 || rescaled.rows > 0 ? treatedRows(scores, rule) : scores,
    notices: noticesOf(seen, given, isPercent, places),
    treatment: {
      ...(isPercent ? { scale } : {}),
      ...(clipped.cells > 0
        ? { clipped: { cells: clipped.cells, rows: clipped.rows, largest: clipped.largest } }
        : {}),
      ...(renormalize ? { renormalized: { rows: rescaled.rows, largest: rescaled.largest } } : {}),
    },
  };
}

function hundredths({ rows, columns, read }: ScoreRows): ScoreRows {
  return { rows, columns, matrix: undefined, read: mappedRead(read, (percent) => percent / 100) };
}

function noticesOf(
  { clipped, rescaled, off }: RowsSeen,
  { rows, columns }: ScoreRows,
  isPercent: boolean,
  places: RowPlaces,
): readonly Notice[] {
  const isSingle = columns === 1;
  const where: Place = places.file === undefined ? {} : { file: places.file };
  const first = (row: number): string => `first: ${rowText(places, row)}`;
  const shown = (size: number): number => Number(size.toPrecision(2));
  const notices: Notice[] = [];
  if (isPercent) notices.push(notice('W_SCALED', 'percentages were divided by 100.', where));
  if (clipped.cells > 0) {
    const [side, ends] = isSingle ? ['outside 0..1', '0 or 1'] : ['below 0', '0'];
    const [noun, were] = clipped.cells === 1 ? ['probability', 'was'] : ['probabilities', 'were'];
    const what = `${clipped.cells} ${noun} ${side} by rounding ${were} set to ${ends} (off by up to ${shown(clipped.largest)}, ${first(clipped.first)}).`;
    notices.push(notice('W_PROB_CLIPPED', what, where));
  }
  if (rescaled.rows > 0) {
    const what = `${rescaled.rows} of ${rows} rows did not sum to 1 (off by up to ${shown(rescaled.largest)}, ${first(rescaled.first)}) and were divided by their sum.`;
    notices.push(notice('W_RENORMALIZED', what, where));
  }
  if (off.rows > 0) {
    const what = `${off.rows} of ${rows} rows do not sum to 1 exactly (off by up to ${shown(off.largest)}, ${first(off.first)}); they are used as they are.`;
    notices.push(notice('W_PROB_SUM', what, where));
  }
  return notices;
}
