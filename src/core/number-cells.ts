import { CalibrationError } from './errors.ts';
import { foundText, typedArrayName } from './found-text.ts';
import { refuseUntypedBits } from './tensor-type.ts';

/** Scores in typed storage. */
export type Floats = Float64Array | Float32Array;

/**
 * Flat row-major scores as floats: `Float64Array` and `Float32Array` are shared, everything else is copied, of lists
 * every value is checked.
 *
 * @param columns Number of columns, for the place of an error.
 * @throws CalibrationError `E_LOGIT_NAN` at the first value that is no number, `E_INT_UNSAFE`.
 */
export function toFloats(values: ArrayLike<unknown>, columns: number): Floats {
  if (values instanceof Float64Array || values instanceof Float32Array) return values;
  const data = new Float64Array(values.length);
  copyCells(values, data, 0, columns);
  return data;
}

/** Copies the cells of a list or typed array into `data` from `offset` on, as {@link toFloats} does. */
export function copyCells(
  values: ArrayLike<unknown>,
  data: Float64Array,
  offset: number,
  columns: number,
): void {
  const type = typedArrayName(values);
  if (type === 'BigInt64Array' || type === 'BigUint64Array') {
    for (let i = 0; i < values.length; i += 1) {
      data[offset + i] = exactNumber(values[i] as bigint, offset + i, columns);
    }
  } else if (type !== undefined) {
    data.set(values as ArrayLike<number>, offset);
  } else {
    for (let i = 0; i < values.length; i += 1) {
      data[offset + i] = cellNumber(values[i], offset + i, columns);
    }
  }
}

/** Refuses rows and flat arrays of a type that scores cannot have or that leaves open what they are. */
export function checkScoreArray(values: unknown, what: string): asserts values is ArrayLike<unknown> {
  refuseUntypedBits(values, 'scores');
  if (isScoreList(values)) return;
  throw new CalibrationError('E_SHAPE', {
    what: `${what} is ${foundText(values)}, expected a list of numbers`,
    value: values,
  });
}

/** Whether a value is an array, a typed array or another object with a length and values by number. */
export function isScoreList(values: unknown): values is ArrayLike<unknown> {
  if (typeof values !== 'object' || values === null) return false;
  const { length } = values as { readonly length?: unknown };
  return Number.isSafeInteger(length) && (length as number) >= 0;
}

/** One cell, checked. */
export function cellNumber(value: unknown, at: number, columns: number): number {
  if (typeof value === 'number') return value;
  throw new CalibrationError('E_LOGIT_NAN', {
    index: Math.floor(at / columns),
    what: `the score of class ${at % columns} is ${foundText(value)}, expected a number`,
    value,
  });
}

function exactNumber(value: bigint, at: number, columns: number): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new CalibrationError('E_INT_UNSAFE', {
    index: Math.floor(at / columns),
    what: `the score ${value} of class ${at % columns} cannot be held exactly`,
    value,
  });
}
