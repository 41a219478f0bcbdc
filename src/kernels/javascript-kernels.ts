import { expTerm } from '../numerics/exponential-term.ts';
import { log1p } from '../numerics/logarithm.ts';
import { javascriptJudgement } from './javascript-judgement.ts';
import { javascriptResampling } from './javascript-resampling.ts';
import { javascriptMatrixScaling, javascriptVectorScaling } from './javascript-scaling.ts';
import { javascriptSlopes } from './javascript-slopes.ts';
import {
  type Kernels,
  type LossParts,
  type LossRows,
  type LossSums,
  lossPlaces,
  type RowRange,
  type RowTotals,
} from './kernels-contract.ts';

/** The reference: every other implementation is measured against it, bit by bit. */
export const javascriptKernels: Kernels = {
  name: 'javascript',
  surveyRows,
  addLossRows,
  addRoughSlopes: javascriptSlopes,
  addVectorScaling: javascriptVectorScaling,
  addMatrixScaling: javascriptMatrixScaling,
  judgeRows: javascriptJudgement,
  resampleRows: javascriptResampling,
};

function surveyRows(
  { cells, columns, from, to }: RowRange,
  largest: Float64Array,
  smallest: Float64Array,
  totals?: RowTotals,
): boolean {
  let isNumeric = true;
  for (let i = from; i < to; i += 1) {
    const start = i * columns;
    let top = start;
    let high = cells[start]!;
    let low = high;
    for (let at = start; at < start + columns; at += 1) {
      const z = cells[at]!;
      if (z > high) {
        high = z;
        top = at;
      } else if (z < low) low = z;
      else isNumeric &&= z >= low;
    }
    // Turns −0 into 0.
    largest[i] = high + 0;
    smallest[i] = low;
    if (totals === undefined) continue;
    totals.tops[i] = top - start;
    totals.sums[i] = rowSum(cells, start, columns);
  }
  return isNumeric;
}

function rowSum(cells: ArrayLike<number>, start: number, columns: number): number {
  // Eight running sums, as four vectors of two have them.
  const parts = new Float64Array(8);
  for (let k = 0; k < columns; k += 1) parts[k & 7]! += cells[start + k]!;
  const [a, b, c, d] = [0, 2, 4, 6].map((k) => parts[k]! + parts[k + 1]!) as [number, number, number, number];
  return a + b + (c + d);
}

/** Float32 cells widened at a time: few enough to stay in a processor's cache. */
const widenedCells = 8192;

function addLossRows(rows: LossRows, beta: number, sums: LossSums, wanted: LossParts): void {
  const { cells, columns, from, to, largest } = rows;
  if (largest.length === 0) addMargins(rows, beta, sums, wanted);
  else if (cells instanceof Float64Array) addRows(rows, cells, 0, beta, sums, wanted);
  else {
    const rowsAtOnce = Math.min(to - from, Math.max(1, Math.floor(widenedCells / columns)));
    const wide = new Float64Array(rowsAtOnce * columns);
    for (let row = from; row < to; row += rowsAtOnce) {
      const end = Math.min(row + rowsAtOnce, to);
      wide.set(cells.subarray(row * columns, end * columns));
      addRows({ ...rows, from: row, to: end }, wide, row, beta, sums, wanted);
    }
  }
}

/** Adds the rows of a range; `cells` begins with row `first`. */
function addRows(
  { columns, from, to, largest, weights }: LossRows,
  cells: Float64Array,
  first: number,
  beta: number,
  sums: LossSums,
  wanted: LossParts,
): void {
  for (let i = from; i < to; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const start = (i - first) * columns;
    const end = start + columns;
    const most = largest[i]!;
    let ties = -1;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    let s6 = 0;
    for (let at = start; at < end; at += 1) {
      const distance = cells[at]! - most;
      if (!(distance < 0)) {
        ties += 1;
        continue;
      }
      const x = beta * distance;
      // Below it e^x is 0. A masked class must not reach the products, nor may its 0·−Infinity at β = 0.
      if (!(x > -745.2)) continue;
      const e = expTerm(x);
      const ex = e * x;
      const ex2 = ex * x;
      const ex3 = ex2 * x;
      const ex4 = ex3 * x;
      const ex5 = ex4 * x;
      s0 += e;
      s1 += ex;
      s2 += ex2;
      s3 += ex3;
      s4 += ex4;
      s5 += ex5;
      s6 += ex5 * x;
    }
    s0 += ties;
    if (wanted === 'value') addTwo(sums, value, weight * log1p(s0));
    else addRow(s0, s1, s2, s3, s4, s5, s6, weight, sums);
  }
}

/** Two classes: one e^x a row, x = β·margin ≤ 0. */
function addMargins(
  { cells, from, to, weights }: LossRows,
  beta: number,
  sums: LossSums,
  wanted: LossParts,
): void {
  for (let i = from; i < to; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const product = beta * cells[i]!;
    const x = product > -746 ? product : -746;
    const e = x > -745.2 ? expTerm(x) : 0;
    if (wanted === 'value') {
      addTwo(sums, value, weight * log1p(e));
      continue;
    }
    const ex = e * x;
    const ex2 = ex * x;
    const ex3 = ex2 * x;
    const ex4 = ex3 * x;
    const ex5 = ex4 * x;
    addRow(e, ex, ex2, ex3, ex4, ex5, ex5 * x, weight, sums);
  }
}

const { value, slope, curvature, third, fourth, fifth, sixth } = lossPlaces;

/** Adds a row of which Σe^x, Σxe^x, … Σx⁶e^x over the classes other than the maximum are given. */
function addRow(
  s0: number,
  s1: number,
  s2: number,
  s3: number,
  s4: number,
  s5: number,
  s6: number,
  weight: number,
  sums: LossSums,
): void {
  const share = 1 / (1 + s0);
  const mean = s1 * share;
  const square = s2 * share;
  const cube = s3 * share;
  const m4 = s4 * share;
  const m5 = s5 * share;
  const m6 = s6 * share;
  // Central moments from those about the maximum, then cumulants from them.
  const mean2 = mean * mean;
  const mean3 = mean2 * mean;
  const mean4 = mean2 * mean2;
  const c2 = square - mean2;
  const c3 = cube - 3 * (mean * square) + 2 * mean3;
  const c4 = m4 - 4 * (mean * cube) + 6 * (mean2 * square) - 3 * mean4;
  const c5 = m5 - 5 * (mean * m4) + 10 * (mean2 * cube) - 10 * (mean3 * square) + 4 * (mean4 * mean);
  const c6 =
    m6 -
    6 * (mean * m5) +
    15 * (mean2 * m4) -
    20 * (mean3 * cube) +
    15 * (mean4 * square) -
    5 * (mean4 * mean2);
  addTwo(sums, value, weight * log1p(s0));
  addTwo(sums, slope, weight * mean);
  addTwo(sums, curvature, weight * c2);
  sums[third]! += weight * c3;
  sums[fourth]! += weight * (c4 - 3 * (c2 * c2));
  sums[fifth]! += weight * (c5 - 10 * (c3 * c2));
  sums[sixth]! += weight * (c6 - 15 * (c4 * c2) - 10 * (c3 * c3) + 30 * (c2 * c2 * c2));
}

/** Knuth's two-sum: sum and exact rounding error without a branch; the error is kept two places on. */
function addTwo(sums: LossSums, place: number, term: number): void {
  const sum = sums[place]!;
  const next = sum + term;
  const share = next - sum;
  sums[place + 2]! += sum - (next - share) + (term - share);
  sums[place] = next;
}
