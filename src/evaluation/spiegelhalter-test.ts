import { checkOneOf, checkOptionNames } from '../core/checks.ts';
import { type ClusterNumbers, clusterNumbers } from '../core/cluster-numbers.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { type ScoreOptions, scoreOptionNames } from '../metrics/measure-options.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { normalCdf } from '../numerics/special-functions.ts';
import { ScoreSums } from './score-test.ts';

/** What the Brier score is taken of: all classes' probabilities, or the confidence. */
export type SpiegelhalterNotion = 'canonical' | 'confidence';

/** Options of {@link spiegelhalterTest}. */
export interface SpiegelhalterOptions extends ScoreOptions {
  /**
   * `canonical`: all classes' probabilities, for two classes the test as published. `confidence`: the confidence against
   * whether the prediction is right. Default `canonical`.
   */
  readonly notion?: SpiegelhalterNotion;
  /** N names of clusters, such as patients, whose rows may depend on one another. Default: rows are independent. */
  readonly clusters?: ArrayLike<string | number>;
}

/** A statistic that is standard normal under perfect calibration. */
export interface SpiegelhalterResult {
  /** Above 0: the Brier score is worse than the probabilities promise, which is overconfidence. `null` where they promise certainty only. */
  readonly z: number | null;
  /** Two-sided, from the normal distribution. */
  readonly pValue: number | null;
}

/**
 * Spiegelhalter's test of calibration: the Brier score against what the probabilities promise of it.
 *
 * Z = Σ w (B − E B)/√(Σ w² Var B), with E B = 1 − Σ_k p_k² and Var B = 4(Σ_k p_k³ − (Σ_k p_k²)²) where labels are drawn
 * from the row's probabilities; with two classes that is Σ (y − p)(1 − 2p)/√(Σ (1 − 2p)² p(1 − p)). Rows that promise
 * certainty and fail make Z infinite when no other row promises less. With `clusters` the products of rows of
 * one cluster are added to the variance, which is not taken to be below that of independent rows.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N·K).
 *
 * @example
 * ```ts
 * import { spiegelhalterTest } from 'calibrant';
 *
 * // Three of four right at 0.75: a Brier score of exactly what is promised.
 * const { z, pValue } = spiegelhalterTest([[0.75, 0.25], [0.75, 0.25], [0.75, 0.25], [0.75, 0.25]], [0, 0, 0, 1]);
 * assert.equal(z, 0);
 * assert.equal(pValue, 1);
 * ```
 *
 * Source: Spiegelhalter 1986, "Probabilistic prediction in patient management and clinical trials".
 */
export function spiegelhalterTest(
  scores: MatrixInput,
  labels: LabelInput,
  options: SpiegelhalterOptions = {},
): SpiegelhalterResult {
  checkOptionNames(options, [...scoreOptionNames, 'notion', 'clusters']);
  const { notion = 'canonical', clusters } = options;
  checkOneOf('notion', notion, ['canonical', 'confidence']);
  const sample = readSample(scores, labels, options);
  const numbers =
    clusters === undefined ? undefined : clusterNumbers(clusters, sample.source.rows, sample.weights);
  return spiegelhalterOfSample(sample, notion, numbers);
}

/** {@link spiegelhalterTest} of a checked sample. */
export function spiegelhalterOfSample(
  sample: MeasureSample,
  notion: SpiegelhalterNotion,
  clusters?: ClusterNumbers,
): SpiegelhalterResult {
  if (clusters !== undefined) return clusteredZ(sample, notion, clusters);
  const excess = new CompensatedSum();
  const variance = new CompensatedSum();
  forEachSurplus(sample, notion, (_, weight, surplus, spread) => {
    excess.add(weight * surplus);
    variance.add(weight * weight * spread);
  });
  const deviation = Math.sqrt(Math.max(variance.value, 0));
  if (deviation === 0)
    return excess.value > 0 ? { z: Number.POSITIVE_INFINITY, pValue: 0 } : { z: null, pValue: null };
  const z = excess.value / deviation;
  return { z, pValue: Math.min(1, 2 * normalCdf(-Math.abs(z))) };
}

function clusteredZ(
  sample: MeasureSample,
  notion: SpiegelhalterNotion,
  clusters: ClusterNumbers,
): SpiegelhalterResult {
  const sums = new ScoreSums(1, clusters);
  const number = new Float64Array(1);
  forEachSurplus(sample, notion, (row, weight, surplus, spread) => {
    number[0] = surplus;
    sums.add(row, weight, number, () => spread);
  });
  const found = sums.test();
  return {
    z: found === null ? null : Math.sign(sums.sum(0)) * Math.sqrt(found.statistic),
    pValue: found?.pValue ?? null,
  };
}

function forEachSurplus(sample: MeasureSample, notion: SpiegelhalterNotion, add: Add): void {
  if (notion === 'confidence') ofConfidences(sample, add);
  else ofClasses(sample, add);
}

type Add = (row: number, weight: number, surplus: number, spread: number) => void;

function ofClasses({ source, labels, weights }: MeasureSample, add: Add): void {
  const p = new Float64Array(source.classes);
  for (let i = 0; i < source.rows; i += 1) {
    source.read(i, p);
    let squares = 0;
    for (const value of p) squares += value * value;
    // Σ p³ − (Σ p²)² = Σ p (p − Σ p²)², without a difference.
    let spread = 0;
    for (const value of p) spread += value * (value - squares) ** 2;
    add(i, weights === undefined ? 1 : weights[i]!, 2 * (squares - p[labels[i]!]!), 4 * spread);
  }
}

function ofConfidences(sample: MeasureSample, add: Add): void {
  const { confidence, correct } = sample.rowScores();
  for (let i = 0; i < confidence.length; i += 1) {
    const c = Math.min(confidence[i]!, 1);
    const slope = 1 - 2 * c;
    add(
      i,
      sample.weights === undefined ? 1 : sample.weights[i]!,
      (correct[i]! - c) * slope,
      slope * slope * c * (1 - c),
    );
  }
}
