import type { LossRows } from './kernels-contract.ts';

const single = Math.fround;
const log2e = single(Math.LOG2E);
const ln2 = single(Math.LN2);
const rounder = 12582912;
const third = single(0.16666667);
const fourth = single(0.041666668);
/** 2^−120..1. */
const powers = Float64Array.from({ length: 121 }, (_, k) => 2 ** (k - 120));

/**
 * The reference of `addRoughSlopes`: Σ w·E[x], Σ w·Var[x] and Σ w·E[(x − E[x])³], x = β(z − max z), every operation rounded to
 * single precision.
 */
export function javascriptSlopes(rows: LossRows, beta: number, sums: Float64Array): void {
  const { cells, columns, from, to, largest, weights } = rows;
  const factor = single(beta);
  if (largest.length === 0) {
    addMargins(rows, factor, sums);
    return;
  }
  for (let i = from; i < to; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const most = largest[i]!;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let at = i * columns; at < (i + 1) * columns; at += 1) {
      const product = single(factor * single(cells[at]! - most));
      const x = product > -80 ? product : -80;
      const e = exp(x);
      const ex = single(e * x);
      s0 = single(s0 + e);
      s1 = single(s1 + ex);
      const ex2 = single(ex * x);
      s2 = single(s2 + ex2);
      s3 = single(s3 + single(ex2 * x));
    }
    const mean = single(s1 / s0);
    sums[0]! += weight * mean;
    const variance = single(single(s2 / s0) - single(mean * mean));
    sums[1]! += weight * variance;
    // E[x³] − m³ − 3mv.
    const rest = single(mean * single(single(mean * mean) + single(3 * variance)));
    sums[2]! += weight * single(single(s3 / s0) - rest);
  }
}

/** Two classes: x = β·margin ≤ 0 has the probability p of the lesser one. */
function addMargins({ cells, from, to, weights }: LossRows, factor: number, sums: Float64Array): void {
  for (let i = from; i < to; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const product = single(factor * single(cells[i]!));
    const x = product > -80 ? product : -80;
    const e = exp(x);
    const p = single(e / single(1 + e));
    const q = single(1 - p);
    const mean = single(p * x);
    const variance = single(single(mean * x) * q);
    sums[0]! += weight * mean;
    sums[1]! += weight * variance;
    sums[2]! += weight * single(single(variance * x) * single(q - p));
  }
}

/** e^x for x in [−80, 0], to 5e-5. */
function exp(x: number): number {
  const n = single(single(single(x * log2e) + rounder) - rounder);
  const r = single(x - single(n * ln2));
  let p = single(third + single(r * fourth));
  p = single(0.5 + single(r * p));
  p = single(1 + single(r * p));
  p = single(1 + single(r * p));
  return single(p * powers[n + 120]!);
}
