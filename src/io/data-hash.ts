import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import { type Matrix, toMatrix } from '../core/matrix.ts';
import { type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import { matrixRows, type ScoreRows } from '../core/score-rows.ts';
import { type Sha256, sha256 } from './sha-256.ts';

/**
 * Fingerprint of a set: SHA-256 of the ASCII text `calibrant-data-1` and a line feed, then little-endian: rows,
 * columns, number of labels and number of weights as float64, the scores row by row as float64, the labels as int32,
 * the weights as float64. Neither dialect, names nor storage type of the source enter, so the same numbers from a
 * different file have the same hash.
 *
 * @returns 64 hex digits.
 * @throws CalibrationError `E_SHAPE` where an array is of another type.
 */
export function dataHash(scores: Matrix, labels?: Int32Array, weights?: Float64Array): string {
  const matrix = toMatrix(scores);
  if (labels !== undefined) checkArray('labels', labels, labels instanceof Int32Array, 'an Int32Array');
  if (weights !== undefined)
    checkArray('weights', weights, weights instanceof Float64Array, 'a Float64Array');
  return dataHashBy(
    sha256(),
    matrixRows(matrix),
    labels === undefined ? undefined : storedNumbers(labels),
    weights === undefined ? undefined : storedNumbers(weights),
  );
}

function checkArray(name: string, values: unknown, isRight: boolean, expected: string): void {
  if (isRight) return;
  throw new CalibrationError('E_SHAPE', {
    what: `the ${name} are ${foundText(values)}, expected ${expected}`,
    value: values,
  });
}

/** {@link dataHash} by a given SHA-256, of numbers that are read some at a time. */
export function dataHashBy(
  hash: Sha256,
  scores: ScoreRows,
  labels: StoredNumbers<Int32Array> | undefined,
  weights: StoredNumbers<Float64Array> | undefined,
): string {
  const { rows, columns } = scores;
  hash.update(new TextEncoder().encode('calibrant-data-1\n'));
  hash.update(bytesOf(Float64Array.of(rows, columns, labels?.length ?? 0, weights?.length ?? 0)));
  const atOnce = Math.max(Math.floor(cellsAtOnce / Math.max(columns, 1)), 1);
  for (let from = 0; from < rows; from += atOnce) {
    const cells = scores.read(from, Math.min(from + atOnce, rows));
    // Float32 scores are widened, so that they hash as the float64 of the same value.
    hash.update(bytesOf(cells instanceof Float64Array ? cells : Float64Array.from(cells)));
  }
  hashNumbers(labels, hash.update);
  hashNumbers(weights, hash.update);
  return hash.hex();
}

/** Numbers hashed at a time. */
const cellsAtOnce = 65_536;

function hashNumbers(
  numbers: StoredNumbers<Int32Array> | StoredNumbers<Float64Array> | undefined,
  update: (bytes: Uint8Array) => void,
): void {
  if (numbers === undefined) return;
  for (let from = 0; from < numbers.length; from += cellsAtOnce) {
    update(bytesOf(numbers.read(from, Math.min(from + cellsAtOnce, numbers.length))));
  }
}

/** The storage as it lies in memory: every JavaScript engine in use is little-endian. */
function bytesOf(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
