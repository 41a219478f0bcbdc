import { CalibrationError } from '../core/errors.ts';
import { type Matrix, toMatrix } from '../core/matrix.ts';
import { checkLogits } from '../numerics/logit-checks.ts';
import type { LogitRow, LogitRows } from './softmax-options.ts';

/** Whether a flat array of numbers was given, which here is one row. */
export function isRow(logits: LogitRow | LogitRows): logits is LogitRow {
  if (ArrayBuffer.isView(logits)) return true;
  return Array.isArray(logits) && (logits.length === 0 || typeof logits[0] === 'number');
}

/** The logits as a checked matrix; a flat array is its only row. */
export function checkedRows(logits: LogitRow | LogitRows): Matrix {
  if (isRow(logits) && logits.length === 0) {
    throw new CalibrationError('E_SHAPE', {
      what: 'the row of logits is empty; at least one class is needed',
    });
  }
  const matrix = isRow(logits) ? toMatrix(logits, 1) : toMatrix(logits);
  checkLogits(matrix);
  return matrix;
}
