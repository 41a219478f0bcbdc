import type { ClusterNumbers } from '../core/cluster-numbers.ts';
import { chiSquaredSurvival } from '../numerics/chi-squared.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';

/** Fewest clusters for tests and noise floors that take clusters, not rows, to be independent. */
export const fewestClusters = 20;

/** The result of a test of several sums against 0. */
export interface ScoreTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** Directions with less than this part of the variance of one number are rounding. */
const leastSpread = 1e-10;

/**
 * Sums of d numbers over rows, whose mean is 0 and whose covariance is known row by row where the probabilities are
 * right, and the test of that: S = UᵀV⁻¹U is about χ².
 *
 * With clusters, the products of different rows of a cluster are added to V. No direction is taken to have less variance
 * than independent rows give it, as few clusters know their own spread badly.
 *
 * Source: Rao 1948, "Large sample tests of statistical hypotheses concerning several parameters"; Liang and Zeger
 * 1986, "Longitudinal data analysis using generalized linear models", for clusters.
 */
export class ScoreSums {
  private readonly width: number;
  private readonly clusters: ClusterNumbers | undefined;
  private readonly total: Float64Array;
  private readonly known: Float64Array;
  private readonly ofRows: Float64Array;
  private readonly ofClusters: Float64Array;

  /** @param width d. */
  constructor(width: number, clusters?: ClusterNumbers) {
    this.width = width;
    this.clusters = clusters;
    this.total = new Float64Array(width);
    this.known = new Float64Array(width * width);
    this.ofRows = new Float64Array(clusters === undefined ? 0 : width * width);
    this.ofClusters = new Float64Array(clusters === undefined ? 0 : clusters.count * width);
  }

  /**
   * Adds a row.
   *
   * @param covariance Covariance of numbers `i` and `j ≥ i` of the row under calibration.
   */
  add(
    row: number,
    weight: number,
    numbers: Float64Array,
    covariance: (i: number, j: number) => number,
  ): void {
    const { width, total, known, ofRows, ofClusters, clusters } = this;
    const squared = weight * weight;
    const from = clusters === undefined ? 0 : clusters.numberOf[row]! * width;
    for (let i = 0; i < width; i += 1) {
      total[i]! += weight * numbers[i]!;
      if (clusters !== undefined) ofClusters[from + i]! += weight * numbers[i]!;
      for (let j = i; j < width; j += 1) {
        known[i * width + j]! += squared * covariance(i, j);
        if (clusters !== undefined) ofRows[i * width + j]! += squared * numbers[i]! * numbers[j]!;
      }
    }
  }

  /** Sum of one of the numbers. */
  sum(number: number): number {
    return this.total[number]!;
  }

  /** @returns `null` where nothing varies. */
  test(): ScoreTest | null {
    const { width, total, clusters } = this;
    const known = mirrored(this.known, width);
    const whitening = whiteningOf(known, width);
    const rank = whitening.length;
    if (rank === 0) return null;
    const whitened = whitening.map((direction) => dot(direction, total));
    const statistic =
      clusters === undefined
        ? whitened.reduce((sum, x) => sum + x * x, 0)
        : this.againstClusters(whitening, whitened, known);
    return { statistic, degreesOfFreedom: rank, pValue: chiSquaredSurvival(statistic, rank) };
  }

  /** S with the covariance between clusters, in directions in which independent rows have variance 1. */
  private againstClusters(
    whitening: readonly Float64Array[],
    whitened: readonly number[],
    known: Float64Array,
  ): number {
    const { width, ofClusters } = this;
    const covariance = mirrored(this.ofRows, width).map((value, at) => known[at]! - value);
    for (let from = 0; from < ofClusters.length; from += width) {
      for (let i = 0; i < width; i += 1)
        for (let j = 0; j < width; j += 1)
          covariance[i * width + j]! += ofClusters[from + i]! * ofClusters[from + j]!;
    }
    const rank = whitening.length;
    const rotated = whitening.map((direction) =>
      Float64Array.from({ length: width }, (_, i) =>
        dot(direction, covariance.subarray(i * width, (i + 1) * width)),
      ),
    );
    const inner = Float64Array.from({ length: rank * rank }, (_, at) =>
      dot(rotated[Math.floor(at / rank)]!, whitening[at % rank]!),
    );
    const { values, vectors } = symmetricEigen(inner);
    return values.reduce((sum, value, k) => {
      const x = dot(vectors.subarray(k * rank, (k + 1) * rank), whitened);
      return sum + (x * x) / Math.max(value, 1);
    }, 0);
  }
}

/** A symmetric matrix of which the upper half is given. */
function mirrored(upper: Float64Array, width: number): Float64Array {
  return upper.map((_, at) => {
    const [i, j] = [Math.floor(at / width), at % width];
    return upper[Math.min(i, j) * width + Math.max(i, j)]!;
  });
}

/** Directions in which a covariance is the identity; those without variance are left out. */
function whiteningOf(covariance: Float64Array, width: number): readonly Float64Array[] {
  const scale = Float64Array.from({ length: width }, (_, i) =>
    Math.sqrt(Math.max(covariance[i * width + i]!, 0)),
  );
  const scaled = covariance.map((value, at) => {
    const size = scale[Math.floor(at / width)]! * scale[at % width]!;
    return size > 0 ? value / size : 0;
  });
  const { values, vectors } = symmetricEigen(scaled);
  return Array.from(values.keys())
    .filter((k) => values[k]! > leastSpread)
    .map((k) =>
      scale.map((size, i) => (size > 0 ? vectors[k * width + i]! / size / Math.sqrt(values[k]!) : 0)),
    );
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += one[i]! * other[i]!;
  return sum;
}
