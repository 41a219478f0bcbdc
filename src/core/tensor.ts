import { CalibrationError } from './errors.ts';
import { foundText, isList, typedArrayName } from './found-text.ts';
import { type TensorUse, valuesOfType } from './tensor-type.ts';

/**
 * A tensor as ONNX Runtime Web and Transformers.js (`dims`, `type`) or NumPy readers and ndarray libraries (`shape`,
 * `dtype`) hand over: flat values in row-major order and dimensions `[N, K]`, or `[N]` for labels and weights. Further
 * dimensions of length 1 are left out. The type decides how 16-bit values are decoded.
 */
export interface TensorLike {
  readonly data: ArrayLike<number> | ArrayLike<bigint>;
  readonly dims?: readonly number[];
  readonly shape?: readonly number[];
  /** `float32`, `float16`, `bfloat16`, `int64` and so on. Default: what the array says, which a `Uint16Array` does not. */
  readonly type?: string;
  readonly dtype?: string;
}

/** A tensor as TensorFlow.js hands over, which is downloaded where it is used. */
export interface DownloadableTensor {
  readonly shape: readonly number[];
  readonly dtype?: string;
  readonly dataSync: () => ArrayLike<number>;
}

/** The values of a tensor, decoded, and its dimensions. */
export interface TensorValues {
  readonly values: ArrayLike<unknown>;
  readonly dimensions: readonly number[];
}

/** Whether a value has the form of a tensor: dimensions, and data or a way to them. */
export function isTensor(value: object): value is TensorLike | DownloadableTensor {
  return ('dims' in value || 'shape' in value) && ('data' in value || 'dataSync' in value);
}

/**
 * Reads a tensor.
 *
 * @throws CalibrationError `E_TENSOR_DATA` where its data are not in memory, `E_TENSOR_TYPE`, or `E_SHAPE` where its
 * dimensions do not fit the data or its rows are not one after another.
 */
export function tensorValues(tensor: TensorLike | DownloadableTensor, use: TensorUse): TensorValues {
  const fields: Fields = tensor;
  const dimensions = dimensionsOf(fields);
  refuseOtherOrder(fields, dimensions);
  const values = valuesOfType(dataOf(fields), fields.type ?? fields.dtype, use);
  const count = dimensions.reduce((product, length) => product * length, 1);
  if (values.length !== count) {
    throw new CalibrationError('E_SHAPE', {
      what: `a tensor of ${dimensions.join(' x ')} has ${count} values, its data are ${values.length}`,
    });
  }
  return { values, dimensions };
}

/** What tensors of the libraries may carry, of any type. */
interface Fields {
  readonly data?: unknown;
  readonly dataSync?: unknown;
  readonly dims?: unknown;
  readonly shape?: unknown;
  readonly type?: unknown;
  readonly dtype?: unknown;
  readonly location?: unknown;
  readonly stride?: unknown;
  readonly strides?: unknown;
  readonly offset?: unknown;
  readonly fortranOrder?: unknown;
  readonly fortran_order?: unknown;
}

function dimensionsOf({ dims, shape }: Fields): readonly number[] {
  const dimensions = checkedDimensions(dims ?? shape);
  if (dims !== undefined && shape !== undefined) {
    const other = checkedDimensions(shape);
    if (String(other) !== String(dimensions)) {
      throw new CalibrationError('E_SHAPE', {
        what: `a tensor has dims ${dimensions.join(' x ')} but shape ${other.join(' x ')}`,
      });
    }
  }
  return dimensions;
}

function checkedDimensions(dimensions: unknown): readonly number[] {
  const isNumbers = isList(dimensions) || typedArrayName(dimensions) !== undefined;
  const lengths = isNumbers ? Array.from(dimensions as ArrayLike<unknown>) : [undefined];
  for (const length of lengths) {
    if (Number.isSafeInteger(length) && (length as number) >= 0) continue;
    throw new CalibrationError('E_SHAPE', {
      what: `the dimensions of a tensor must be whole numbers of 0 or more, got ${foundText(isNumbers ? length : dimensions)}`,
      value: dimensions,
    });
  }
  return lengths as number[];
}

/** Row-major data from the first value on are read, and nothing else. */
function refuseOtherOrder(fields: Fields, dimensions: readonly number[]): void {
  if (typeof fields.dataSync === 'function') return;
  const { stride = fields.strides, offset = 0, fortranOrder = fields.fortran_order } = fields;
  const long = dimensions.filter((length) => length > 1).length;
  const isTransposed = fortranOrder === true && long > 1;
  if (!isTransposed && offset === 0 && isRowMajor(stride, dimensions)) return;
  throw new CalibrationError('E_SHAPE', {
    what: `a tensor whose values are ${isTransposed ? 'in column-major (Fortran) order' : 'a view with strides or an offset'}, expected row-major values from the first on`,
    hint: 'Copy it to contiguous row-major order first.',
  });
}

function isRowMajor(strides: unknown, dimensions: readonly number[]): boolean {
  if (!isList(strides) && typedArrayName(strides) === undefined) return true;
  const steps = strides as ArrayLike<unknown>;
  if (steps.length !== dimensions.length) return true;
  let step = 1;
  for (let axis = dimensions.length - 1; axis >= 0; axis -= 1) {
    const length = dimensions[axis]!;
    if (length > 1 && steps[axis] !== step) return false;
    step *= length;
  }
  return true;
}

const inMemory: readonly unknown[] = [undefined, null, 'cpu', 'cpu-pinned'];

function dataOf(fields: Fields): ArrayLike<unknown> {
  if (!inMemory.includes(fields.location)) {
    throw dataError(`a tensor whose data are not in memory (location ${foundText(fields.location)})`);
  }
  const data = downloaded(fields);
  if (isList(data) || typedArrayName(data) !== undefined) return data as ArrayLike<unknown>;
  if (isThenable(data) || typeof data === 'function') {
    throw dataError('a tensor whose data come later (a promise or an asynchronous function)');
  }
  throw new CalibrationError('E_SHAPE', {
    what: `the data of a tensor are ${foundText(data)}, expected a flat array of numbers`,
    value: data,
  });
}

function downloaded(fields: Fields): unknown {
  try {
    return typeof fields.dataSync === 'function' ? fields.dataSync() : fields.data;
  } catch (cause) {
    throw dataError('a tensor whose data cannot be read', cause);
  }
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function dataError(what: string, cause?: unknown): CalibrationError {
  return new CalibrationError('E_TENSOR_DATA', {
    what,
    hint: 'Download them first, such as with await tensor.getData() or await tensor.data(), and give { data, dims, type }.',
    cause,
  });
}

/**
 * Rows and columns of dimensions for which those of length 1 beyond two are left out.
 *
 * @throws CalibrationError `E_SHAPE` where more than two are left, or there is none.
 */
export function tableSize(dimensions: readonly number[]): readonly number[] {
  const sizes = [...dimensions];
  while (sizes.length > 2 && sizes.includes(1)) sizes.splice(sizes.indexOf(1), 1);
  if (sizes.length === 1 || sizes.length === 2) return sizes;
  throw new CalibrationError('E_SHAPE', {
    what: `a tensor of ${dimensions.length} dimensions (${dimensions.join(' x ') || 'a single number'}), expected [rows, classes]`,
    hint: 'Reshape it so that each row is one example.',
  });
}
