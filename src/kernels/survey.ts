import type { Matrix } from '../core/matrix.ts';
import { kernels } from './kernels.ts';
import type { Kernels, RowTotals } from './kernels-contract.ts';
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

/** What checks and predictions need to know of rows of probabilities. */
export interface ProbabilitySurvey extends LogitSurvey {
  /** N row sums, good to some roundings. */
  readonly sums: Float64Array;
  /** N places of the first of the largest cells. */
  readonly tops: Int32Array;
}

/** Looks once at every cell. */
export function surveyLogits(matrix: Matrix, backend: Kernels = kernels()): LogitSurvey {
  return survey(matrix, undefined, backend);
}

/** {@link surveyLogits} with the sums of the rows and the places of their maxima. */
export function surveyProbabilities(matrix: Matrix, backend: Kernels = kernels()): ProbabilitySurvey {
  const totals = { sums: new Float64Array(matrix.rows), tops: new Int32Array(matrix.rows) };
  return { ...survey(matrix, totals, backend), ...totals };
}

function survey(
  { data, rows, columns }: Matrix,
  totals: RowTotals | undefined,
  backend: Kernels,
): LogitSurvey {
  const largest = new Float64Array(rows);
  const smallest = new Float64Array(rows);
  if (columns === 0) return { largest, smallest, isNumeric: true };
  let isNumeric = true;
  forEachBlock(rows, (from, to) => {
    const known = backend.surveyRows({ cells: data, columns, from, to }, largest, smallest, totals);
    isNumeric &&= known;
  });
  return { largest, smallest, isNumeric };
}
