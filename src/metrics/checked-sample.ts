import { CalibrationError } from '../core/errors.ts';
import { type LabelInput, labelList, toLabels, toWeights, type WeightInput } from '../core/labels.ts';
import { type Matrix, type MatrixInput, toMatrix } from '../core/matrix.ts';
import type { ScoreKind } from '../core/scored-set.ts';
import { type ProbabilitySurvey, surveyLogits, surveyProbabilities } from '../kernels/survey.ts';
import { withComplement, withZeroLogit } from '../numerics/binary-columns.ts';
import { checkLogits } from '../numerics/logit-checks.ts';
import { checkedProbabilities } from '../numerics/probability-checks.ts';
import { type ProbabilityRows, probabilityRows, temperedRows } from './probability-rows.ts';

/** Probabilities, labels and weights that passed the checks. */
export interface Sample {
  /** N rows of K ≥ 2 probabilities. */
  readonly source: ProbabilityRows;
  readonly labels: Int32Array;
  readonly weights: Float64Array | undefined;
}

/**
 * The border check of every measure. One column stands for two: the probability p of class 1 for (1 − p, p), the logit
 * s for (0, s). Logits are taken at T = 1.
 */
export function checkedSample(
  input: MatrixInput,
  labels: LabelInput,
  weights: WeightInput | undefined,
  kind: ScoreKind = 'probabilities',
): Sample {
  const list = labelList(labels);
  const matrix = toMatrix(input, list.length);
  if (matrix.rows === 0) throw new CalibrationError('E_TOO_FEW', { what: '0 rows; at least 1 is needed' });
  const source = kind === 'probabilities' ? fromProbabilities(matrix) : fromLogits(matrix);
  return {
    source,
    labels: toLabels(list, source.rows, source.classes),
    weights: weights === undefined ? undefined : toWeights(weights, source.rows),
  };
}

function fromProbabilities(matrix: Matrix): ProbabilityRows {
  const survey = matrix.columns === 0 ? undefined : surveyProbabilities(matrix);
  const isSure = survey !== undefined && areSurelyProbabilities(matrix, survey);
  const checked = isSure ? matrix : checkedProbabilities(matrix);
  if (matrix.columns === 1) return probabilityRows(withComplement(checked));
  if (!isSure) return probabilityRows(checked);
  return { ...probabilityRows(matrix), predictions: { tops: survey.tops, confidence: survey.largest } };
}

function fromLogits(matrix: Matrix): ProbabilityRows {
  const scores = matrix.columns === 1 ? withZeroLogit(matrix) : matrix;
  if (!areSurelyLogits(scores)) checkLogits(scores);
  return temperedRows({ scores, kind: 'logits' }, 1);
}

/** Room for rounding in a row sum, below which the exact check need not look. */
const surelyNearOne = 0.9e-3;

/** Whether one quick look finds nothing to refuse; where it does, the exact check has the say. */
function areSurelyProbabilities(
  { columns }: Matrix,
  { largest, smallest, sums, isNumeric }: ProbabilitySurvey,
): boolean {
  return (
    isNumeric &&
    largest.every((most) => most <= 1) &&
    smallest.every((least) => least >= 0) &&
    (columns === 1 || sums.every((sum) => Math.abs(sum - 1) <= surelyNearOne))
  );
}

function areSurelyLogits(matrix: Matrix): boolean {
  if (matrix.columns === 0) return false;
  const { largest, isNumeric } = surveyLogits(matrix);
  return isNumeric && largest.every((most) => Math.abs(most) < Number.POSITIVE_INFINITY);
}
