import { checkOptionNames, checkWhole } from '../core/checks.ts';
import { type ClusterNumbers, clusterNumbers } from '../core/cluster-numbers.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { type EventOptions, eventOptionNames } from '../metrics/measure-options.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import { type GroupRows, groupRows } from './group-rows.ts';
import { fewestClusters, ScoreSums } from './score-test.ts';

/** Options of {@link equalCalibrationTest}. */
export interface EqualCalibrationOptions extends EventOptions {
  /** Groups of fewer rows take no part, a whole number of 2 or more. Default 30. */
  readonly leastRows?: number;
  /** N names of clusters, such as patients, whose rows may depend on one another. Default: rows are independent. */
  readonly clusters?: ArrayLike<string | number>;
}

/** The result of {@link equalCalibrationTest}. */
export interface EqualCalibrationTest {
  /** About χ² with `degreesOfFreedom` where all groups have the same gap. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Groups that were compared. */
  readonly groups: number;
}

/** Groups beyond the largest 50 are compared as one. */
const mostGroups = 50;

/**
 * Tests whether groups of rows are calibrated alike: whether accuracy − mean confidence, or the share of class 1 less its
 * mean probability with `binary: 'positive'`, is the same in all of them. It need not be 0.
 *
 * The groups' sums of outcome − probability − d̄, d̄ the gap of all rows, are compared with their covariance. The variance of
 * a group is the larger of the observed one and that of outcomes drawn from the probabilities, so that a small group without an
 * error does not seem certain. Groups that differ in their probabilities alone pass, unlike in the permutation test of
 * `measureGroups`, whose hypothesis is that rows are exchangeable between groups.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @param groups N names of groups; numbers count as their text.
 * @returns `null` with fewer than two groups of `leastRows` rows, or with `clusters` fewer than 20 of those.
 * @throws CalibrationError `E_OPTION`, also for more than 1,000 groups; `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`,
 * `E_LOGIT_NEGINF`, or one of the label and weight codes.
 *
 * Cost O(N·(K + G²)) for G groups, at most 50.
 *
 * @example
 * ```ts
 * import { equalCalibrationTest } from 'calibrant';
 *
 * // 0.8 sure everywhere; right nine times in ten in the north and half the time in the south.
 * const rows = Array.from({ length: 200 }, () => [0.8, 0.2]);
 * const regions = rows.map((_, i) => (i < 100 ? 'north' : 'south'));
 * const labels = rows.map((_, i) => (i < 100 ? Number(i % 10 === 0) : i % 2));
 * const { degreesOfFreedom, pValue } = equalCalibrationTest(rows, labels, regions)!;
 * assert.equal(degreesOfFreedom, 1);
 * assert.ok(pValue < 1e-6);
 * ```
 *
 * Source: Rao 1948, "Large sample tests of statistical hypotheses concerning several parameters"; Cochran 1954, "The
 * combination of estimates from different experiments", for homogeneity.
 */
export function equalCalibrationTest(
  scores: MatrixInput,
  labels: LabelInput,
  groups: ArrayLike<string | number>,
  options: EqualCalibrationOptions = {},
): EqualCalibrationTest | null {
  checkOptionNames(options, [...eventOptionNames, 'leastRows', 'clusters']);
  const { leastRows = 30, clusters } = options;
  checkWhole('leastRows', leastRows, 2, Number.MAX_SAFE_INTEGER);
  const sample = readSample(scores, labels, options);
  const { rows } = sample.source;
  const numbers = clusters === undefined ? undefined : clusterNumbers(clusters, rows, sample.weights);
  return equalCalibrationOfGroups(sample, groupRows(groups, rows), leastRows, numbers);
}

/** {@link equalCalibrationTest} of a checked sample, its largest groups first. */
export function equalCalibrationOfGroups(
  sample: MeasureSample,
  groups: readonly GroupRows[],
  leastRows: number,
  clusters?: ClusterNumbers,
): EqualCalibrationTest | null {
  const large = groups.filter(({ rows }) => rows.length >= leastRows);
  if (large.length < 2 || (clusters !== undefined && clusters.count < fewestClusters)) return null;
  const compared = large.map(({ rows }, at) => ({ rows, group: Math.min(at, mostGroups - 1) }));
  const facts = factsOf(sample, compared);
  const width = facts.shares.length;
  const sums = new ScoreSums(width, clusters);
  const numbers = new Float64Array(width);
  const direction = new Float64Array(width);
  for (const { rows, group } of compared) {
    for (let g = 0; g < width; g += 1) direction[g] = (g === group ? 1 : 0) - facts.shares[g]!;
    const variance = facts.variances[group]!;
    const covariance = (i: number, j: number): number => variance * direction[i]! * direction[j]!;
    for (const row of rows) {
      const residual = facts.residualOf(row);
      for (let g = 0; g < width; g += 1) numbers[g] = residual * direction[g]!;
      sums.add(row, weightOf(sample, row), numbers, covariance);
    }
  }
  const found = sums.test();
  return found === null ? null : { ...found, groups: large.length };
}

interface GapFacts {
  /** Outcome − probability − d̄ of a row. */
  readonly residualOf: (row: number) => number;
  /** Share of each group in the total weight. */
  readonly shares: Float64Array;
  /** Variance of a residual in each group. */
  readonly variances: Float64Array;
}

type Compared = readonly { readonly rows: Uint32Array; readonly group: number }[];

function factsOf(sample: MeasureSample, compared: Compared): GapFacts {
  const { confidence, correct } = sample.events();
  const gapOf = (row: number): number => correct[row]! - Math.min(confidence[row]!, 1);
  const count = Math.min(compared.length, mostGroups);
  const sumsBy = (of: (row: number, weight: number, group: number) => number): Float64Array => {
    const sums = new Float64Array(count);
    for (const { rows, group } of compared)
      for (const row of rows) sums[group]! += of(row, weightOf(sample, row), group);
    return sums;
  };
  const weights = sumsBy((_, w) => w);
  const gaps = sumsBy((row, w) => w * gapOf(row));
  const means = gaps.map((gap, g) => (weights[g]! > 0 ? gap / weights[g]! : 0));
  const observed = sumsBy((row, w, g) => w * w * (gapOf(row) - means[g]!) ** 2);
  const expected = sumsBy((row, w) => {
    const c = Math.min(confidence[row]!, 1);
    return w * w * c * (1 - c);
  });
  const squares = sumsBy((_, w) => w * w);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const overall = gaps.reduce((sum, gap) => sum + gap, 0) / total;
  return {
    residualOf: (row) => gapOf(row) - overall,
    shares: weights.map((w) => w / total),
    variances: squares.map((square, g) => (square > 0 ? Math.max(observed[g]!, expected[g]!) / square : 0)),
  };
}

function weightOf({ weights }: MeasureSample, row: number): number {
  return weights === undefined ? 1 : weights[row]!;
}
