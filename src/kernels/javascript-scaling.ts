import { expTerm } from '../numerics/exponential-term.ts';
import { log1p } from '../numerics/logarithm.ts';
import { type ScaledRows, type ScalingSums, scalingPlaces } from './kernels-contract.ts';

const { value, lost, gradient } = scalingPlaces;

/** The reference of `addVectorScaling`: x = v∘z + b, a row at a time. */
export function javascriptVectorScaling(
  { cells, columns, from, to, labels, weights }: ScaledRows,
  parameters: Float64Array,
  sums: ScalingSums,
): void {
  const v = parameters.subarray(0, columns);
  const b = parameters.subarray(columns);
  const slopes = sums.subarray(gradient, gradient + columns);
  const shifts = sums.subarray(gradient + columns);
  const x = new Float64Array(columns);
  for (let i = from; i < to; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const z = cells.subarray(i * columns, (i + 1) * columns);
    // A masked class stays masked, whatever its factor.
    for (let k = 0; k < columns; k += 1) x[k] = isMasked(z[k]!) ? z[k]! : v[k]! * z[k]! + b[k]!;
    addResiduals(x, labels[i]!, weight, sums);
    for (let k = 0; k < columns; k += 1) {
      shifts[k]! += x[k]!;
      if (!isMasked(z[k]!)) slopes[k]! += x[k]! * z[k]!;
    }
  }
}

function isMasked(z: number): boolean {
  return z === Number.NEGATIVE_INFINITY;
}

/** The reference of `addMatrixScaling`: x = Wz + b, each sum from b on in the order of the columns. */
export function javascriptMatrixScaling(
  { cells, columns, from, to, labels, weights }: ScaledRows,
  parameters: Float64Array,
  sums: ScalingSums,
): void {
  const b = parameters.subarray(columns * columns);
  const slopes = sums.subarray(gradient, gradient + columns * columns);
  const shifts = sums.subarray(gradient + columns * columns);
  const x = new Float64Array(columns);
  for (let i = from; i < to; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const z = cells.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j < columns; j += 1) {
      let sum = b[j]!;
      for (let k = 0; k < columns; k += 1) sum += parameters[j * columns + k]! * z[k]!;
      x[j] = sum;
    }
    addResiduals(x, labels[i]!, weight, sums);
    for (let j = 0; j < columns; j += 1) {
      const residual = x[j]!;
      shifts[j]! += residual;
      for (let k = 0; k < columns; k += 1) slopes[j * columns + k]! += residual * z[k]!;
    }
  }
}

/**
 * Adds a row's loss, log1p(S) + max x − x_y with S = Σ e^(x_k − max x) over the classes other than the maximum, and
 * turns its x into the loss's gradient in x, w(p_k − 1[y = k]).
 */
function addResiduals(x: Float64Array, label: number, weight: number, sums: ScalingSums): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < x.length; k += 1) top = Math.max(top, x[k]!);
  const gap = top - x[label]!;
  let ties = -1;
  // Four running sums, as two vectors of two have them.
  const parts = [0, 0, 0, 0];
  for (let k = 0; k < x.length; k += 1) {
    const distance = x[k]! - top;
    if (distance < 0) {
      const e = distance > -745.2 ? expTerm(distance) : 0;
      parts[k & 3]! += e;
      x[k] = e;
    } else {
      ties += 1;
      x[k] = 1;
    }
  }
  // NaN unless the largest x is finite, so that loss and gradient tell where parameters made x overflow.
  const others = parts[0]! + parts[1]! + (parts[2]! + parts[3]!) + ties + (top - top);
  const share = 1 / (1 + others);
  const truth = x[label]! * share;
  for (let k = 0; k < x.length; k += 1) x[k] = weight * (x[k]! * share);
  // 1 − p_y without cancellation where the label is the maximum.
  x[label] = weight * (gap === 0 ? -(others * share) : truth - 1);

  const term = weight * (log1p(others) + gap);
  const sum = sums[value]!;
  const next = sum + term;
  const part = next - sum;
  sums[lost]! += sum - (next - part) + (term - part);
  sums[value] = next;
}
