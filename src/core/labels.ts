import { CalibrationError } from './errors.ts';
import { foundText } from './found-text.ts';
import { checkLargestWeight } from './largest-weight.ts';
import { isScoreList } from './number-cells.ts';
import { type DownloadableTensor, isTensor, type TensorLike, tensorValues } from './tensor.ts';
import { refuseUntypedBits, type TensorUse } from './tensor-type.ts';

/**
 * N class indices, 0-based: a list or typed array of whole numbers or BigInts, a tensor of them, or booleans where there are
 * two classes (true is class 1).
 */
export type LabelInput =
  | ArrayLike<number>
  | ArrayLike<bigint>
  | ArrayLike<boolean>
  | TensorLike
  | DownloadableTensor;

/** N weights: a list or typed array of numbers, or a tensor of them. */
export type WeightInput = ArrayLike<number> | TensorLike | DownloadableTensor;

/**
 * The labels one by one, whose number is that of the rows; of what they are, nothing is checked yet.
 *
 * @throws CalibrationError `E_SHAPE`, `E_TENSOR_TYPE` or `E_TENSOR_DATA`.
 */
export function labelList(labels: LabelInput): ArrayLike<number> {
  return listed(labels, 'labels') as ArrayLike<number>;
}

/**
 * Checks class indices and returns them as `Int32Array` (shared when they already are one).
 *
 * @param labels N class indices, 0-based.
 * @param rows Rows of the scores the labels belong to.
 * @param classes Number of classes K.
 * @throws CalibrationError `E_ROWS`, `E_LABEL_INT` or `E_LABEL_RANGE`, with the 0-based index of the first bad label;
 * `E_SHAPE`, `E_TENSOR_TYPE` or `E_TENSOR_DATA` where the labels are no list.
 */
export function toLabels(labels: LabelInput, rows: number, classes: number): Int32Array {
  const list = listed(labels, 'labels');
  if (list.length !== rows) {
    throw new CalibrationError('E_ROWS', { what: `scores have ${rows} rows, labels have ${list.length}` });
  }
  const type = typeof list[0];
  const checked = list instanceof Int32Array ? list : new Int32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const given = list[i];
    const label = typeof given === type ? classIndex(given, classes) : Number.NaN;
    if (!Number.isInteger(label)) {
      throw new CalibrationError('E_LABEL_INT', {
        index: i,
        what: `label ${foundText(given)} is not a whole number`,
        value: given,
      });
    }
    if (!(label >= 0 && label < classes)) {
      throw new CalibrationError('E_LABEL_RANGE', {
        index: i,
        what: `label ${String(given)} is outside 0..${classes - 1} (${classes} classes)`,
        value: given,
      });
    }
    if (checked !== list) checked[i] = label;
  }
  return checked;
}

/** The number of a label's class; NaN for what is none. */
function classIndex(label: unknown, classes: number): number {
  if (typeof label === 'number') return label;
  if (typeof label === 'bigint') return Number(label);
  return typeof label === 'boolean' && classes === 2 ? Number(label) : Number.NaN;
}

/**
 * Checks sample weights.
 *
 * @throws CalibrationError `E_ROWS`, `E_WEIGHT` (not a finite number, or the largest outside 1e-80..1e80), `E_WEIGHT_NEGATIVE` or `E_WEIGHT_ZERO` (all 0);
 * `E_SHAPE`, `E_TENSOR_TYPE` or `E_TENSOR_DATA` where they are no list.
 */
export function toWeights(weights: WeightInput, rows: number): Float64Array {
  const list = listed(weights, 'weights');
  refuseUntypedBits(weights, 'weights');
  if (list.length !== rows) {
    throw new CalibrationError('E_ROWS', {
      what: `scores have ${rows} rows, weights have ${list.length}`,
    });
  }
  let largest = 0;
  for (let i = 0; i < rows; i += 1) {
    const weight = list[i];
    if (typeof weight !== 'number' || !Number.isFinite(weight)) {
      throw new CalibrationError('E_WEIGHT', {
        index: i,
        what: `weight ${foundText(weight)} is not a finite number`,
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
    largest = Math.max(largest, weight);
  }
  checkLargestWeight(largest);
  return list instanceof Float64Array ? list : Float64Array.from(list as ArrayLike<number>);
}

/** The values of a list or of a tensor of one long dimension. */
function listed(values: LabelInput, use: TensorUse): ArrayLike<unknown> {
  if (typeof values === 'object' && values !== null && !Array.isArray(values) && isTensor(values)) {
    return tensorList(values, use);
  }
  if (isScoreList(values)) return values;
  throw new CalibrationError('E_SHAPE', {
    what: `the ${use} are ${foundText(values)}, expected a list with one value for each row`,
    value: values,
  });
}

function tensorList(tensor: TensorLike | DownloadableTensor, use: TensorUse): ArrayLike<unknown> {
  const { values, dimensions } = tensorValues(tensor, use);
  if (dimensions.length > 0 && dimensions.filter((length) => length !== 1).length <= 1) return values;
  throw new CalibrationError('E_SHAPE', {
    what: `the ${use} are a tensor of ${dimensions.join(' x ') || 'no dimensions'}, expected one value for each row`,
    ...(use === 'labels' ? { hint: 'Of one-hot rows, give the index of the largest value.' } : {}),
  });
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
