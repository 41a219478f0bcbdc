import { CalibrationError } from '../core/errors.ts';
import { type Notice, notice } from '../core/notices.ts';
import { mappedRead, type StoredNumbers } from '../core/number-store.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import { rowSumTolerance } from '../numerics/row-sum-tolerance.ts';
import { rowWindow } from '../numerics/row-window.ts';

/** Sums this close to 1, per class, are rounding in the last places and not worth a word. */
const silentPerClass = 1e-6;

/** Where rows came from, for messages. */
export interface RowPlaces {
  readonly file: string | undefined;
  readonly lines: StoredNumbers<Uint32Array>;
  readonly nameOf: (column: number) => string;
}

/**
 * Checks that rows are probabilities: nothing below 0, nothing above 1 and no sum off 1 by more than
 * {@link rowSumTolerance}. They are used as they are, never rescaled; sums that are off but tolerated make one notice.
 *
 * @throws CalibrationError `E_PROB_RANGE` or `E_PROB_SUM` with the line of the first.
 */
export function checkProbabilities(scores: ScoreRows, places: RowPlaces): readonly Notice[] {
  const { rows, columns } = scores;
  const tolerance = rowSumTolerance(scores);
  const silent = silentPerClass * columns;
  let off = 0;
  let firstOff = 0;
  let furthest = 0;
  const rowAt = rowWindow(scores);
  for (let i = 0; i < rows; i += 1) {
    const { cells, offset } = rowAt(i);
    let total = 0;
    for (let k = 0; k < columns; k += 1) {
      const p = cells[offset + k]!;
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
  const what = `${off} of ${rows} rows do not sum to 1 exactly (off by up to ${shown}, first: line ${lineOf(places, firstOff)}); they are used as they are.`;
  return [notice('W_PROB_SUM', what, where)];
}

/**
 * Probabilities with those below `floor` raised to it, as they are read.
 *
 * @returns With one notice of how many there are, or none.
 */
export function floorProbabilities(
  scores: ScoreRows,
  floor: number,
  places: RowPlaces,
): { readonly scores: ScoreRows; readonly notices: readonly Notice[] } {
  const { rows, columns } = scores;
  const rowAt = rowWindow(scores);
  let raised = 0;
  let first = 0;
  for (let i = 0; i < rows; i += 1) {
    const { cells, offset } = rowAt(i);
    for (let k = 0; k < columns; k += 1) {
      if (cells[offset + k]! >= floor) continue;
      if (raised === 0) first = i;
      raised += 1;
    }
  }
  if (raised === 0) return { scores, notices: [] };
  const count = raised === 1 ? '1 probability below it was' : `${raised} probabilities below it were`;
  const where = places.file === undefined ? {} : { file: places.file };
  const what = `${count} raised to the floor ${floor} (first: line ${lineOf(places, first)}), which changes the figures.`;
  const raise = mappedRead(scores.read, (p) => Math.max(p, floor));
  return {
    scores: { rows, columns, read: raise, matrix: undefined },
    notices: [notice('W_FLOORED', what, where)],
  };
}

function lineOf({ lines }: RowPlaces, row: number): number {
  return lines.read(row, row + 1)[0]!;
}

function outside(p: number, row: number, column: number, places: RowPlaces): CalibrationError {
  const { file, nameOf } = places;
  return new CalibrationError('E_PROB_RANGE', {
    ...(file === undefined ? {} : { file }),
    row: lineOf(places, row),
    column: nameOf(column),
    what: `${p} is outside 0..1, so it is no probability`,
    hint:
      p >= 0 && p <= 100
        ? 'Divide percentages by 100; pass --input logits if these are logits.'
        : 'Pass --input logits if these are logits.',
    value: p,
  });
}

function wrongSum(total: number, row: number, places: RowPlaces): CalibrationError {
  const { file } = places;
  return new CalibrationError('E_PROB_SUM', {
    ...(file === undefined ? {} : { file }),
    row: lineOf(places, row),
    what: `probabilities sum to ${Number(total.toPrecision(12))}, expected 1`,
    value: total,
  });
}
