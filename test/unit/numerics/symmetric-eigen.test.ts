import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { symmetricEigen } from '../../../src/numerics/symmetric-eigen.ts';

/** Rounding of some hundred rotations of entries up to 10. */
const rounding = 1e-13;

test('a 2×2 matrix has the roots of its characteristic polynomial', () => {
  const { values } = symmetricEigen(Float64Array.of(2, 1, 1, 2));
  expect([...values].sort()).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
});

test.each([1, 2, 5, 12])(
  '%d×%d: vectors are orthonormal, and the matrix stretches each by its value',
  (size) => {
    const { uniform } = seededRandom(size);
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i += 1)
      for (let j = 0; j <= i; j += 1) matrix[i * size + j] = matrix[j * size + i] = 10 * uniform() - 5;
    const { values, vectors } = symmetricEigen(matrix);
    for (let k = 0; k < size; k += 1) {
      const v = vectors.subarray(k * size, (k + 1) * size);
      for (let l = 0; l < size; l += 1) {
        const product = v.reduce((sum, x, i) => sum + x * vectors[l * size + i]!, 0);
        expect(Math.abs(product - (k === l ? 1 : 0))).toBeLessThan(rounding);
      }
      for (let i = 0; i < size; i += 1) {
        const stretched = v.reduce((sum, x, j) => sum + matrix[i * size + j]! * x, 0);
        expect(Math.abs(stretched - values[k]! * v[i]!)).toBeLessThan(rounding * size);
      }
    }
  },
);
