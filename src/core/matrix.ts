import { CalibrationError } from './errors.ts';
import { foundText, isList } from './found-text.ts';
import { cellNumber, checkScoreArray, copyCells, isScoreList, toFloats } from './number-cells.ts';
import { type DownloadableTensor, isTensor, type TensorLike, tableSize, tensorValues } from './tensor.ts';

/** A dense matrix, row by row in one typed array: cell (i, j) is `data[i * columns + j]`. */
export interface Matrix {
  readonly data: Float64Array | Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Any matrix object that can hand out cells, such as an ml-matrix `Matrix`. */
export interface CellMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly get: (row: number, column: number) => number;
}

/**
 * What every function that takes N×K scores accepts: a {@link Matrix}, nested arrays, an ml-matrix matrix, a tensor,
 * or a flat array whose number of rows is known from the labels. Typed-array matrices are used in place, never copied.
 * Every value must be a number: null, text, booleans and holes are refused as NaN is.
 */
export type MatrixInput =
  | Matrix
  | CellMatrix
  | TensorLike
  | DownloadableTensor
  | readonly ArrayLike<number>[]
  | Float64Array
  | Float32Array
  | readonly number[];

/**
 * Views any accepted shape as a row-major matrix. `Float64Array` and `Float32Array` storage is shared, everything else
 * is copied once: 16-bit tensors are decoded into a `Float32Array`, the rest into a `Float64Array`.
 *
 * @param input Scores, N×K. A tensor `[N]` is one column, or has the rows that are given.
 * @param rows Number of rows, needed only for flat arrays.
 * @throws CalibrationError `E_SHAPE` when rows differ in length or the sizes do not fit, `E_LOGIT_NAN` at a value that is
 * no number, `E_TENSOR_TYPE` and `E_TENSOR_DATA` for tensors that cannot be read, `E_INT_UNSAFE` for whole numbers beyond
 * 2^53.
 */
export function toMatrix(input: MatrixInput, rows?: number): Matrix {
  if (rows !== undefined) checkRowCount(rows);
  if (isFlat(input)) return fromFlat(input, rows);
  if (isList(input)) return fromNested(input);
  if (typeof input === 'object' && input !== null) {
    if (isTensor(input)) return fromTensor(input, rows);
    if (isDense(input)) return fromDense(input);
    if (isCellMatrix(input)) return fromCells(input);
  }
  throw new CalibrationError('E_SHAPE', {
    what: `scores are not a matrix but ${foundText(input)}; expected nested arrays, a flat typed array, { data, rows, columns } or { data, dims }`,
    value: input,
  });
}

/** Whether scores are a flat array, which has no row count of its own. */
export function isFlat(input: unknown): input is Float64Array | Float32Array | readonly number[] {
  if (ArrayBuffer.isView(input)) return true;
  return isList(input) && !(typeof input[0] === 'object' && input[0] !== null);
}

function isDense(input: object): input is { data: ArrayLike<unknown>; rows: number; columns: number } {
  if (!('data' in input && 'rows' in input && 'columns' in input)) return false;
  const { data } = input;
  return data instanceof Float64Array || data instanceof Float32Array || !('get' in input);
}

function isCellMatrix(input: object): input is CellMatrix {
  return 'rows' in input && 'columns' in input && 'get' in input && typeof input.get === 'function';
}

function fromFlat(values: ArrayLike<unknown>, rows: number | undefined): Matrix {
  checkScoreArray(values, 'the array of scores');
  if (rows === undefined) {
    throw new CalibrationError('E_SHAPE', {
      what: `a flat array of ${values.length} values has no row count; expected a matrix or nested arrays`,
      hint: 'Wrap it as { data, rows, columns }.',
    });
  }
  const columns = rows === 0 ? 0 : values.length / rows;
  if (!Number.isInteger(columns)) {
    throw new CalibrationError('E_SHAPE', {
      what: `a flat array of ${values.length} values does not divide into ${rows} rows`,
    });
  }
  return { data: toFloats(values, columns), rows, columns };
}

function fromNested(nested: readonly unknown[]): Matrix {
  const rows = nested.length;
  const first = nested[0];
  const columns = isScoreList(first) ? first.length : 0;
  const data = newCells(rows, columns);
  for (let i = 0; i < rows; i += 1) {
    const row = nested[i];
    checkScoreArray(row, `row ${i} of the scores`);
    if (row.length !== columns) {
      throw new CalibrationError('E_SHAPE', {
        index: i,
        what: `${row.length} values, the first row has ${columns}`,
      });
    }
    copyCells(row, data, i * columns, columns);
  }
  return { data, rows, columns };
}

function fromTensor(tensor: TensorLike | DownloadableTensor, given: number | undefined): Matrix {
  const { values, dimensions } = tensorValues(tensor, 'scores');
  const [rows, columns = 1] = tableSize(dimensions) as readonly [number, number?];
  if (dimensions.length === 1 && given !== undefined) return fromFlat(values, given);
  return { data: toFloats(values, columns), rows, columns };
}

function fromDense(matrix: { data: ArrayLike<unknown>; rows: number; columns: number }): Matrix {
  const { data, rows, columns } = matrix;
  checkScoreArray(data, 'the data of the scores');
  checkSize(rows, columns, data.length);
  const cells = toFloats(data, columns);
  return cells === data ? (matrix as Matrix) : { data: cells, rows, columns };
}

function fromCells(matrix: CellMatrix): Matrix {
  const { rows, columns } = matrix;
  checkSize(rows, columns, rows * columns);
  const data = newCells(rows, columns);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      const at = i * columns + j;
      data[at] = cellNumber(matrix.get(i, j), at, columns);
    }
  }
  return { data, rows, columns };
}

function checkRowCount(rows: unknown): void {
  if (Number.isSafeInteger(rows) && (rows as number) >= 0) return;
  throw new CalibrationError('E_SHAPE', {
    what: `the number of rows is ${foundText(rows)}, expected a whole number of 0 or more`,
    value: rows,
  });
}

function checkSize(rows: unknown, columns: unknown, values: number): void {
  const whole = Number.isInteger(rows) && Number.isInteger(columns);
  const isSize = whole && (rows as number) >= 0 && (columns as number) >= 0;
  if (isSize && (rows as number) * (columns as number) === values) return;
  throw new CalibrationError('E_SHAPE', {
    what: `${values} values cannot be a matrix of ${foundText(rows)} rows and ${foundText(columns)} columns`,
  });
}

/** Storage for copied cells. */
function newCells(rows: number, columns: number): Float64Array {
  try {
    return new Float64Array(rows * columns);
  } catch (cause) {
    throw new CalibrationError('E_MEMORY', {
      what: `${rows} rows of ${columns} scores do not fit into memory`,
      cause,
    });
  }
}
