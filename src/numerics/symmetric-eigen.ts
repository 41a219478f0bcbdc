/** Eigenvalues of a symmetric matrix with their eigenvectors. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** Entry k·d + i is coordinate i of the unit vector of value k. */
  readonly vectors: Float64Array;
}

const mostSweeps = 60;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations, to rounding of the largest value.
 *
 * @param matrix d×d, symmetric; not changed.
 *
 * Source: Golub and Van Loan 2013, "Matrix Computations", 8.5.
 */
export function symmetricEigen(matrix: Float64Array): SymmetricEigen {
  const size = Math.round(Math.sqrt(matrix.length));
  const a = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) vectors[i * size + i] = 1;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    let off = 0;
    for (let p = 0; p < size; p += 1)
      for (let q = p + 1; q < size; q += 1) off += a[p * size + q]! * a[p * size + q]!;
    if (!(off > Number.EPSILON * Number.EPSILON * scale)) break;
    for (let p = 0; p < size; p += 1) for (let q = p + 1; q < size; q += 1) rotate(a, vectors, size, p, q);
  }
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i]!), vectors };
}

/** Turns the plane of p and q so that entry (p, q) vanishes. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const entry = a[p * size + q]!;
  if (entry === 0) return;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * entry);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let i = 0; i < size; i += 1) {
    const [x, y] = [a[i * size + p]!, a[i * size + q]!];
    a[i * size + p] = c * x - s * y;
    a[i * size + q] = s * x + c * y;
  }
  for (let i = 0; i < size; i += 1) {
    const [x, y] = [a[p * size + i]!, a[q * size + i]!];
    a[p * size + i] = c * x - s * y;
    a[q * size + i] = s * x + c * y;
    const [v, w] = [vectors[p * size + i]!, vectors[q * size + i]!];
    vectors[p * size + i] = c * v - s * w;
    vectors[q * size + i] = s * v + c * w;
  }
}
