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
  return survey(matrix, roomFor(matrix.rows), backend);
}

/** {@link surveyLogits} with the sums of the rows and the places of their maxima. */
export function surveyProbabilities(matrix: Matrix, backend: Kernels = kernels()): ProbabilitySurvey {
  const room = { ...roomFor(matrix.rows), ...totalsFor(matrix.rows) };
  return { ...room, ...survey(matrix, room, backend) };
}

/**
 * {@link surveyLogits} of one piece of many rows after the other, in arrays that the next call writes to again: memory that
 * is given up lies about until it has grown to 64 MB.
 */
export function logitSurveyor(): (matrix: Matrix) => LogitSurvey {
  let room = roomFor(0);
  return (matrix) => {
    if (room.largest.length < matrix.rows) room = roomFor(matrix.rows);
    return survey(matrix, roomIn(room, matrix.rows), kernels());
  };
}

type Room = Pick<LogitSurvey, 'largest' | 'smallest'>;

function roomFor(rows: number): Room {
  return { largest: new Float64Array(rows), smallest: new Float64Array(rows) };
}

function totalsFor(rows: number): RowTotals {
  return { sums: new Float64Array(rows), tops: new Int32Array(rows) };
}

function roomIn({ largest, smallest }: Room, rows: number): Room {
  return { largest: largest.subarray(0, rows), smallest: smallest.subarray(0, rows) };
}

function survey(
  { data, rows, columns }: Matrix,
  room: Room | (Room & RowTotals),
  backend: Kernels,
): LogitSurvey {
  const { largest, smallest } = room;
  const totals = 'sums' in room ? room : undefined;
  if (columns === 0) return { largest, smallest, isNumeric: true };
  let isNumeric = true;
  forEachBlock(rows, (from, to) => {
    const known = backend.surveyRows({ cells: data, columns, from, to }, largest, smallest, totals);
    isNumeric &&= known;
  });
  return { largest, smallest, isNumeric };
}
