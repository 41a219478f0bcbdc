import { checkOneOf } from '../core/checks.ts';
import { type ClusterNames, type ClusterNumbers, clusterNumbers } from '../core/cluster-numbers.ts';
import { CalibrationError } from '../core/errors.ts';
import {
  checkCounts,
  type LabelInput,
  labelList,
  toLabels,
  toWeights,
  type WeightInput,
} from '../core/labels.ts';
import { type Matrix, type MatrixInput, toMatrix } from '../core/matrix.ts';
import { type WeightKind, weightKinds } from '../core/scored-set.ts';
import { type LogitSurvey, surveyLogits } from '../kernels/survey.ts';
import { type CheckedScores, checkedScores, checkLogits, type ScoreOptions } from './checked-scores.ts';
import { zeroTruth } from './zero-truth.ts';

/** Checked scores beside their labels; the label's logit is finite in every row that counts. */
export interface CheckedSample extends CheckedScores {
  /** The extremes of each row of the logits. */
  readonly survey: LogitSurvey;
  readonly labels: Int32Array;
  readonly weights: Float64Array | undefined;
  /** Rows of positive weight. */
  readonly counted: number;
  /** Sum of the weights. */
  readonly totalWeight: number;
  readonly weighting: Weighting;
}

/** What the weights of the rows mean, and which rows depend on one another. */
export interface Weighting {
  /** `undefined` without weights. */
  readonly kind: WeightKind | undefined;
  /** (Σw)²/Σw² of importance weights. */
  readonly effectiveRows: number | undefined;
  readonly clusters: ClusterNumbers | undefined;
}

/** What a caller can say about rows beside their scores. */
export interface RowOptions {
  readonly weights?: WeightInput | undefined;
  readonly weightKind?: WeightKind | undefined;
  readonly clusters?: ClusterNames | undefined;
}

/** The border check of scores with labels and weights, for a fit. */
export function checkedSample(
  input: MatrixInput,
  labels: LabelInput,
  options: ScoreOptions & RowOptions,
): CheckedSample {
  const list = labelList(labels);
  const { scores, survey } = surveyed(input, options, list.length);
  const { rows, columns } = scores.logits;
  const checkedLabels = toLabels(list, rows, columns);
  const weights = options.weights === undefined ? undefined : toWeights(options.weights, rows);
  if (survey.smallest.includes(Number.NEGATIVE_INFINITY)) {
    checkTrueClasses(scores, checkedLabels, weights, toMatrix(input, list.length));
  }
  checkSpans(scores.logits, survey, weights);
  const counted = weights === undefined ? rows : weights.reduce((n, weight) => (weight > 0 ? n + 1 : n), 0);
  const totalWeight = weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
  const kind = kindOf(options.weightKind, weights !== undefined);
  if (kind === 'counts' && weights !== undefined) checkCounts(weights);
  const squares = weights === undefined ? 0 : squaresOver(weights, totalWeight / counted);
  const weighting = weightingOf(kind, counted, squares, numbersOf(options.clusters, rows, weights));
  return { ...scores, survey, labels: checkedLabels, weights, counted, totalWeight, weighting };
}

/** The kind of weights, if there are any, or were before the rows were written out. */
export function kindOf(kind: WeightKind = 'importance', isWeighted: boolean): WeightKind | undefined {
  checkOneOf('weightKind', kind, weightKinds);
  return isWeighted || kind === 'counts' ? kind : undefined;
}

/** Σ (w/unit)², added to the sum of the weights before these. */
export function squaresOver(weights: Float64Array, unit: number, before = 0): number {
  let sum = before;
  for (let i = 0; i < weights.length; i += 1) sum += (weights[i]! / unit) ** 2;
  return sum;
}

/** @param squares Σ (w/w̄)² over the rows that count, w̄ their mean weight. */
export function weightingOf(
  kind: WeightKind | undefined,
  counted: number,
  squares: number,
  clusters: ClusterNumbers | undefined,
): Weighting {
  return {
    kind,
    effectiveRows: kind === 'importance' ? (counted * counted) / squares : undefined,
    clusters,
  };
}

/** {@link clusterNumbers} where there are clusters. */
export function numbersOf(
  clusters: ClusterNames | undefined,
  rows: number,
  weights: Float64Array | undefined,
): ClusterNumbers | undefined {
  return clusters === undefined ? undefined : clusterNumbers(clusters, rows, weights);
}

/** The checked scores with the extremes of their rows. Logits as they are used are looked at once for both. */
function surveyed(
  input: MatrixInput,
  options: ScoreOptions,
  rows: number,
): { readonly scores: CheckedScores; readonly survey: LogitSurvey } {
  const { input: kind = 'logits' } = options;
  const matrix = toMatrix(input, rows);
  if (kind === 'logits' && options.floor === undefined && matrix.columns > 1) {
    const survey = surveyLogits(matrix);
    if (!survey.isNumeric || survey.largest.includes(Number.POSITIVE_INFINITY)) checkLogits(matrix);
    return { scores: { logits: matrix, kind }, survey };
  }
  const scores = checkedScores(matrix, options);
  return { scores, survey: surveyLogits(scores.logits) };
}

function checkTrueClasses(
  { logits: { data, columns }, kind }: CheckedScores,
  labels: Int32Array,
  weights: Float64Array | undefined,
  given: Matrix,
): void {
  for (let i = 0; i < labels.length; i += 1) {
    if (data[i * columns + labels[i]!]! > Number.NEGATIVE_INFINITY || weights?.[i] === 0) continue;
    if (kind === 'probabilities') throw zeroTruth(i, given);
    throw new CalibrationError('E_LOGIT_NEGINF_TRUE', {
      index: i,
      what: 'the true class has logit -inf',
      value: Number.NEGATIVE_INFINITY,
    });
  }
}

/** Only a row with a logit beyond this can span more than the doubles reach. */
const halfOfLargest = Number.MAX_VALUE / 2;

function checkSpans(
  { data, columns }: Matrix,
  { largest, smallest }: LogitSurvey,
  weights: Float64Array | undefined,
): void {
  if (data instanceof Float32Array) return;
  if (!anyBeyond(largest, halfOfLargest) && !anyBeyond(smallest, halfOfLargest)) return;
  for (let at = 0; at < data.length; at += 1) {
    if (!(Math.abs(data[at]!) > halfOfLargest)) continue;
    const index = Math.floor(at / columns);
    const row = data.subarray(index * columns, (index + 1) * columns).filter(Number.isFinite);
    if (Math.max(...row) - Math.min(...row) < Number.POSITIVE_INFINITY || weights?.[index] === 0) continue;
    throw new CalibrationError('E_LOGIT_RANGE', { index, what: 'logits span more than 1.8e308' });
  }
}

function anyBeyond(values: Float64Array, limit: number): boolean {
  for (let i = 0; i < values.length; i += 1) if (Math.abs(values[i]!) > limit) return true;
  return false;
}
