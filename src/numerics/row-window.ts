import type { ScoreRows } from '../core/score-rows.ts';

/** Cells copied at a time. */
const windowCells = 32_768;

/** A row of scores: `cells[offset + k]` is the score of class k. */
export interface RowWindow {
  readonly cells: Float64Array | Float32Array;
  readonly offset: number;
}

/**
 * Reads scores row by row in any order, cheaply where the order is that of the rows. The record and its array are reused by
 * the next call.
 */
export function rowWindow({ rows, columns, read, matrix }: ScoreRows): (row: number) => RowWindow {
  if (matrix !== undefined) {
    const { data } = matrix;
    const found = { cells: data, offset: 0 };
    return (row) => {
      found.offset = row * columns;
      return found;
    };
  }
  const many = Math.max(Math.floor(windowCells / columns), 1);
  let from = 0;
  let to = 0;
  const found: { cells: Float64Array | Float32Array; offset: number } = {
    cells: new Float64Array(0),
    offset: 0,
  };
  return (row) => {
    if (row < from || row >= to) {
      // Rows that jump about are read one by one.
      to = Math.min(row + (row === to ? many : 1), rows);
      from = row;
      // A copy, as others read the same rows meanwhile.
      const cells = read(from, to);
      if (found.cells.length < cells.length) found.cells = cells.slice();
      else found.cells.set(cells);
    }
    found.offset = (row - from) * columns;
    return found;
  };
}
