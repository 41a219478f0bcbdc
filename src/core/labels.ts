import { CalibrationError } from './errors.ts';

/**
 * Checks class indices and returns them as `Int32Array` (shared when they already are one).
 *
 * @param labels N class indices, 0-based.
 * @param rows Rows of the scores the labels belong to.
 * @param classes Number of classes K.
 * @throws CalibrationError `E_ROWS`, `E_LABEL_INT` or `E_LABEL_RANGE`, with the 0-based index of the first bad label.
 */
export function toLabels(labels: ArrayLike<number>, rows: number, classes: number): Int32Array {
  if (labels.length !== rows) {
    throw new CalibrationError('E_ROWS', { what: `scores have ${rows} rows, labels have ${labels.length}` });
  }
  for (let i = 0; i < rows; i += 1) {
    const label = labels[i]!;
    if (!Number.isInteger(label)) {
      throw new CalibrationError('E_LABEL_INT', {
        index: i,
        what: `label ${String(label)} is not a whole number`,
        value: label,
      });
    }
    if (!(label >= 0 && label < classes)) {
      throw new CalibrationError('E_LABEL_RANGE', {
        index: i,
        what: `label ${label} is outside 0..${classes - 1} (${classes} classes)`,
        value: label,
      });
    }
  }
  return labels instanceof Int32Array ? labels : Int32Array.from(labels);
}

/**
 * Checks sample weights.
 *
 * @throws CalibrationError `E_ROWS`, `E_WEIGHT` (not a finite number), `E_WEIGHT_NEGATIVE` or `E_WEIGHT_ZERO` (all 0).
 */
export function toWeights(weights: ArrayLike<number>, rows: number): Float64Array {
  if (weights.length !== rows) {
    throw new CalibrationError('E_ROWS', {
      what: `scores have ${rows} rows, weights have ${weights.length}`,
    });
  }
  let anyPositive = false;
  for (let i = 0; i < rows; i += 1) {
    const weight = weights[i]!;
    if (!Number.isFinite(weight)) {
      throw new CalibrationError('E_WEIGHT', {
        index: i,
        what: `weight ${String(weight)} is not a finite number`,
        value: weight,
      });
    }
    if (weight < 0) {
      throw new CalibrationError('E_WEIGHT_NEGATIVE', {
        index: i,
        what: `weight ${weight}; weights must be 0 or more`,
        value: weight,
      });
    }
    anyPositive ||= weight > 0;
  }
  if (!anyPositive) throw new CalibrationError('E_WEIGHT_ZERO', { what: 'the weights sum to 0' });
  return weights instanceof Float64Array ? weights : Float64Array.from(weights);
}

/**
 * Checks that weights which count rows are whole numbers.
 *
 * @param first Number of the row that the first weight belongs to.
 * @throws CalibrationError `E_WEIGHT` with the 0-based index of the first that is not.
 */
export function checkCounts(weights: Float64Array, first = 0): void {
  for (let i = 0; i < weights.length; i += 1) {
    if (Number.isSafeInteger(weights[i])) continue;
    throw new CalibrationError('E_WEIGHT', {
      index: first + i,
      what: `weight ${weights[i]} is not a whole number, so it does not count rows`,
      value: weights[i],
      hint: 'If the weights say how much a row matters, declare them as importance weights.',
    });
  }
}

/** Class names for K unnamed classes: the indices as text. */
export function indexNames(classes: number): readonly string[] {
  return Array.from({ length: classes }, (_, k) => String(k));
}
