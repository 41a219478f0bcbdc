import { CalibrationError } from '../core/errors.ts';
import { toLabels, toWeights } from '../core/labels.ts';
import { type Matrix, type MatrixInput, toMatrix } from '../core/matrix.ts';
import { checkNotEmpty, type Sample } from './checked-sample.ts';
import { temperedRows } from './probability-rows.ts';

/** The border check of measures that take logits at T = 1. One column s stands for the logits (0, s). */
export function checkedLogits(
  input: MatrixInput,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Sample {
  const matrix = toMatrix(input, labels.length);
  checkNotEmpty(matrix);
  const scores = matrix.columns === 1 ? withZeroLogit(matrix) : matrix;
  checkValues(scores);
  return {
    source: temperedRows({ scores, kind: 'logits' }, 1),
    labels: toLabels(labels, scores.rows, scores.columns),
    weights: weights === undefined ? undefined : toWeights(weights, scores.rows),
  };
}

function checkValues({ data, rows, columns }: Matrix): void {
  for (let i = 0; i < rows; i += 1) {
    let anyFinite = false;
    for (let k = 0; k < columns; k += 1) {
      const value = data[i * columns + k]!;
      if (!(value < Number.POSITIVE_INFINITY)) {
        throw new CalibrationError('E_LOGIT_NAN', { index: i, what: `logit ${value} of class ${k}`, value });
      }
      anyFinite ||= value > Number.NEGATIVE_INFINITY;
    }
    if (!anyFinite) {
      throw new CalibrationError('E_LOGIT_NEGINF', { index: i, what: 'every class has logit -Infinity' });
    }
  }
}

function withZeroLogit({ data, rows }: Matrix): Matrix {
  const both = new Float64Array(2 * rows);
  for (let i = 0; i < rows; i += 1) both[2 * i + 1] = data[i]!;
  return { data: both, rows, columns: 2 };
}
