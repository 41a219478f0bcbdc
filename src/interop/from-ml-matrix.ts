import type { AbstractMatrix } from 'ml-matrix';
import { type Matrix, toMatrix } from '../core/matrix.ts';

/**
 * An ml-matrix matrix as the N×K scores that calibrant works on. One that wraps a `Float64Array` or `Float32Array`
 * (`WrapperMatrix1D`) shares its storage; any other is copied once.
 *
 * Functions that take scores accept ml-matrix matrices as they are; this is for keeping the copy.
 *
 * @example
 * ```ts
 * import { fromMlMatrix } from 'calibrant/ml-matrix';
 * import { Matrix, WrapperMatrix1D } from 'ml-matrix';
 *
 * const data = Float64Array.of(2, 1, 0.1, 0, 3, 1);
 * assert.equal(fromMlMatrix(new WrapperMatrix1D(data, { rows: 2 })).data, data);
 * assert.deepEqual(fromMlMatrix(new Matrix([[2, 1, 0.1], [0, 3, 1]])).data, data);
 * ```
 */
export function fromMlMatrix(matrix: AbstractMatrix): Matrix {
  return toMatrix(matrix);
}
