import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { exp } from '../numerics/exponential.ts';
import { logGamma } from '../numerics/log-gamma.ts';
import { log } from '../numerics/logarithm.ts';
import type { MeasureSample } from './measure-sample.ts';
import { allProbabilities } from './probability-matrix.ts';

/** Fifteen widths from 1e-5 to 1e-1, evenly spaced in the exponent, then 0.2 to 1. */
const widths: readonly number[] = [
  ...Array.from({ length: 15 }, (_, i) => exp(Math.LN10 * (-5 + (4 * i) / 14))),
  0.2,
  0.4,
  0.6,
  0.8,
  1,
];

/** e^x is 0 from here down. */
const vanishing = -746;

/** Dirichlet kernels around every row's probabilities, evaluated at every other row's. */
export class DirichletKernels {
  /** Rows of weight above 0. */
  readonly rows: readonly number[];
  private readonly sample: MeasureSample;
  private readonly p: Float64Array;
  private readonly logP: Float64Array;

  constructor(sample: MeasureSample) {
    const { source, weights } = sample;
    this.sample = sample;
    this.p = allProbabilities(source);
    this.logP = this.p.map((value) => log(Math.max(value, Number.MIN_VALUE)));
    const all = Array.from({ length: source.rows }, (_, i) => i);
    this.rows = weights === undefined ? all : all.filter((i) => weights[i]! > 0);
  }

  probability(i: number, k: number): number {
    return this.p[i * this.sample.source.classes + k]!;
  }

  /** Hands over, for each row j, the weighted kernels of all rows at p_j, up to a factor; that of j itself is 0. */
  forEachRow(width: number, visit: (j: number, weight: number, kernel: Float64Array) => void): void {
    const heights = this.logHeights(width);
    const products = new Float64Array(this.sample.source.rows);
    const kernel = new Float64Array(this.sample.source.rows);
    for (const j of this.rows) {
      this.logProducts(j, products);
      const largest = this.logKernels(j, width, products, heights, kernel);
      for (const i of this.rows) kernel[i] = i === j ? 0 : this.weight(i) * exp(kernel[i]! - largest);
      visit(j, this.weight(j), kernel);
    }
  }

  /** The width at which the rows are likeliest, each under the kernels of the others. */
  likeliestWidth(): number {
    const heights = widths.map((width) => this.logHeights(width));
    const likelihoods = widths.map(() => new CompensatedSum());
    const { rows } = this.sample.source;
    const products = new Float64Array(rows);
    const kernel = new Float64Array(rows);
    for (const j of this.rows) {
      this.logProducts(j, products);
      for (const [at, width] of widths.entries()) {
        const largest = this.logKernels(j, width, products, heights[at]!, kernel);
        let total = 0;
        for (const i of this.rows) {
          const distance = kernel[i]! - largest;
          if (i !== j && distance > vanishing) total += this.weight(i) * exp(distance);
        }
        likelihoods[at]!.add(this.weight(j) * (largest + log(total)));
      }
    }
    let best = widths[0]!;
    let most = Number.NEGATIVE_INFINITY;
    for (const [at, { value }] of likelihoods.entries())
      if (value > most) [best, most] = [widths[at]!, value];
    return best;
  }

  /** Fills in Σ_k p_ik ln p_jk for all i. */
  private logProducts(j: number, into: Float64Array): void {
    const { classes } = this.sample.source;
    for (const i of this.rows) {
      let sum = 0;
      for (let k = 0; k < classes; k += 1) sum += this.p[i * classes + k]! * this.logP[j * classes + k]!;
      into[i] = sum;
    }
  }

  /** Fills in ln k(p_j; p_i) for all i and returns the largest but that of j itself. */
  private logKernels(
    j: number,
    width: number,
    products: Float64Array,
    heights: Float64Array,
    into: Float64Array,
  ): number {
    let largest = Number.NEGATIVE_INFINITY;
    for (const i of this.rows) {
      const value = products[i]! / width + heights[i]!;
      into[i] = value;
      if (value > largest && i !== j) largest = value;
    }
    return largest;
  }

  /** ln Γ(Σα) − Σ ln Γ(α) of each row's kernel. */
  private logHeights(width: number): Float64Array {
    const { classes, rows } = this.sample.source;
    return Float64Array.from({ length: rows }, (_, i) => {
      let [sum, height] = [0, 0];
      for (let k = 0; k < classes; k += 1) {
        const alpha = this.p[i * classes + k]! / width + 1;
        sum += alpha;
        height -= logGamma(alpha);
      }
      return height + logGamma(sum);
    });
  }

  private weight(i: number): number {
    return this.sample.weights === undefined ? 1 : this.sample.weights[i]!;
  }
}
