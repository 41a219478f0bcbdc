import { CalibrationError } from '../core/errors.ts';
import { toLabels, toWeights } from '../core/labels.ts';
import { type Matrix, type MatrixInput, toMatrix } from '../core/matrix.ts';
import { rowSumTolerance } from '../numerics/row-sum-tolerance.ts';
import { type ProbabilityRows, probabilityRows } from './probability-rows.ts';

/** Probabilities, labels and weights that passed the checks. */
export interface Sample {
  /** N×K with K ≥ 2. */
  readonly source: ProbabilityRows;
  readonly labels: Int32Array;
  readonly weights: Float64Array | undefined;
}

/** Room above 1 for sums of rounded float32 values. */
const largestProbability = 1 + 1e-3;

/** The border check of every measure that takes probabilities. One column p stands for the columns (1 − p, p). */
export function checkedSample(
  input: MatrixInput,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Sample {
  const matrix = toMatrix(input, labels.length);
  checkNotEmpty(matrix);
  checkRange(matrix);
  const probabilities = matrix.columns === 1 ? withComplement(matrix) : matrix;
  checkSums(probabilities);
  return {
    source: probabilityRows(probabilities),
    labels: toLabels(labels, matrix.rows, probabilities.columns),
    weights: weights === undefined ? undefined : toWeights(weights, matrix.rows),
  };
}

/** A mean over no rows has no value. */
export function checkNotEmpty({ rows }: Matrix): void {
  if (rows === 0) throw new CalibrationError('E_TOO_FEW', { what: '0 rows; at least 1 is needed' });
}

function checkRange({ data, columns }: Matrix): void {
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at]!;
    if (value >= 0 && value <= largestProbability) continue;
    throw new CalibrationError('E_PROB_RANGE', {
      index: Math.floor(at / columns),
      what: `probability ${value} of class ${at % columns} is outside 0..1`,
      value,
    });
  }
}

function checkSums(probabilities: Matrix): void {
  const { data, rows, columns } = probabilities;
  let tolerance: number | undefined;
  for (let i = 0; i < rows; i += 1) {
    let sum = 0;
    for (let k = 0; k < columns; k += 1) sum += data[i * columns + k]!;
    if (Math.abs(sum - 1) <= 1e-3) continue;
    tolerance ??= rowSumTolerance(probabilities);
    if (Math.abs(sum - 1) <= tolerance) continue;
    throw new CalibrationError('E_PROB_SUM', {
      index: i,
      what: `probabilities sum to ${Number(sum.toPrecision(6))}, expected 1`,
      value: sum,
    });
  }
}

function withComplement({ data, rows }: Matrix): Matrix {
  const both = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i += 1) {
    both[2 * i] = Math.max(0, 1 - data[i]!);
    both[2 * i + 1] = data[i]!;
  }
  return { data: both, rows, columns: 2 };
}
