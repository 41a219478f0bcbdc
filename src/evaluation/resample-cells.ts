import type { RandomSource } from '../core/random.ts';
import { CompensatedCells } from '../metrics/compensated-cells.ts';
import { normalDeviates } from './normal-deviates.ts';
import { PairedSums, type Resample } from './paired-sums.ts';
import type { RowPairs } from './row-pairs.ts';

/** Sums drawn together for a cell: weight, NLL, Brier, gap before, gap after. */
const parts = 5;

/** Rows that share their bin before and their bin after. */
interface Cell {
  readonly before: number;
  readonly after: number;
  /** Σ x over the cell's rows, x being the five parts of a row. */
  readonly sum: Float64Array;
  /** First Σ x xᵀ, lower triangle row by row; then its Cholesky factor. */
  readonly factor: Float64Array;
}

/**
 * The limit of {@link resampleRows} for many rows. Counting each row a Poisson(1) number of times gives the ratios
 * wanted here the same limit as drawing with replacement, and makes the sums over the cells (bin before, bin after)
 * independent; each is near a normal vector of mean Σ x and covariance Σ x xᵀ, which is drawn at once. O(N) once, then
 * O(cells) per resample, whatever the number of rows.
 */
export function resampleCells(pairs: RowPairs, random: RandomSource): Resample {
  const cells = gatherCells(pairs);
  const normal = normalDeviates(random);
  const sums = new PairedSums(pairs.bins);
  const deviates = new Float64Array(parts);
  const drawn = new Float64Array(parts);
  return () => {
    sums.clear();
    for (const { before, after, sum, factor } of cells) {
      for (let r = 0; r < parts; r += 1) {
        deviates[r] = normal();
        let value = sum[r]!;
        for (let c = 0; c <= r; c += 1) value += factor[r * parts + c]! * deviates[c]!;
        drawn[r] = value;
      }
      sums.weight += drawn[0]!;
      sums.nll += drawn[1]!;
      sums.brier += drawn[2]!;
      sums.before[before]! += drawn[3]!;
      sums.after[after]! += drawn[4]!;
    }
    return sums;
  };
}

function gatherCells(pairs: RowPairs): readonly Cell[] {
  const { bins } = pairs;
  const cells = new Map<number, CompensatedCells>();
  const x = new Float64Array(parts);
  pairs.visit(({ weight, nll, brier, binBefore: before, gapBefore, binAfter: after, gapAfter }) => {
    let sums = cells.get(before * bins + after);
    if (sums === undefined) {
      sums = new CompensatedCells(parts + parts * parts);
      cells.set(before * bins + after, sums);
    }
    x[0] = weight;
    x[1] = nll;
    x[2] = brier;
    x[3] = gapBefore;
    x[4] = gapAfter;
    for (let r = 0; r < parts; r += 1) {
      sums.add(r, x[r]!);
      for (let c = 0; c <= r; c += 1) sums.add(parts + r * parts + c, x[r]! * x[c]!);
    }
  });
  // By their bins, whichever row came first.
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([at, sums]) => {
      const factor = Float64Array.from({ length: parts * parts }, (_, k) => sums.value(parts + k));
      factorise(factor);
      const sum = Float64Array.from({ length: parts }, (_, r) => sums.value(r));
      return { before: Math.floor(at / bins), after: at % bins, sum, factor };
    });
}

/** Cholesky in place; a pivot lost to rounding (few rows in the cell) gives a column of zeros. */
function factorise(a: Float64Array): void {
  for (let c = 0; c < parts; c += 1) {
    const diagonal = a[c * parts + c]!;
    let pivot = diagonal;
    for (let k = 0; k < c; k += 1) pivot -= a[c * parts + k]! ** 2;
    const root = pivot > 1e-12 * diagonal ? Math.sqrt(pivot) : 0;
    a[c * parts + c] = root;
    for (let r = c + 1; r < parts; r += 1) {
      let value = a[r * parts + c]!;
      for (let k = 0; k < c; k += 1) value -= a[r * parts + k]! * a[c * parts + k]!;
      a[r * parts + c] = root === 0 ? 0 : value / root;
    }
  }
}
