import { notice } from '../core/notices.ts';
import type { StoredSet } from '../core/stored-set.ts';
import { rowWindow } from '../numerics/row-window.ts';
import { nameRows } from './name-rows.ts';
import type { Check } from './patient.ts';
import { addRow, noRows, type RowsFound } from './rows-found.ts';

/** Values that programs write for a missing or masked score, without their sign. */
const markers: ReadonlySet<number> = new Set(
  [99, 100, 999, 1000, 9999, 1e4, 65_504, 99_999, 1e5, 999_999, 1e6, 1e9, 1e20, 1e30].flatMap((value) => [
    value,
    Math.fround(value),
  ]),
);

/** No smaller value is a marker. */
const leastMarker = 99;

/** So many times the next value is far: for a value known as a marker, and for any other. */
const knownRatio = 10;
const anyRatio = 1000;

/** Cells looked at for the next value at most. */
const mostCells = 2 ** 21;

/** A logit far beyond all others, such as -9999 or 1e30: a marker for what is missing or masked. */
export const sentinels: Check = (patient) => {
  const { set, place } = patient;
  let extreme = 0;
  // Of the other extremes of rows, the largest size.
  let next = 0;
  let found: RowsFound = noRows();
  const isExtreme = (value: number): boolean => {
    const size = Math.abs(value);
    if (size === Number.POSITIVE_INFINITY) return false;
    if (size > Math.abs(extreme)) {
      next = Math.abs(extreme);
      extreme = value;
      found = noRows();
    } else if (size < Math.abs(extreme) && size > next) {
      next = size;
    }
    return size === Math.abs(extreme);
  };
  return {
    see: ({ row, smallest, largest }) => {
      if (set.kind !== 'logits') return;
      // Both are looked at, the larger size last, so that it cannot lose the row.
      const [first, last] =
        Math.abs(smallest) < Math.abs(largest) ? [smallest, largest] : [largest, smallest];
      isExtreme(first);
      if (isExtreme(last)) addRow(found, row);
    },
    conclude: () => {
      const size = Math.abs(extreme);
      const ratio = markers.has(size) ? knownRatio : anyRatio;
      if (!(size >= leastMarker && size >= ratio * next)) return undefined;
      const other = Math.max(next, nextInSize(set, size));
      if (!(other > 0 && size >= ratio * other)) return undefined;
      const remedy =
        extreme < 0
          ? 'if it masks a class, write -inf and pass --allow-neg-inf; if a score is missing, leave the row out'
          : 'correct it, or leave the row out';
      return notice(
        'W_SENTINEL',
        `a logit of ${extreme} in ${nameRows(found, patient)}, where no other exceeds ${Number(other.toPrecision(4))} in size: a marker for a missing or masked score is read as a number; ${remedy}.`,
        place,
      );
    },
  };
};

/** The largest size of a finite cell below `size`, among at most 2^21 cells of every n-th row. */
function nextInSize({ scores: { rows, columns }, scores }: StoredSet, size: number): number {
  const step = Math.max(Math.ceil((rows * columns) / mostCells), 1);
  const rowAt = rowWindow(scores);
  let next = 0;
  for (let row = 0; row < rows; row += step) {
    const { cells, offset } = rowAt(row);
    for (let k = 0; k < columns; k += 1) {
      const own = Math.abs(cells[offset + k]!);
      if (own < size && own > next) next = own;
    }
  }
  return next;
}
