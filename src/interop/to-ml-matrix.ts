import { type AbstractMatrix, Matrix as MlMatrix, WrapperMatrix1D } from 'ml-matrix';
import { type Matrix, toMatrix } from '../core/matrix.ts';

/**
 * Probabilities or scores as an ml-matrix matrix: a view, so that writing to one writes to the other. Methods of
 * ml-matrix that return a new matrix leave it alone.
 *
 * @example
 * ```ts
 * import { applyTemperature } from 'calibrant';
 * import { toMlMatrix } from 'calibrant/ml-matrix';
 *
 * const probabilities = applyTemperature(2, [[2, 1, 0.1], [0, 0, 0]]);
 * const view = toMlMatrix(probabilities);
 * assert.equal(view.get(1, 2), 1 / 3);
 * assert.deepEqual(view.maxRowIndex(0), [0, 0]);
 * ```
 */
export function toMlMatrix(matrix: Matrix): AbstractMatrix {
  const { data, rows, columns } = toMatrix(matrix);
  return rows === 0 ? MlMatrix.zeros(0, columns) : new WrapperMatrix1D(data, { rows });
}
