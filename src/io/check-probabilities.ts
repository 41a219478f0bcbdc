import { CalibrationError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { type Notice, notice } from '../core/notices.ts';
import { rowSumTolerance } from '../numerics/row-sum-tolerance.ts';

/** Sums this close to 1, per class, are rounding in the last places and not worth a word. */
const silentPerClass = 1e-6;

/** Where rows came from, for messages. */
export interface RowPlaces {
  readonly file: string | undefined;
  readonly lines: Uint32Array;
  readonly nameOf: (column: number) => string;
}

/**
 * Checks that rows are probabilities: nothing below 0, nothing above 1 and no sum off 1 by more than
 * {@link rowSumTolerance}. They are used as they are, never rescaled; sums that are off but tolerated make one notice.
 *
 * @throws CalibrationError `E_PROB_RANGE` or `E_PROB_SUM` with the line of the first.
 */
export function checkProbabilities(scores: Matrix, places: RowPlaces): readonly Notice[] {
  const { data, rows, columns } = scores;
  const tolerance = rowSumTolerance(scores);
  const silent = silentPerClass * columns;
  let off = 0;
  let firstOff = 0;
  let furthest = 0;
  for (let i = 0; i < rows; i += 1) {
    let total = 0;
    for (let k = 0; k < columns; k += 1) {
      const p = data[i * columns + k]!;
      if (!(p >= 0 && p <= 1 + tolerance)) throw outside(p, i, k, places);
      total += p;
    }
    const distance = Math.abs(total - 1);
    if (!(distance <= tolerance)) throw wrongSum(total, i, places);
    if (distance <= silent) continue;
    if (off === 0) firstOff = i;
    off += 1;
    furthest = Math.max(furthest, distance);
  }
  if (off === 0) return [];
  const where = places.file === undefined ? {} : { file: places.file };
  const shown = Number(furthest.toPrecision(2));
  const what = `${off} of ${rows} rows do not sum to 1 exactly (off by up to ${shown}, first: line ${places.lines[firstOff]}); they are used as they are.`;
  return [notice('W_PROB_SUM', what, where)];
}

/**
 * Raises probabilities below `floor` to it, in place.
 *
 * @returns One notice with the count, or none.
 */
export function floorProbabilities(
  { data, columns }: Matrix,
  floor: number,
  places: RowPlaces,
): readonly Notice[] {
  let raised = 0;
  let first = 0;
  for (let j = 0; j < data.length; j += 1) {
    if (data[j]! >= floor) continue;
    if (raised === 0) first = Math.floor(j / columns);
    data[j] = floor;
    raised += 1;
  }
  if (raised === 0) return [];
  const cells = raised === 1 ? '1 probability below it was' : `${raised} probabilities below it were`;
  const where = places.file === undefined ? {} : { file: places.file };
  return [
    notice(
      'W_FLOORED',
      `${cells} raised to the floor ${floor} (first: line ${places.lines[first]}), which changes the figures.`,
      where,
    ),
  ];
}

function outside(
  p: number,
  row: number,
  column: number,
  { file, lines, nameOf }: RowPlaces,
): CalibrationError {
  return new CalibrationError('E_PROB_RANGE', {
    ...(file === undefined ? {} : { file }),
    row: lines[row]!,
    column: nameOf(column),
    what: `${p} is outside 0..1, so it is no probability`,
    hint:
      p >= 0 && p <= 100
        ? 'Divide percentages by 100; pass --input logits if these are logits.'
        : 'Pass --input logits if these are logits.',
    value: p,
  });
}

function wrongSum(total: number, row: number, { file, lines }: RowPlaces): CalibrationError {
  return new CalibrationError('E_PROB_SUM', {
    ...(file === undefined ? {} : { file }),
    row: lines[row]!,
    what: `probabilities sum to ${Number(total.toPrecision(12))}, expected 1`,
    value: total,
  });
}
