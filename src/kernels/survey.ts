import type { Matrix } from '../core/matrix.ts';
import { kernels } from './kernels.ts';
import type { Kernels } from './kernels-contract.ts';
import { forEachBlock } from './row-blocks.ts';

/** The extremes of each row of a matrix: all that border checks and centring need to know of its cells. */
export interface LogitSurvey {
  /** N row maxima; of no use in rows with NaN. */
  readonly largest: Float64Array;
  /** N row minima, −Infinity where a class is masked. */
  readonly smallest: Float64Array;
  /** Whether no cell is NaN. */
  readonly isNumeric: boolean;
}

/** Looks once at every cell. */
export function surveyLogits({ data, rows, columns }: Matrix, backend: Kernels = kernels()): LogitSurvey {
  const largest = new Float64Array(rows);
  const smallest = new Float64Array(rows);
  if (columns === 0) return { largest, smallest, isNumeric: true };
  let isNumeric = true;
  forEachBlock(rows, (from, to) => {
    const known = backend.surveyRows({ cells: data, columns, from, to }, largest, smallest);
    isNumeric &&= known;
  });
  return { largest, smallest, isNumeric };
}

/** The row sums of a matrix, good to some roundings. */
export function rowSums({ data, rows, columns }: Matrix, backend: Kernels = kernels()): Float64Array {
  const sums = new Float64Array(rows);
  if (columns > 0) backend.sumRows({ cells: data, columns, from: 0, to: rows }, sums);
  return sums;
}
