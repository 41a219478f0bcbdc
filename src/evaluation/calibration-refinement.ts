import { checkOneOf, checkOptionNames, checkWhole } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import { type MatrixInput, toMatrix } from '../core/matrix.ts';
import { type Notice, notice } from '../core/notices.ts';
import { seededRandom } from '../core/random.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import { heldNumbers } from '../core/stored-set.ts';
import { type MeasureSample, readSample } from '../metrics/measure-sample.ts';
import { withComplement, withZeroLogit } from '../numerics/binary-columns.ts';
import { canonicalOrder } from './canonical-sample.ts';
import { type RefinementJob, scoreGiven, scoreRefined } from './refined-score.ts';
import { rowsOf } from './rows-of.ts';
import { type DrawnOptions, drawnOptionNames, seedOf } from './sample-options.ts';
import { stratifiedFolds } from './stratified-folds.ts';

/** How scores are recalibrated: all classes by a temperature, or one probability per row by isotonic regression. */
export type Recalibrator = 'temperature' | 'isotonic';

/** Options of {@link calibrationRefinement}. */
export interface RefinementOptions extends DrawnOptions {
  /** The proper score to split: `log` −ln p of the label, or `brier`. Default `log`. */
  readonly score?: 'log' | 'brier';
  /**
   * `temperature`: the score of all classes, with the Brier score summed over them. `isotonic`: the score of one
   * probability against one outcome, as `binary` says. Default `temperature`.
   */
  readonly recalibration?: Recalibrator;
  /** Folds, a whole number 2..100, and no more than rows. Default 5. */
  readonly folds?: number;
}

/** A mean score in two parts: score = refinement + calibration error. */
export interface RefinementSplit {
  /** The score after recalibration: what the model cannot tell apart. */
  readonly refinement: number;
  /** What recalibration wins; below 0 where it loses by chance, infinite where the score is. */
  readonly calibrationError: number;
}

/** A mean proper score split by recalibration. */
export interface CalibrationRefinement {
  readonly score: number;
  /** By recalibrations fitted without the row; `null` where some fold admits none. */
  readonly crossFitted: RefinementSplit | null;
  /** By a recalibration fitted on all rows, which it flatters: the refinement is biased down. */
  readonly optimistic: RefinementSplit | null;
  readonly folds: number;
  /** `W_CROSS_FIT` where a part is missing. */
  readonly notices: readonly Notice[];
}

/**
 * Splits a mean proper score S into refinement and calibration error: S(g∘f), g being the recalibration that a family of
 * maps does best by, and S(f) − S(g∘f). Each row is judged by a g that was fitted without it, so the calibration error
 * is not biased up by fitting noise; it is a lower bound of the true one where the family cannot mend the model.
 *
 * g is temperature scaling or isotonic regression, mixed with a uniform distribution of weight 1/(n + 1), so that no
 * loss after recalibration is infinite. Folds are stratified and depend on the seed, not on the order of the rows.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @throws CalibrationError `E_OPTION`, `E_ABORTED`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or
 * one of the label and weight codes.
 *
 * Cost: `folds` + 1 fits.
 *
 * @example
 * ```ts
 * import { calibrationRefinement } from 'calibrant';
 *
 * // Margin 4, right three times in four: much too sure.
 * const rows = Array.from({ length: 400 }, () => [4, 0]);
 * const labels = rows.map((_, i) => (i % 4 === 0 ? 1 : 0));
 * const { score, crossFitted } = calibrationRefinement(rows, labels, { input: 'logits' });
 * const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
 * assert.ok(Math.abs(crossFitted!.refinement - entropy) < 0.001);
 * assert.ok(Math.abs(crossFitted!.refinement + crossFitted!.calibrationError - score) < 1e-12);
 * ```
 *
 * Source: Berta, Holzmüller, Jordan and Bach 2025, "Rethinking early stopping: refine, then calibrate"; Bröcker 2009,
 * "Reliability, sufficiency, and the decomposition of proper scores".
 */
export function calibrationRefinement(
  scores: MatrixInput,
  labels: LabelInput,
  options: RefinementOptions = {},
): CalibrationRefinement {
  checkOptionNames(options, [...drawnOptionNames, 'score', 'recalibration', 'folds']);
  const { score = 'log', recalibration = 'temperature', folds: asked = 5 } = options;
  checkOneOf('score', score, ['log', 'brier']);
  checkOneOf('recalibration', recalibration, ['temperature', 'isotonic']);
  checkWhole('folds', asked, 2, 100);
  const seed = seedOf(options);
  const sample = readSample(scores, labels, options);
  const set = rowsOf(setOf(scores, sample, options), Int32Array.from(canonicalOrder([sample])));
  const ordered = readSample(set.scores, set.labels, { ...options, ...weightsOf(set) });
  const folds = Math.min(asked, set.scores.rows);
  const job: RefinementJob = { set, sample: ordered, score, recalibration };
  const foldOf = folds < 2 ? undefined : heldNumbers(stratifiedFolds(set, folds, seededRandom(seed)));
  const given = scoreGiven(job);
  const split = (refinement: number | undefined): RefinementSplit | null =>
    refinement === undefined ? null : { refinement, calibrationError: given - refinement };
  const crossFitted = split(foldOf && scoreRefined(job, foldOf, folds, options));
  const optimistic = split(scoreRefined(job, undefined, 1, options));
  return {
    score: given,
    crossFitted,
    optimistic,
    folds: crossFitted === null ? 0 : folds,
    notices:
      crossFitted === null || optimistic === null
        ? [
            notice(
              'W_CROSS_FIT',
              `the score cannot be split because some rows admit no ${recalibration} fit.`,
            ),
          ]
        : [],
  };
}

/** The rows as a fit takes them; checked already. */
function setOf(
  scores: MatrixInput,
  { labels, weights }: MeasureSample,
  { input = 'probabilities' }: RefinementOptions,
): ScoredSet {
  const matrix = toMatrix(scores, labels.length);
  const both = input === 'logits' ? withZeroLogit : withComplement;
  const full = matrix.columns === 1 ? both(matrix) : matrix;
  return {
    kind: input,
    scores: full,
    labels,
    ...(weights === undefined ? {} : { weights }),
    classNames: Array.from({ length: full.columns }, (_, k) => String(k)),
    namedClasses: false,
  };
}

function weightsOf({ weights }: ScoredSet): { readonly weights?: Float64Array } {
  return weights === undefined ? {} : { weights };
}
