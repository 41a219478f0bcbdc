import { clippedProbability, isProbability } from '../core/probability-range.ts';
import type { ScoreRows } from '../core/score-rows.ts';
import type { ClippedCells, RenormalizedRows } from '../core/treatment.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { outsideRange, type RowPlaces, rescalableSums, wrongSum } from './probability-faults.ts';

/** Sums this close to 1, per class, are rounding in the last places: they are neither reported nor rescaled. */
const silentPerClass = 1e-6;

/** How rows are brought to probabilities. */
export interface RowRule {
  /** Whether rows are divided by their sum. */
  readonly isRescaled: boolean;
  /** Whether the numbers were percentages. */
  readonly isPercent: boolean;
  /** How far a sum may lie from 1 where rows are not rescaled. */
  readonly tolerance: number;
}

/** What one look at all rows found. */
export interface RowsSeen {
  readonly clipped: ClippedCells & { readonly first: number };
  readonly rescaled: RenormalizedRows & { readonly first: number };
  /** Rows whose sum is off, tolerated and used as they are. */
  readonly off: RenormalizedRows & { readonly first: number };
}

/** A count that remembers its first row and its largest value. */
class Extent {
  rows = 0;
  first = 0;
  largest = 0;

  add(row: number, size: number): void {
    if (this.rows === 0) this.first = row;
    this.rows += 1;
    this.largest = Math.max(this.largest, size);
  }

  found(): { readonly rows: number; readonly first: number; readonly largest: number } {
    return { rows: this.rows, first: this.first, largest: this.largest };
  }
}

/**
 * Looks at every row of what should be probabilities.
 *
 * @throws CalibrationError `E_PROB_RANGE` or `E_PROB_SUM` with the line of the first.
 */
export function seeRows(scores: ScoreRows, rule: RowRule, places: RowPlaces): RowsSeen {
  const { rows, columns } = scores;
  const [clipped, rescaled, off] = [new Extent(), new Extent(), new Extent()];
  let cellsClipped = 0;
  const silent = silentPerClass * columns;
  const rowAt = rowWindow(scores);
  for (let i = 0; i < rows; i += 1) {
    const { cells, offset } = rowAt(i);
    const sum = sumOf(cells, offset, columns);
    const isDivided = isDividedBy(sum, columns, rule);
    let outside = 0;
    let largest = 0;
    for (let k = 0; k < columns; k += 1) {
      const p = cells[offset + k]!;
      if (p >= 0 && p <= 1) continue;
      if (!(isProbability(p) || (isDivided && p > 1 && sum <= rescalableSums[1]))) {
        throw outsideRange(p, plainSum(cells, offset, columns), [i, k], places, {
          columns,
          isPercent: rule.isPercent,
        });
      }
      // What is above 1 in a row to be divided by its sum is no rounding.
      if ((isDivided && p > 1) || clippedProbability(p, columns) === p) continue;
      outside += 1;
      largest = Math.max(largest, p < 0 ? -p : p - 1);
    }
    if (outside > 0) clipped.add(i, largest);
    cellsClipped += outside;
    if (columns === 1) continue;
    const distance = Math.abs(sum - 1);
    const [least, most] = rescalableSums;
    const isTolerated = rule.isRescaled ? sum >= least && sum <= most : distance <= rule.tolerance;
    if (!isTolerated) throw wrongSum(sum, i, places, rule);
    if (distance > silent) (rule.isRescaled ? rescaled : off).add(i, distance);
  }
  return {
    clipped: { ...clipped.found(), cells: cellsClipped },
    rescaled: rescaled.found(),
    off: off.found(),
  };
}

/** The rows clipped and, where the rule says so, divided by their sum, as they are read. */
export function treatedRows({ rows, columns, read }: ScoreRows, rule: RowRule): ScoreRows {
  let room = new Float64Array(0);
  return {
    rows,
    columns,
    matrix: undefined,
    read: (from, to) => {
      const cells = read(from, to);
      if (room.length < cells.length) room = new Float64Array(cells.length);
      for (let offset = 0; offset < cells.length; offset += columns) {
        const sum = sumOf(cells, offset, columns);
        const divisor = isDividedBy(sum, columns, rule) ? sum : 1;
        for (let at = offset; at < offset + columns; at += 1)
          room[at] = clippedProbability(cells[at]! / divisor, columns);
      }
      return room.subarray(0, cells.length);
    },
  };
}

/** The sum of a row without what lies below 0. */
function sumOf(cells: Float64Array | Float32Array, offset: number, columns: number): number {
  let sum = 0;
  for (let at = offset; at < offset + columns; at += 1) sum += Math.max(cells[at]!, 0);
  return sum;
}

function plainSum(cells: Float64Array | Float32Array, offset: number, columns: number): number {
  let sum = 0;
  for (let at = offset; at < offset + columns; at += 1) sum += cells[at]!;
  return sum;
}

function isDividedBy(sum: number, columns: number, { isRescaled }: RowRule): boolean {
  return isRescaled && columns > 1 && Math.abs(sum - 1) > silentPerClass * columns;
}
