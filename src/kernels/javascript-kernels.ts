import { exp } from '../numerics/exponential.ts';
import { log1p } from '../numerics/logarithm.ts';
import { type Kernels, type LossRows, type LossSums, lossPlaces, type RowRange } from './kernels-contract.ts';

/** The reference: every other implementation is measured against it, bit by bit. */
export const javascriptKernels: Kernels = { name: 'javascript', surveyRows, addLossRows };

function surveyRows(
  { cells, columns, from, to }: RowRange,
  largest: Float64Array,
  smallest: Float64Array,
): boolean {
  let isNumeric = true;
  for (let i = from; i < to; i += 1) {
    const start = i * columns;
    let high = cells[start]!;
    let low = high;
    for (let at = start; at < start + columns; at += 1) {
      const z = cells[at]!;
      if (z > high) high = z;
      else if (z < low) low = z;
      else isNumeric &&= z >= low;
    }
    // Turns −0 into 0.
    largest[i] = high + 0;
    smallest[i] = low;
  }
  return isNumeric;
}

/** Float32 cells widened at a time: few enough to stay in a processor's cache. */
const widenedCells = 8192;

function addLossRows(rows: LossRows, beta: number, sums: LossSums): void {
  const { cells, columns, from, to, largest } = rows;
  if (largest.length === 0) addMargins(rows, beta, sums);
  else if (cells instanceof Float64Array) addRows(rows, cells, 0, beta, sums);
  else {
    const rowsAtOnce = Math.min(to - from, Math.max(1, Math.floor(widenedCells / columns)));
    const wide = new Float64Array(rowsAtOnce * columns);
    for (let row = from; row < to; row += rowsAtOnce) {
      const end = Math.min(row + rowsAtOnce, to);
      wide.set(cells.subarray(row * columns, end * columns));
      addRows({ ...rows, from: row, to: end }, wide, row, beta, sums);
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
    for (let at = start; at < end; at += 1) {
      const distance = cells[at]! - most;
      if (!(distance < 0)) {
        ties += 1;
        continue;
      }
      const x = beta * distance;
      // Below it e^x is 0. A masked class must not reach the products, nor may its 0·−Infinity at β = 0.
      if (!(x > -745.2)) continue;
      const e = exp(x);
      const ex = e * x;
      const exx = ex * x;
      const exxx = exx * x;
      s0 += e;
      s1 += ex;
      s2 += exx;
      s3 += exxx;
      s4 += exxx * x;
    }
    addRow(s0 + ties, s1, s2, s3, s4, weight, sums);
  }
}

/** Two classes: one e^x a row, x = β·margin ≤ 0. */
function addMargins({ cells, from, to, weights }: LossRows, beta: number, sums: LossSums): void {
  for (let i = from; i < to; i += 1) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (weight === 0) continue;
    const product = beta * cells[i]!;
    const x = product > -746 ? product : -746;
    const e = x > -745.2 ? exp(x) : 0;
    const ex = e * x;
    const exx = ex * x;
    const exxx = exx * x;
    addRow(e, ex, exx, exxx, exxx * x, weight, sums);
  }
}

const { value, slope, curvature, third, fourth } = lossPlaces;

/** Adds a row of which Σe^x, Σxe^x, … Σx⁴e^x over the classes other than the maximum are given. */
function addRow(
  s0: number,
  s1: number,
  s2: number,
  s3: number,
  s4: number,
  weight: number,
  sums: LossSums,
): void {
  const share = 1 / (1 + s0);
  const mean = s1 * share;
  const square = s2 * share;
  const cube = s3 * share;
  const mean2 = mean * mean;
  addTwo(sums, value, weight * log1p(s0));
  addTwo(sums, slope, weight * mean);
  addTwo(sums, curvature, weight * (square - mean2));
  sums[third]! += weight * (cube - 3 * mean * square + 2 * mean * mean2);
  sums[fourth]! +=
    weight * (s4 * share - 4 * mean * cube - 3 * square * square + 12 * mean2 * square - 6 * mean2 * mean2);
}

/** Knuth's two-sum: sum and exact rounding error without a branch; the error is kept two places on. */
function addTwo(sums: LossSums, place: number, term: number): void {
  const sum = sums[place]!;
  const next = sum + term;
  const share = next - sum;
  sums[place + 2]! += sum - (next - share) + (term - share);
  sums[place] = next;
}
