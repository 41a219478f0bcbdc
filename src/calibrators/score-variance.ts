import type { ClusterNumbers } from '../core/cluster-numbers.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { exp } from '../numerics/exponential.ts';
import { type FitRows, forEachCounted } from './fit-rows.ts';

/** The score of a weighted sample at one β: the slope of its summed NLL over ln β. */
export interface ScoreVariance {
  /** Σ w g, g = βΣ_k p_k z_k − β z_y the derivative of a row's NLL. */
  readonly sum: number;
  /** Variance of that sum, estimated from its independent parts. */
  readonly variance: number;
  /** Degrees of freedom of that estimate: with clusters their effective number less 1, `Infinity` without. */
  readonly freedom: number;
}

/** Degrees of freedom that the variance under the model counts for beside the observed squares. */
const modelFreedom = 30;

/**
 * The middle part of the sandwich estimate: the variance of the summed score, from the squares of its independent parts.
 *
 * For rows Σ (w g/(1 − l))², where l = w v/Σ w v is the leverage of a row and v the variance of βz under p. Where few heavy
 * weights make up that sum it is noisy and mostly too small, so it is moderated: averaged with Σ w²v, its expectation
 * where softmax(βz) is right, in the ratio of its degrees of freedom, (Σ w²v)²/Σ (w²v)², to 30. For clusters it is the sum
 * of the squares with w g and l summed over each cluster, times (C − 1)/C; its degrees of freedom are those of clusters
 * whose scores vary as the sums v_c of w v do, (Σ v_c)²/Σ v_c² − 1.
 *
 * @param rows With scaled weights.
 * @param clusters Default: every row is independent of the others.
 * @param information Σ w v over all rows; `Infinity` for no correction by leverage.
 *
 * Source: MacKinnon and White 1985, "Some heteroskedasticity-consistent covariance matrix estimators with improved finite
 * sample properties" (HC3); Smyth 2004, "Linear models and empirical Bayes methods for assessing differential expression in
 * microarray experiments" (moderated variances); Bell and McCaffrey 2002, "Bias reduction in standard errors for linear
 * regression with multi-stage samples" (clusters).
 */
export function scoreVariance(
  rows: FitRows,
  clusters: ClusterNumbers | undefined,
  beta: number,
  information: number,
): ScoreVariance {
  const total = new CompensatedSum();
  const parts = clusters === undefined ? rowParts(information) : clusterParts(clusters, information);
  const moments = { mean: 0, variance: 0 };
  forEachCounted(rows, (cells, offset, label, weight, row) => {
    temperedMoments(cells, offset, rows.logits.columns, label, beta, moments);
    total.add(weight * moments.mean);
    parts.add(weight * moments.mean, weight * moments.variance, weight, row);
  });
  return { sum: total.value, variance: parts.variance(), freedom: parts.freedom() };
}

/** Collects the squares of the parts of a sum. */
interface Parts {
  /** @param score w g of a row; `spread` its w v. */
  readonly add: (score: number, spread: number, weight: number, row: number) => void;
  readonly variance: () => number;
  readonly freedom: () => number;
}

function rowParts(information: number): Parts {
  const observed = new CompensatedSum();
  const expected = new CompensatedSum();
  let expectedSquares = 0;
  return {
    add: (score, spread, weight) => {
      observed.add(withoutPart(score, spread / information) ** 2);
      expected.add(weight * spread);
      expectedSquares += (weight * spread) ** 2;
    },
    variance: () => {
      const model = expected.value;
      const freedom = expectedSquares > 0 ? (model / expectedSquares) * model : 0;
      return (freedom * observed.value + modelFreedom * model) / (freedom + modelFreedom);
    },
    freedom: () => Number.POSITIVE_INFINITY,
  };
}

function clusterParts({ count, numberOf }: ClusterNumbers, information: number): Parts {
  const scores = new Float64Array(count);
  const spreads = new Float64Array(count);
  return {
    add: (score, spread, _, row) => {
      scores[numberOf[row]!]! += score;
      spreads[numberOf[row]!]! += spread;
    },
    variance: () => {
      const observed = new CompensatedSum();
      for (let c = 0; c < count; c += 1)
        observed.add(withoutPart(scores[c]!, spreads[c]! / information) ** 2);
      return ((count - 1) / count) * observed.value;
    },
    freedom: () => {
      const sum = new CompensatedSum();
      const squares = new CompensatedSum();
      for (const spread of spreads) {
        sum.add(spread);
        squares.add(spread * spread);
      }
      const effective = squares.value > 0 ? sum.value * (sum.value / squares.value) : count;
      return Math.max(Math.min(effective, count) - 1, 1);
    },
  };
}

/** By how much the sum would change at the optimum found without a part of it. */
function withoutPart(score: number, leverage: number): number {
  return score === 0 ? 0 : score / (1 - leverage);
}

/** Mean of β(z − z_y) and variance of βz under softmax(βz), by distances from the row's maximum. */
function temperedMoments(
  cells: Float64Array | Float32Array,
  offset: number,
  columns: number,
  label: number,
  beta: number,
  found: { mean: number; variance: number },
): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = offset; at < offset + columns; at += 1) if (cells[at]! > largest) largest = cells[at]!;
  let [sum, first, second] = [0, 0, 0];
  for (let at = offset; at < offset + columns; at += 1) {
    const x = beta * (cells[at]! - largest);
    const term = exp(x);
    // A masked class, or one out of reach: 0·∞ is NaN.
    if (!(term > 0)) continue;
    sum += term;
    first += term * x;
    second += term * x * x;
  }
  const mean = first / sum;
  found.mean = mean + beta * (largest - cells[offset + label]!);
  found.variance = Math.max(second / sum - mean * mean, 0);
}
