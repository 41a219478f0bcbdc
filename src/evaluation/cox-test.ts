import { checkOptionNames } from '../core/checks.ts';
import { type ClusterNumbers, clusterNumbers } from '../core/cluster-numbers.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { type ScoreOptions, scoreOptionNames } from '../metrics/measure-options.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import { log } from '../numerics/logarithm.ts';
import { ScoreSums } from './score-test.ts';

/** Options of {@link coxTest}. */
export interface CoxOptions extends ScoreOptions {
  /** N names of clusters, such as patients, whose rows may depend on one another. Default: rows are independent. */
  readonly clusters?: ArrayLike<string | number>;
}

/** The result of {@link coxTest}. */
export interface CoxTest {
  /** About χ² with `degreesOfFreedom` under calibration; infinite where a class of probability 0 occurred. */
  readonly statistic: number | null;
  /** `null` where no row leaves anything open. */
  readonly pValue: number | null;
  /** Intercepts that are tested, and 1 for the slope. */
  readonly degreesOfFreedom: number;
}

/**
 * Cox's test of calibration: whether the labels are explained better by softmax(a + b·ln p) than by p itself, with an
 * intercept a_k for each class but one and a slope b. With two classes that is logit P = a + b·logit p, calibration
 * intercept and slope together.
 *
 * It is the score test of a = 0 and b = 1: Σ w (1[y = k] − p_k) and Σ w Σ_k (1[y = k] − p_k) ln p_k over the rows, with
 * the covariance that labels drawn from the probabilities give them, so nothing is fitted and the test exists for
 * separable labels. Weights enter the covariance as squares. Classes that are expected in fewer than 5 rows, and those
 * beyond the 50 best known, share the intercept 0. With `clusters` the products of rows of one cluster are added to the
 * covariance, and there is at most one intercept per 5 clusters.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N·(K + d²)) for d degrees of freedom.
 *
 * @example
 * ```ts
 * import { coxTest } from 'calibrant';
 *
 * // Class 1 is promised 3 times in 10 and comes up 6 times in 10: (60 − 30)²/(100·0.3·0.7).
 * const labels = Array.from({ length: 100 }, (_, i) => Number(i % 10 < 6));
 * const { statistic, degreesOfFreedom, pValue } = coxTest(Array(100).fill([0.7, 0.3]), labels);
 * assert.ok(Math.abs(statistic! - 900 / 21) < 1e-9);
 * // All rows are alike, so that slope and intercept are one.
 * assert.equal(degreesOfFreedom, 1);
 * assert.ok(pValue! < 1e-9);
 * ```
 *
 * Source: Cox 1958, "Two further applications of a model for binary regression"; van Hoorde et al. 2014, "Assessing
 * calibration of multinomial risk prediction models", for several classes.
 */
export function coxTest(scores: MatrixInput, labels: LabelInput, options: CoxOptions = {}): CoxTest {
  checkOptionNames(options, [...scoreOptionNames, 'clusters']);
  const sample = readSample(scores, labels, options);
  const { clusters } = options;
  return coxTestOfSample(
    sample,
    clusters === undefined ? undefined : clusterNumbers(clusters, sample.source.rows, sample.weights),
  );
}

/** {@link coxTest} of a checked sample. */
export function coxTestOfSample(sample: MeasureSample, clusters?: ClusterNumbers): CoxTest {
  const most = clusters === undefined ? mostIntercepts : Math.min(mostIntercepts, clusters.count / 5 - 1);
  const intercepts = interceptsOf(sample, most);
  const slope = intercepts.length;
  const sums = new ScoreSums(slope + 1, clusters);
  addScores(sample, intercepts, sums);
  if (!Number.isFinite(sums.sum(slope)))
    return { statistic: Number.POSITIVE_INFINITY, pValue: 0, degreesOfFreedom: slope + 1 };
  return sums.test() ?? { statistic: null, pValue: null, degreesOfFreedom: 0 };
}

const mostIntercepts = 50;
const leastExpected = 5;

/** The classes with an intercept of their own, by the information that the probabilities have of them. */
function interceptsOf({ source, weights }: MeasureSample, most: number): readonly number[] {
  const { rows, classes } = source;
  const p = new Float64Array(classes);
  const [first, second] = [new Float64Array(classes), new Float64Array(classes)];
  for (let i = 0; i < rows; i += 1) {
    source.read(i, p);
    const w = weights === undefined ? 1 : weights[i]!;
    for (let k = 0; k < classes; k += 1) {
      const spread = w * p[k]! * (1 - p[k]!);
      first[k]! += spread;
      second[k]! += w * spread;
    }
  }
  const expected = first.map((sum, k) => (sum > 0 ? sum * (sum / second[k]!) : 0));
  const known = Array.from(expected.keys())
    .filter((k) => expected[k]! >= leastExpected)
    .sort((a, b) => expected[b]! - expected[a]! || a - b);
  const count = Math.min(known.length === classes ? classes - 1 : known.length, Math.max(most, 0));
  return known.slice(0, count);
}

/** Adds 1[y = k] − p_k of the classes with an intercept, and ln p_y − Σ p ln p, with their covariance where y is drawn from p. */
function addScores(
  { source, labels, weights }: MeasureSample,
  intercepts: readonly number[],
  sums: ScoreSums,
): void {
  const { rows, classes } = source;
  const slope = intercepts.length;
  const p = new Float64Array(classes);
  const numbers = new Float64Array(slope + 1);
  const chance = new Float64Array(slope);
  // Covariances with the slope; the last is its variance.
  const away = new Float64Array(slope + 1);
  const covariance = (i: number, j: number): number => {
    if (j === slope) return away[i]!;
    return (i === j ? chance[i]! : 0) - chance[i]! * chance[j]!;
  };
  for (let row = 0; row < rows; row += 1) {
    const weight = weights === undefined ? 1 : weights[row]!;
    const top = source.read(row, p);
    if (weight === 0) continue;
    const label = labels[row]!;
    let [mean, others] = [0, 0];
    for (let k = 0; k < classes; k += 1) {
      if (k !== top) others += p[k]!;
      if (p[k]! > 0) mean += p[k]! * log(p[k]!);
    }
    away[slope] = 0;
    for (let k = 0; k < classes; k += 1) if (p[k]! > 0) away[slope]! += p[k]! * (log(p[k]!) - mean) ** 2;
    for (let at = 0; at < slope; at += 1) {
      const k = intercepts[at]!;
      chance[at] = p[k]!;
      away[at] = p[k]! > 0 ? p[k]! * (log(p[k]!) - mean) : 0;
      numbers[at] = (label === k ? 1 : 0) - p[k]!;
    }
    numbers[slope] = -source.surprisal(row, label, top, others / p[top]!) - mean;
    sums.add(row, weight, numbers, covariance);
  }
}
