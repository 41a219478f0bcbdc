import { CalibrationError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { clippedProbability, isProbability } from '../core/probability-range.ts';
import { rowSumTolerance } from './row-sum-tolerance.ts';

/**
 * Refuses what are not rows of probabilities, and sets values below 0 by no more than `rangeTolerance` to 0. A single
 * column p, where values above 1 become 1 likewise, is taken as the probability of class 1, so its rows need not sum to 1. Nothing is renormalized.
 *
 * @returns The matrix itself where no value changes, else a copy.
 * @throws CalibrationError `E_PROB_RANGE` or `E_PROB_SUM`, with the 0-based index of the first bad row.
 */
export function checkedProbabilities(matrix: Matrix): Matrix {
  const clipped = inRange(matrix);
  if (clipped.columns > 1) checkSums(clipped);
  return clipped;
}

function inRange(matrix: Matrix): Matrix {
  const { data, columns } = matrix;
  let isOutside = false;
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at]!;
    if (value >= 0 && value <= 1) continue;
    isOutside ||= clippedProbability(value, columns) !== value;
    if (isProbability(value)) continue;
    throw new CalibrationError('E_PROB_RANGE', {
      index: Math.floor(at / columns),
      what: `probability ${value} of class ${at % columns} is outside 0..1`,
      value,
    });
  }
  return isOutside ? { ...matrix, data: data.map((value) => clippedProbability(value, columns)) } : matrix;
}

function checkSums(matrix: Matrix): void {
  const { data, rows, columns } = matrix;
  // Worked out at the first row that needs it, as it reads the whole table.
  let tolerance: number | undefined;
  for (let i = 0; i < rows; i += 1) {
    let sum = 0;
    for (let at = i * columns; at < (i + 1) * columns; at += 1) sum += data[at]!;
    if (Math.abs(sum - 1) <= 1e-3) continue;
    tolerance ??= rowSumTolerance(matrix);
    if (Math.abs(sum - 1) <= tolerance) continue;
    throw new CalibrationError('E_PROB_SUM', {
      index: i,
      what: `probabilities sum to ${Number(sum.toPrecision(6))}, expected 1`,
      value: sum,
    });
  }
}
