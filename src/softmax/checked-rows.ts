import { CalibrationError } from '../core/errors.ts';
import { isFlat, type Matrix, toMatrix } from '../core/matrix.ts';
import { checkLogits } from '../numerics/logit-checks.ts';
import type { LogitRow, LogitRows } from './softmax-options.ts';

/** Whether a flat array of numbers was given, which here is one row. */
export function isRow(logits: LogitRow | LogitRows): logits is LogitRow {
  return isFlat(logits);
}

/** The logits as a checked matrix; a flat array or a tensor of one dimension is its only row. */
export function checkedRows(logits: LogitRow | LogitRows): Matrix {
  if (isRow(logits) && logits.length === 0) {
    throw new CalibrationError('E_SHAPE', {
      what: 'the row of logits is empty; at least one class is needed',
    });
  }
  const matrix = toMatrix(logits, 1);
  checkLogits(matrix);
  return matrix;
}
