import type { ClusterNumbers } from '../core/cluster-numbers.ts';
import { randomStream } from '../core/random.ts';
import { type MeasureSample, withDerived } from '../metrics/measure-sample.ts';
import { kernelPairs, medianDistance } from '../metrics/squared-kernel-calibration-error.ts';
import { exp } from '../numerics/exponential.ts';
import { canonicalOrder, inOrder } from './canonical-sample.ts';
import { randomSigns } from './random-signs.ts';
import { type DrawnOptions, inRounds } from './sample-options.ts';

/** More rows than this are sampled: every pair of them is held. */
const mostRows = 1000;

/** Signed sums that differ by less, as a share of the sum of all sizes, are the same but for rounding. */
const sameSum = 1e-12;

/** The result of the kernel test of calibration. */
export interface KernelTest {
  /** Unbiased squared kernel calibration error of the rows used; `null` with fewer than two. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Rows used: all, or 1,000 of them chosen by a hash of their contents. */
  readonly rows: number;
}

/**
 * Test of canonical calibration by the squared kernel calibration error: signs drawn for the rows (the wild bootstrap)
 * give what the statistic would be under perfect calibration, where its kernel is degenerate. With clusters, pairs of rows
 * of one cluster are left out and signs are drawn for clusters.
 *
 * Source: Widmann, Lindsten and Zachariah 2019, "Calibration tests in multi-class classification"; Leucht and Neumann
 * 2013, "Dependent wild bootstrap for degenerate U- and V-statistics".
 */
export function kernelTestOfSample(
  sample: MeasureSample,
  options: DrawnOptions & { readonly draws: number; readonly seed: number },
  clusters?: ClusterNumbers,
): KernelTest {
  const { draws, seed } = options;
  const order = canonicalOrder([sample]).subarray(0, mostRows);
  const used = withDerived(inOrder(sample, order));
  const clusterOf = Uint32Array.from(order, (row, at) => clusters?.numberOf[row] ?? at);
  const { rows } = used.source;
  const pairs = kernelPairs(used, 'unbiased', 2);
  const width = medianDistance(pairs);
  const products = new Float64Array(rows * rows);
  let [sum, size, weight] = [0, 0, 0];
  pairs.forEach((i, j, w) => {
    if (clusterOf[i] === clusterOf[j]) return;
    const h = w * exp(-pairs.distance(i, j) / width) * pairs.product(i, j);
    products[i * rows + j] = h;
    sum += h;
    size += Math.abs(h);
    weight += w;
  });
  if (!(weight > 0)) return { statistic: null, pValue: null, rows };
  // Signs that are all alike give the sum itself, added up in another order; so may others where rows are equal.
  const least = sum - sameSum * size;
  let asLarge = 0;
  const signs = new Float64Array(rows);
  const count = clusters?.count ?? rows;
  inRounds(draws, options, (round) => {
    const drawn = randomSigns(count, randomStream(seed, round));
    for (let i = 0; i < rows; i += 1) signs[i] = drawn[clusterOf[i]!]!;
    if (signedSum(products, signs) >= least) asLarge += 1;
  });
  return { statistic: sum / weight, pValue: (1 + asLarge) / (1 + draws), rows };
}

/** Σ_{i<j} ε_i ε_j h_ij. */
function signedSum(products: Float64Array, signs: Float64Array): number {
  const rows = signs.length;
  let total = 0;
  for (let i = 0; i < rows; i += 1) {
    let sum = 0;
    for (let j = i + 1; j < rows; j += 1) sum += signs[j]! * products[i * rows + j]!;
    total += signs[i]! * sum;
  }
  return total;
}
