import { checkOneOf, checkWithin } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { toLabels, toWeights } from '../core/labels.ts';
import { type Matrix, type MatrixInput, toMatrix } from '../core/matrix.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { logRows } from '../kernels/log-rows.ts';
import { withComplement, withZeroLogit } from '../numerics/binary-columns.ts';
import { checkProbabilities } from '../numerics/probability-checks.ts';

/** Scores as logits with K ≥ 2 columns: no NaN, no +Infinity. */
export interface CheckedScores {
  readonly logits: Matrix;
  readonly kind: ScoreKind;
}

/** Checked scores beside their labels; the label's logit is finite in every row that counts. */
export interface CheckedSample extends CheckedScores {
  readonly labels: Int32Array;
  readonly weights: Float64Array | undefined;
  /** Rows of positive weight. */
  readonly counted: number;
  /** Sum of the weights. */
  readonly totalWeight: number;
}

/** What a caller can say about scores. */
export interface ScoreOptions {
  readonly input?: ScoreKind | undefined;
  readonly floor?: number | undefined;
}

/**
 * The border check of scores, with one column widened to two: the logit s to (0, s), the probability p to (1 − p, p).
 * Probabilities become ln p.
 */
export function checkedScores(
  input: MatrixInput,
  { input: kind = 'logits', floor }: ScoreOptions,
  rows?: number,
): CheckedScores {
  checkOneOf('input', kind, ['logits', 'probabilities']);
  if (floor !== undefined) checkWithin('floor', floor, Number.MIN_VALUE, 1);
  const matrix = toMatrix(input, rows);
  if (kind === 'logits') {
    checkLogits(matrix);
    return { logits: matrix.columns === 1 ? withZeroLogit(matrix) : matrix, kind };
  }
  checkProbabilities(matrix);
  const probabilities = matrix.columns === 1 ? withComplement(matrix) : matrix;
  return { logits: logRows(floor === undefined ? probabilities : clipped(probabilities, floor)), kind };
}

/** The border check of scores with labels and weights, for a fit. */
export function checkedSample(
  input: MatrixInput,
  labels: ArrayLike<number>,
  options: ScoreOptions & { readonly weights?: ArrayLike<number> | undefined },
): CheckedSample {
  const scores = checkedScores(input, options, labels.length);
  const { rows, columns } = scores.logits;
  const checkedLabels = toLabels(labels, rows, columns);
  const weights = options.weights === undefined ? undefined : toWeights(options.weights, rows);
  checkTrueClasses(scores, checkedLabels, weights);
  checkSpans(scores.logits, weights);
  const counted = weights === undefined ? rows : weights.reduce((n, weight) => (weight > 0 ? n + 1 : n), 0);
  const totalWeight = weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
  if (!(totalWeight < Number.POSITIVE_INFINITY)) {
    throw new CalibrationError('E_WEIGHT', { what: 'the weights sum to more than 1.8e308' });
  }
  return { ...scores, labels: checkedLabels, weights, counted, totalWeight };
}

function checkLogits({ data, columns }: Matrix): void {
  let first = -1;
  let bad = 0;
  for (let at = 0; at < data.length; at += 1) {
    if (data[at]! < Number.POSITIVE_INFINITY) continue;
    if (first < 0) first = at;
    bad += 1;
  }
  if (first < 0) return;
  const more = bad === 1 ? '' : ` (and ${bad - 1} more bad cell${bad === 2 ? '' : 's'})`;
  throw new CalibrationError('E_LOGIT_NAN', {
    index: Math.floor(first / columns),
    what: `logit ${data[first]} of class ${first % columns}${more}`,
    value: data[first],
  });
}

function checkTrueClasses(
  { logits: { data, columns }, kind }: CheckedScores,
  labels: Int32Array,
  weights: Float64Array | undefined,
): void {
  for (let i = 0; i < labels.length; i += 1) {
    if (data[i * columns + labels[i]!]! > Number.NEGATIVE_INFINITY || weights?.[i] === 0) continue;
    if (kind === 'probabilities') {
      throw new CalibrationError('E_PROB_ZERO_TRUE', {
        index: i,
        what: 'the true class has probability 0, so NLL is infinite',
        value: 0,
        hint: 'Pass --floor 1e-12 to clip (changes the result).',
      });
    }
    throw new CalibrationError('E_LOGIT_NEGINF_TRUE', {
      index: i,
      what: 'the true class has logit -inf',
      value: Number.NEGATIVE_INFINITY,
    });
  }
}

/** Only a row with a logit beyond this can span more than the doubles reach. */
const halfOfLargest = Number.MAX_VALUE / 2;

function checkSpans({ data, columns }: Matrix, weights: Float64Array | undefined): void {
  for (let at = 0; at < data.length; at += 1) {
    if (!(Math.abs(data[at]!) > halfOfLargest)) continue;
    const index = Math.floor(at / columns);
    const row = data.subarray(index * columns, (index + 1) * columns).filter(Number.isFinite);
    if (Math.max(...row) - Math.min(...row) < Number.POSITIVE_INFINITY || weights?.[index] === 0) continue;
    throw new CalibrationError('E_LOGIT_RANGE', { index, what: 'logits span more than 1.8e308' });
  }
}

function clipped({ data, rows, columns }: Matrix, floor: number): Matrix {
  return { data: Float64Array.from(data, (p) => Math.min(Math.max(p, floor), 1)), rows, columns };
}
