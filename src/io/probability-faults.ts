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

/** What the numbers of a row are taken for. */
interface Declared {
  /** How many score columns there are; one alone has no sum. */
  readonly columns: number;
  readonly isPercent: boolean;
}

/** A cell outside 0..1. The sum of its row tells percentages from logits. */
export function outsideRange(
  p: number,
  sum: number,
  [row, column]: readonly [number, number],
  places: RowPlaces,
  { columns, isPercent }: Declared,
): CalibrationError {
  const what = isPercent
    ? `${sumText(100 * p)} is outside 0..100, so it is not a percentage`
    : `${p} is outside 0..1, so it is not a probability`;
  return new CalibrationError('E_PROB_RANGE', {
    ...placeOfRow(places, row),
    column: places.nameOf(column),
    what,
    hint: isPercent ? logitsHint : columns === 1 ? hintOfOne(p) : hintOfRow(sum),
    value: p,
  });
}

const logitsHint = 'Pass --input logits if these are logits.';

function hintOfOne(p: number): string {
  return p >= 0 && p <= 100
    ? 'Pass --scale percent if the column holds percentages, --input logits if it holds logits.'
    : logitsHint;
}

function hintOfRow(sum: number): string {
  if (Math.abs(sum - 100) <= percentTolerance)
    return `The row sums to ${sumText(sum)}: pass --scale percent.`;
  return Math.abs(sum - 1) <= marginTolerance
    ? `The row sums to ${sumText(sum)} all the same: a margin m beside 1 - m is neither probability nor logit, so export the logits.`
    : logitsHint;
}

/** A sum with its digits, but without those of rounding in the last places. */
function sumText(sum: number): string {
  return String(Number(sum.toPrecision(12)));
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
  const [noun, whole] = isPercent ? ['percentages', 100] : ['probabilities', 1];
  const [least, most] = rescalableSums.map((limit) => limit * whole);
  const expected = isRescaled ? `${least} to ${most}, within which rows are rescaled` : String(whole);
  return new CalibrationError('E_PROB_SUM', {
    ...placeOfRow(places, row),
    what: `${noun} sum to ${sumText(sum * whole)}, expected ${expected}`,
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
