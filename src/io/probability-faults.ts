import { CalibrationError, type Place } from '../core/errors.ts';
import type { StoredNumbers } from '../core/number-store.ts';

/** Where rows came from, for messages. */
export interface RowPlaces {
  readonly file: string | undefined;
  /** 1-based file lines; without them rows are named by their 0-based index. */
  readonly lines: StoredNumbers<Uint32Array> | undefined;
  readonly nameOf: (column: number) => string;
}

/** The file and the line, or the index, of a row. */
function placeOfRow({ file, lines }: RowPlaces, row: number): Place {
  const where = file === undefined ? {} : { file };
  return lines === undefined ? { ...where, index: row } : { ...where, row: lines.read(row, row + 1)[0]! };
}

/** The row of a file or of an array, in words. */
export function rowText({ lines }: RowPlaces, row: number): string {
  return lines === undefined ? `row index ${row}` : `line ${lines.read(row, row + 1)[0]!}`;
}

/** Row sums this far from 100 are those of percentages, rounded. */
const percentTolerance = 1;

/** Row sums this near to 1 are no accident. */
const marginTolerance = 1e-3;

/** A cell outside 0..1. The sum of its row tells percentages from logits. */
export function outsideRange(
  p: number,
  sum: number,
  [row, column]: readonly [number, number],
  places: RowPlaces,
): CalibrationError {
  const isPercent = Math.abs(sum - 100) <= percentTolerance;
  const isOneColumn = sum === p;
  const isMargin = !isOneColumn && Math.abs(sum - 1) <= marginTolerance;
  const isEither = isOneColumn && p >= 0 && p <= 100;
  return new CalibrationError('E_PROB_RANGE', {
    ...placeOfRow(places, row),
    column: places.nameOf(column),
    what: `${p} is outside 0..1, so it is not a probability`,
    hint: isPercent
      ? 'The row sums to 100: pass --scale percent.'
      : isEither
        ? 'Pass --scale percent if these are percentages, --input logits if these are logits.'
        : isMargin
          ? 'The row sums to 1 all the same: a margin m beside 1 - m is neither probability nor logit, so export the logits.'
          : 'Pass --input logits if these are logits.',
    value: p,
  });
}

/** Row sums between these can be rescaled: beyond, the numbers are no rounded probabilities. */
export const rescalableSums: readonly [number, number] = [0.5, 2];

/** Sums this far from 1 may still be rounding, which `--renormalize` is for; further off, a class is missing. */
const roundedSum = 0.1;

/** A row whose sum is too far from 1, rescaled or not. */
export function wrongSum(
  sum: number,
  row: number,
  places: RowPlaces,
  { isRescaled, isPercent }: { readonly isRescaled: boolean; readonly isPercent: boolean },
): CalibrationError {
  const [least, most] = rescalableSums;
  return new CalibrationError('E_PROB_SUM', {
    ...placeOfRow(places, row),
    what: `probabilities sum to ${Number(sum.toPrecision(12))}, expected ${isRescaled ? `${least} to ${most}, within which rows are rescaled` : '1'}`,
    ...hintOfSum(sum, isRescaled, isPercent),
    value: sum,
  });
}

function hintOfSum(sum: number, isRescaled: boolean, isPercent: boolean): { readonly hint?: string } {
  if (isPercent && Math.abs(sum * 100 - 1) <= percentTolerance / 100) {
    return { hint: 'These are not percentages: pass --scale unit.' };
  }
  if (!isRescaled && Math.abs(sum - 1) <= roundedSum) {
    return { hint: 'Pass --renormalize to divide such rows by their sum, if all classes are there.' };
  }
  return {};
}
