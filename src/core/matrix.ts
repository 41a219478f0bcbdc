import { CalibrationError } from './errors.ts';

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

/** A tensor as ONNX Runtime Web and its like hand over: flat values and dimensions `[N, K]`. */
export interface TensorLike {
  readonly data: ArrayLike<number>;
  readonly dims: readonly number[];
}

/**
 * What every function that takes N×K scores accepts: a {@link Matrix}, nested arrays, an ml-matrix matrix, a tensor,
 * or a flat array whose number of rows is known from the labels. Typed-array matrices are used in place, never copied.
 */
export type MatrixInput =
  | Matrix
  | CellMatrix
  | TensorLike
  | readonly ArrayLike<number>[]
  | Float64Array
  | Float32Array
  | readonly number[];

/**
 * Views any accepted shape as a row-major matrix. `Float64Array` and `Float32Array` storage is shared, everything else
 * is copied once into a `Float64Array`.
 *
 * @param input Scores, N×K.
 * @param rows Number of rows, needed only for flat arrays.
 * @throws CalibrationError `E_SHAPE` when rows differ in length or the sizes do not fit.
 */
export function toMatrix(input: MatrixInput, rows?: number): Matrix {
  if (isFlat(input)) return fromFlat(input, rows);
  if (Array.isArray(input)) return fromNested(input as readonly ArrayLike<number>[]);
  if (isTensor(input)) return fromTensor(input);
  if (isDense(input)) return checkedSize(input);
  if (isCellMatrix(input)) return fromCells(input);
  throw new CalibrationError('E_SHAPE', {
    what: 'scores are not a matrix; expected nested arrays, a flat typed array, { data, rows, columns } or { data, dims }',
    value: input,
  });
}

function isFlat(input: MatrixInput): input is Float64Array | Float32Array | readonly number[] {
  if (ArrayBuffer.isView(input)) return true;
  return Array.isArray(input) && (input.length === 0 || typeof input[0] === 'number');
}

function isTensor(input: object): input is TensorLike {
  return 'data' in input && 'dims' in input && Array.isArray(input.dims);
}

function isDense(input: object): input is Matrix {
  return 'data' in input && (input.data instanceof Float64Array || input.data instanceof Float32Array);
}

function isCellMatrix(input: object): input is CellMatrix {
  return 'rows' in input && 'columns' in input && 'get' in input && typeof input.get === 'function';
}

function fromFlat(values: ArrayLike<number>, rows: number | undefined): Matrix {
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
  return { data: toFloats(values), rows, columns };
}

function fromNested(nested: readonly ArrayLike<number>[]): Matrix {
  const rows = nested.length;
  const columns = nested[0]?.length ?? 0;
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    const row = nested[i]!;
    if (row.length !== columns) {
      throw new CalibrationError('E_SHAPE', {
        index: i,
        what: `${row.length} values, the first row has ${columns}`,
      });
    }
    data.set(row, i * columns);
  }
  return { data, rows, columns };
}

function fromTensor({ data, dims }: TensorLike): Matrix {
  const [rows = 0, columns = 1] = dims;
  if (dims.length < 1 || dims.length > 2) {
    throw new CalibrationError('E_SHAPE', {
      what: `a tensor of ${dims.length} dimensions, expected [rows, classes]`,
    });
  }
  return checkedSize({ data: toFloats(data), rows, columns });
}

function fromCells(matrix: CellMatrix): Matrix {
  const { rows, columns } = matrix;
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) data[i * columns + j] = matrix.get(i, j);
  }
  return { data, rows, columns };
}

function checkedSize(matrix: Matrix): Matrix {
  const { data, rows, columns } = matrix;
  const whole = Number.isInteger(rows) && Number.isInteger(columns) && rows >= 0 && columns >= 0;
  if (!(whole && rows * columns === data.length)) {
    throw new CalibrationError('E_SHAPE', {
      what: `${data.length} values cannot be a matrix of ${rows} rows and ${columns} columns`,
    });
  }
  return matrix;
}

function toFloats(values: ArrayLike<number>): Float64Array | Float32Array {
  return values instanceof Float64Array || values instanceof Float32Array
    ? values
    : Float64Array.from(values);
}
