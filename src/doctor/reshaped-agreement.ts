import type { StoredSet } from '../core/stored-set.ts';
import { rowWindow } from '../numerics/row-window.ts';

/** Cells looked at, about. */
const mostCells = 2 ** 18;

/** At least so many rows take part. */
const fewestRows = 256;

/** Where the score of a row and class lies, as a place in the table row by row, if the table was made by a reshape. */
type Place = (row: number, k: number) => number;

/**
 * Share of the rows whose label has the largest score once a wrong reshape is undone: the cells read as a K×N matrix,
 * class by class, or the columns read one after another as rows of K. The larger of the two. Every n-th row takes part.
 */
export function reshapedAgreement(set: StoredSet): number {
  const { rows, columns } = set.scores;
  const byClass: Place = (row, k) => k * rows + row;
  const byColumn: Place = (row, k) => {
    const cell = row * columns + k;
    return (cell % rows) * columns + Math.floor(cell / rows);
  };
  return Math.max(agreementAt(set, byClass), agreementAt(set, byColumn));
}

function agreementAt({ scores, labels }: StoredSet, place: Place): number {
  const { rows, columns } = scores;
  const sample = Math.min(rows, Math.max(Math.floor(mostCells / columns), fewestRows));
  const step = Math.ceil(rows / sample);
  const count = Math.ceil(rows / step);
  const best = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const predicted = new Int32Array(count);
  const rowAt = rowWindow(scores);
  // Class by class, as the cells of one lie in order.
  for (let k = 0; k < columns; k += 1) {
    for (let i = 0; i < count; i += 1) {
      const cell = place(i * step, k);
      const { cells, offset } = rowAt(Math.floor(cell / columns));
      const value = cells[offset + (cell % columns)]!;
      if (value > best[i]!) {
        best[i] = value;
        predicted[i] = k;
      }
    }
  }
  let matches = 0;
  for (let i = 0; i < count; i += 1) {
    if (labels.read(i * step, i * step + 1)[0] === predicted[i]) matches += 1;
  }
  return matches / count;
}
