import type { Matrix } from './matrix.ts';

/** N×K scores, read some rows at a time: from a matrix in memory, or from a file that is larger than memory. */
export interface ScoreRows {
  readonly rows: number;
  readonly columns: number;
  /** Cells of rows `[from, to)`, row by row, in an array that the next call may reuse and that is not to be written to. */
  readonly read: (from: number, to: number) => Float64Array | Float32Array;
  /** The whole matrix, where it stands in memory as it is read. */
  readonly matrix: Matrix | undefined;
}

/** The rows of a matrix, where they are. */
export function matrixRows(matrix: Matrix): ScoreRows {
  const { data, rows, columns } = matrix;
  return { rows, columns, matrix, read: (from, to) => data.subarray(from * columns, to * columns) };
}

/** Rows, whichever way they came. */
export function rowsOfScores(scores: Matrix | ScoreRows): ScoreRows {
  return 'read' in scores ? scores : matrixRows(scores);
}
