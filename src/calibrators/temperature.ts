import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { storedNumbers } from '../core/number-store.ts';
import { matrixRows } from '../core/score-rows.ts';
import type { ScoredSet, ScoreKind } from '../core/scored-set.ts';
import { storedSet } from '../core/stored-set.ts';
import type { TemperatureModel } from '../core/temperature-model.ts';
import { isFloored } from '../core/treatment.ts';
import { rowDistances } from '../kernels/packed-logits.ts';
import { predictTemperature } from './apply-temperature.ts';
import type { Calibrator } from './calibrator.ts';
import { checkedSample } from './checked-sample.ts';
import { fitReady, prepareFit, type ReadyFit } from './fit-sample.ts';
import { type FoldRows, foldTemperatures } from './fold-temperatures.ts';
import { localLoss } from './loss-passes.ts';
import { fitStored, storedFoldRows } from './stored-fit.ts';
import {
  type TemperatureOptions,
  type TemperatureSearchOptions,
  temperatureSettings,
} from './temperature-options.ts';

/**
 * Fits the temperature T that makes softmax(z/T) most likely: the one number that minimises the mean negative
 * log-likelihood of the labels.
 *
 * L(β) = mean_i [ln Σ_k exp(β z_ik) − β z_iy], β = 1/T, is convex in β. Whether it has a minimum at a finite T > 0 is
 * decided first, exactly. The minimum is approached by L-BFGS in ln β, for large sets on every n-th row and in single
 * precision on all, and finished on all rows by the power series of the loss, to the last place; everything published is
 * summed in float64 with compensation, in row order. Multiplying all logits by c > 0 multiplies T by c, with the same digits where c is a power of two.
 *
 * @param logits N×K logits, or probabilities with `input: 'probabilities'`; one column s means the logits (0, s),
 * one column p for the probabilities (1 − p, p). A flat array has N = labels.length rows. −Infinity masks a class
 * that is not the label.
 * @param labels N class indices, 0-based.
 * @param options See {@link TemperatureOptions}.
 * @returns A plain record. A set without an optimum is not an error but a `status` without a temperature. `nll.before`
 * is that of softmax(z) at T = 1, so for probabilities whose rows do not quite sum to 1, that of the renormalised rows.
 * @throws CalibrationError `E_LOGIT_NAN`, `E_LOGIT_NEGINF_TRUE`, `E_LOGIT_RANGE`, `E_PROB_RANGE`, `E_PROB_SUM`,
 * `E_PROB_ZERO_TRUE`, `E_TOO_FEW` (below 2 rows of positive weight), `E_OPTION`, `E_ABORTED`, or one of the shape, label
 * and weight codes.
 *
 * Cost: O(NK) per pass; two or three passes where rows are many, some seven where they are few.
 *
 * @example
 * ```ts
 * import { fitTemperature } from 'calibrant';
 *
 * // Two classes, margin 2, right three times in four: the odds 3 : 1 ask for 2/T = ln 3.
 * const { status, temperature } = fitTemperature([[2, 0], [2, 0], [2, 0], [2, 0]], [0, 0, 0, 1]);
 * assert.equal(status, 'converged');
 * assert.ok(Math.abs(temperature! - 2 / Math.log(3)) < 1e-14);
 * ```
 *
 * Source: Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks", section 4.2.
 */
export function fitTemperature(
  logits: MatrixInput,
  labels: LabelInput,
  options: TemperatureOptions = {},
): TemperatureModel {
  const settings = temperatureSettings(options);
  return fitReady(fitInMemory(logits, labels, options), settings);
}

/** Rows in memory, ready to be fitted. */
export function fitInMemory(
  logits: MatrixInput,
  labels: LabelInput,
  options: Pick<TemperatureOptions, 'input' | 'floor' | 'weights' | 'weightKind' | 'clusters'>,
): ReadyFit {
  const facts = checkedSample(logits, labels, options);
  const prepared = prepareFit(facts);
  return { facts, prepared, source: localLoss(prepared.packed) };
}

/** Temperature scaling as a {@link Calibrator}: one number for all rows and classes. */
export const temperatureScaling: Calibrator<TemperatureModel, TemperatureSearchOptions> = {
  type: 'temperature',
  title: 'temperature scaling',
  inputs: ['logits', 'probabilities'] satisfies ScoreKind[],
  preservesArgmax: true,
  fit: (set: ScoredSet, options: TemperatureSearchOptions = {}) =>
    // The sums of floored rows are off, which is no reason to refuse them.
    isFloored(set)
      ? fitStored(storedSet(set), options)
      : fitTemperature(set.scores, set.labels, { ...options, ...rowOptionsOf(set) }),
  fitStored,
  foldTemperatures: (set, foldOf, folds, options = {}) => {
    if (set.weights !== undefined) return undefined;
    const settings = temperatureSettings(options);
    const isRead = 'storage' in set || isFloored(set);
    const rows = isRead ? storedFoldRows(storedSet(set), options) : heldFoldRows(set, options);
    const found = foldTemperatures(rows, foldOf, folds, settings).filter((t) => t !== undefined);
    return found.length === folds ? found : undefined;
  },
  isUsable: (model) => model.temperature !== null,
  predict: predictTemperature,
};

/** What a set says of its rows, as options of a fit. */
export function rowOptionsOf({
  kind: input,
  weights,
  weightKind,
}: ScoredSet): Pick<TemperatureOptions, 'input' | 'weights' | 'weightKind'> {
  return {
    input,
    ...(weights === undefined ? {} : { weights }),
    ...(weightKind === undefined ? {} : { weightKind }),
  };
}

function heldFoldRows({ scores, labels, kind }: ScoredSet, { floor }: TemperatureSearchOptions): FoldRows {
  const sample = checkedSample(scores, labels, { input: kind, floor });
  const { packed, near } = prepareFit(sample);
  const { gaps, depths } = rowDistances(sample.logits, sample.survey, sample.labels);
  return {
    logits: matrixRows(sample.logits),
    gaps: storedNumbers(gaps),
    depths: storedNumbers(depths),
    near,
    loss: localLoss(packed),
  };
}
