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
}

/**
 * The middle part of the sandwich estimate: the variance of the summed score, from the squares of its independent parts.
 *
 * For rows Σ (w g/(1 − l))², where l = w v/Σ w v is the leverage of a row and v the variance of βz under p. For clusters
 * the same with w g and l summed over each cluster, times (C − 1)/C. Both are the jackknife estimate to first order.
 *
 * @param rows With scaled weights.
 * @param clusters Default: every row is independent of the others.
 * @param information Σ w v over all rows; `Infinity` for no correction by leverage.
 *
 * Source: MacKinnon and White 1985, "Some heteroskedasticity-consistent covariance matrix estimators with improved finite
 * sample properties" (HC3); Bell and McCaffrey 2002, "Bias reduction in standard errors for linear regression with
 * multi-stage samples" (the clusters).
 */
export function scoreVariance(
  rows: FitRows,
  clusters: ClusterNumbers | undefined,
  beta: number,
  information: number,
): ScoreVariance {
  const total = new CompensatedSum();
  const squares = new CompensatedSum();
  const scores = new Float64Array(clusters?.count ?? 0);
  const spreads = new Float64Array(clusters?.count ?? 0);
  const addPart = (score: number, spread: number): void => {
    const leverage = spread / information;
    const corrected = score === 0 ? 0 : score / (1 - leverage);
    squares.add(corrected * corrected);
  };
  const moments = { mean: 0, variance: 0 };
  forEachCounted(rows, (cells, offset, label, weight, row) => {
    temperedMoments(cells, offset, rows.logits.columns, label, beta, moments);
    const score = weight * moments.mean;
    total.add(score);
    if (clusters === undefined) {
      addPart(score, weight * moments.variance);
      return;
    }
    const cluster = clusters.numberOf[row]!;
    scores[cluster]! += score;
    spreads[cluster]! += weight * moments.variance;
  });
  for (let c = 0; c < scores.length; c += 1) addPart(scores[c]!, spreads[c]!);
  const share = clusters === undefined ? 1 : (clusters.count - 1) / clusters.count;
  return { sum: total.value, variance: squares.value * share };
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
