import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { exp } from '../numerics/exponential.ts';
import { log1p } from '../numerics/logarithm.ts';
import type { PackedLogits } from './packed-logits.ts';
import { forEachBlock } from './row-blocks.ts';

/**
 * Mean NLL at one β = 1/T with its derivatives, as a pass over the rows writes it. The derivatives are free of the
 * logits' unit: β^k d^k NLL/dβ^k, that is with respect to the relative change of β.
 */
export interface TemperatureLoss {
  /** Mean NLL, nats per row. */
  value: number;
  /** β dNLL/dβ = mean of βΣ_k p_k z_k − β z_y. */
  slope: number;
  /** β² d²NLL/dβ² = mean of the variance of βz under p, ≥ 0. */
  curvature: number;
  /** β³ d³NLL/dβ³ = mean of the third central moment of βz under p. */
  third: number;
  /** β⁴ d⁴NLL/dβ⁴ = mean of the fourth cumulant of βz under p. */
  fourth: number;
  /** β·mean(max_k z_k − z_y): the part of the slope that grows with β; the other part is `slope − gap` ≤ 0. */
  gap: number;
}

/** One pass over packed logits. Every backend gives the same bits. */
export type TemperatureLossKernel = (packed: PackedLogits, beta: number, out: TemperatureLoss) => void;

/** A record for a kernel to write into. */
export function emptyLoss(): TemperatureLoss {
  return { value: 0, slope: 0, curvature: 0, third: 0, fourth: 0, gap: 0 };
}

/**
 * Mean NLL at β with four derivatives in one pass: the JavaScript reference of {@link TemperatureLossKernel}.
 *
 * With x_k = β(z_k − max z) ≤ 0, S = Σ e^{x_k} over the classes other than the maximum, and moments taken about the
 * maximum, a row adds log1p(S) to the loss, E[x] to the slope and E[x²] − E[x]² to the curvature; the label's part is
 * β·meanGap. The subtraction in the curvature is safe: Var x ≥ p_max·E[x²] by the Cauchy–Schwarz inequality on the terms
 * other than the maximum (where x = 0), and p_max ≥ 1/K, so it loses at most log₂ K bits, and none to speak of in a
 * confident row. Sums run in row order within blocks of 4,096 rows and fold in block order, each carrying its rounding
 * errors along.
 *
 * @param beta 0 ≤ β < 1.8e308. At 0 the derivatives are 0, being relative.
 */
export const temperatureLoss: TemperatureLossKernel = (packed, beta, out) => {
  const { rows, totalWeight } = packed;
  const value = new CompensatedSum();
  const slope = new CompensatedSum();
  const curvature = new CompensatedSum();
  const third = new CompensatedSum();
  const fourth = new CompensatedSum();
  const sums = new Float64Array(blockSums);
  forEachBlock(rows, (from, to) => {
    sums.fill(0);
    if (packed.cells instanceof Float64Array) addRows(packed, packed.cells, 0, beta, from, to, sums);
    else addWidened(packed, packed.cells, beta, from, to, sums);
    value.add(sums[0]! + sums[1]!);
    slope.add(sums[2]! + sums[3]!);
    curvature.add(sums[4]! + sums[5]!);
    third.add(sums[6]!);
    fourth.add(sums[7]!);
  });
  out.gap = beta * packed.gapUnit * packed.meanGap;
  out.value = value.value / totalWeight + out.gap;
  out.slope = slope.value / totalWeight + out.gap;
  out.curvature = curvature.value / totalWeight;
  out.third = third.value / totalWeight;
  out.fourth = fourth.value / totalWeight;
};

/** Loss, slope and curvature, each followed by its lost low part, and the higher derivatives, which need none. */
const blockSums = 8;

/** Float32 cells widened at a time: few enough to stay in a processor's cache. */
const widenedCells = 8192;

function addWidened(
  packed: PackedLogits,
  cells: Float32Array,
  beta: number,
  from: number,
  to: number,
  sums: Float64Array,
): void {
  const { columns } = packed;
  const rowsAtOnce = Math.min(to - from, Math.max(1, Math.floor(widenedCells / columns)));
  const wide = new Float64Array(rowsAtOnce * columns);
  for (let row = from; row < to; row += rowsAtOnce) {
    const end = Math.min(row + rowsAtOnce, to);
    wide.set(cells.subarray(row * columns, end * columns));
    addRows(packed, wide, row, beta, row, end, sums);
  }
}

/** Adds the rows `[from, to)`; `cells` begins with row `first`. */
function addRows(
  { columns, tops, weights }: PackedLogits,
  cells: Float64Array,
  first: number,
  beta: number,
  from: number,
  to: number,
  sums: Float64Array,
): void {
  const isCentred = tops.length === 0;
  let value = sums[0]!;
  let valueLost = sums[1]!;
  let slope = sums[2]!;
  let slopeLost = sums[3]!;
  let curvature = sums[4]!;
  let curvatureLost = sums[5]!;
  let third = sums[6]!;
  let fourth = sums[7]!;
  for (let i = from; i < to; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const start = (i - first) * columns;
    const end = start + columns;
    const top = isCentred ? end : start + tops[i]!;
    const largest = isCentred ? 0 : cells[top]!;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    for (let at = start; at < end; at += 1) {
      if (at === top) continue;
      const x = beta * (cells[at]! - largest);
      // Below it e^x is 0. A masked class must not reach the products, nor may its 0·−Infinity at β = 0.
      if (!(x > -745.2)) continue;
      const e = exp(x);
      const ex = e * x;
      const exx = ex * x;
      s0 += e;
      s1 += ex;
      s2 += exx;
      s3 += exx * x;
      s4 += exx * (x * x);
    }
    const total = 1 + s0;
    const mean = s1 / total;
    const square = s2 / total;

    // Knuth's two-sum: sum and exact rounding error without a branch.
    let term = weight * log1p(s0);
    let next = value + term;
    let share = next - value;
    valueLost += value - (next - share) + (term - share);
    value = next;
    term = weight * mean;
    next = slope + term;
    share = next - slope;
    slopeLost += slope - (next - share) + (term - share);
    slope = next;
    term = weight * (square - mean * mean);
    next = curvature + term;
    share = next - curvature;
    curvatureLost += curvature - (next - share) + (term - share);
    curvature = next;
    const cube = s3 / total;
    const mean2 = mean * mean;
    third += weight * (cube - 3 * mean * square + 2 * mean * mean2);
    fourth +=
      weight * (s4 / total - 4 * mean * cube - 3 * square * square + 12 * mean2 * square - 6 * mean2 * mean2);
  }
  sums[0] = value;
  sums[1] = valueLost;
  sums[2] = slope;
  sums[3] = slopeLost;
  sums[4] = curvature;
  sums[5] = curvatureLost;
  sums[6] = third;
  sums[7] = fourth;
}
