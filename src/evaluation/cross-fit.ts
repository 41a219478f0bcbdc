import { type Calibrator, checkCalibrator, type FitOptions } from '../calibrators/calibrator.ts';
import type { CalibratorModel } from '../core/calibrator-model.ts';
import { type ProgressListener, throwIfAborted } from '../core/cancellation.ts';
import { checkSet } from '../core/check-set.ts';
import { checkOptionNames, checkWhole } from '../core/checks.ts';
import { type ClusterNames, clusterNumbers } from '../core/cluster-numbers.ts';
import { CalibrationError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { type Notice, notice } from '../core/notices.ts';
import { mappedRead, type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import { type RandomSource, seededRandom } from '../core/random.ts';
import type { ScoredSet } from '../core/scored-set.ts';
import { type AnySet, heldNumbers, heldWeights, storedSet } from '../core/stored-set.ts';
import { forEachBlock } from '../kernels/row-blocks.ts';
import { clusterFolds } from './cluster-folds.ts';
import { rowsOf, storedRowsOf } from './rows-of.ts';
import { stratifiedFolds } from './stratified-folds.ts';

/** Options of {@link crossFit}. */
export interface CrossFitOptions<Options extends FitOptions = FitOptions> {
  /** Folds, a whole number 2..100; no more than rows are made. Default 5. */
  readonly folds?: number;
  /** Seed of the shuffle, default 1. */
  readonly seed?: number;
  /** Source of the shuffle, in place of `seed`. */
  readonly random?: RandomSource;
  /** N names of clusters: rows of one cluster share a fold. Default: rows are independent. */
  readonly clusters?: ClusterNames;
  /** Passed to every fit. */
  readonly fit?: Options;
  readonly signal?: AbortSignal;
  /** Called with the folds done. */
  readonly onProgress?: ProgressListener;
}

/** Calibrated probabilities of rows by models that never saw them. */
export interface CrossFit<Model> {
  /** Folds made; 0 when no number of folds admits a fit in each. */
  readonly folds: number;
  /** Fold of each row: the model of that index was fitted without the row. */
  readonly foldOf: Int32Array;
  readonly models: readonly Model[];
  /** N×K out-of-fold probabilities, or `null` when there are none. */
  readonly probabilities: Matrix | null;
  /** `W_CROSS_FIT` when there are fewer folds than asked for, or none. */
  readonly notices: readonly Notice[];
}

/**
 * Calibrates every row by a model fitted on the other folds, so that one set of rows can both fit and judge.
 *
 * Folds are balanced by class, or keep clusters together, and depend only on the seed. When some fold admits no fit,
 * fewer folds are tried, down to two; when none will do, the result says so and nothing is thrown.
 *
 * @param set N ≥ 2 rows.
 * @param calibrator The method, such as `temperatureScaling`.
 * @returns Out-of-fold probabilities with the model of each fold.
 * @throws CalibrationError `E_OPTION`, `E_ABORTED`.
 *
 * Cost: one fit per fold.
 *
 * @example
 * ```ts
 * import { crossFit, temperatureScaling } from 'calibrant';
 *
 * // Twenty rows that are certain, five of them wrongly.
 * const scores = { data: Float64Array.from({ length: 40 }, (_, i) => (i % 2) * (4 + i / 10)), rows: 20, columns: 2 };
 * const labels = Int32Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? 0 : 1));
 * const set = { kind: 'logits', scores, labels, classNames: ['no', 'yes'], namedClasses: true } as const;
 *
 * const { models, probabilities } = crossFit(set, temperatureScaling, { folds: 4 });
 * assert.equal(models.length, 4);
 * assert.equal(probabilities?.rows, 20);
 * ```
 *
 * Source: Stone 1974, "Cross-validatory choice and assessment of statistical predictions".
 */
export function crossFit<Model extends CalibratorModel, Options extends FitOptions>(
  set: ScoredSet,
  calibrator: Calibrator<Model, Options>,
  options: CrossFitOptions<Options> = {},
): CrossFit<Model> {
  checkSet(set);
  checkCalibrator(calibrator);
  const { models, foldOf: stored, ...rest } = fitOutOfFold(set, calibrator, options);
  const foldOf = heldNumbers(stored);
  const probabilities = models.length === 0 ? null : predictOutOfFold(set, calibrator, foldOf, models);
  return { ...rest, foldOf, models, probabilities };
}

/** The models of {@link crossFit}, without what they say of the rows. */
export interface OutOfFold<Model> extends Omit<CrossFit<Model>, 'probabilities' | 'foldOf'> {
  readonly foldOf: StoredNumbers<Int32Array>;
}

/**
 * Fits the models of {@link crossFit}.
 *
 * @param set Read some rows at a time where the method can fit it so.
 */
export function fitOutOfFold<Model extends CalibratorModel, Options extends FitOptions>(
  set: AnySet,
  calibrator: Calibrator<Model, Options>,
  options: CrossFitOptions<Options>,
): OutOfFold<Model> {
  checkOptionNames(options, ['folds', 'seed', 'random', 'clusters', 'fit', 'signal', 'onProgress']);
  const { folds: asked = 5, seed = 1, random = seededRandom(seed) } = options;
  checkWhole('folds', asked, 2, 100);
  const { rows } = set.scores;
  const clusters =
    options.clusters === undefined ? undefined : clusterNumbers(options.clusters, rows, heldWeights(set));
  const units = clusters?.count ?? rows;
  let reason =
    rows === 1 ? 'there is 1 row' : `there are ${units} ${clusters === undefined ? 'rows' : 'clusters'}`;
  for (let folds = Math.min(asked, units); folds >= 2; folds -= 1) {
    const foldOf =
      clusters === undefined ? stratifiedFolds(set, folds, random) : clusterFolds(clusters, folds, random);
    const attempt = fitFolds(set, calibrator, foldOf, folds, options);
    if (typeof attempt === 'string') {
      reason = attempt;
      continue;
    }
    const told = `${asked} folds asked, ${folds} made because ${reason}.`;
    return {
      folds,
      foldOf,
      models: attempt,
      notices: folds === asked ? [] : [notice('W_CROSS_FIT', told)],
    };
  }
  return {
    folds: 0,
    foldOf: storedNumbers(new Int32Array(0)),
    models: [],
    notices: [notice('W_CROSS_FIT', `the rows cannot be cross-fitted because ${reason}.`)],
  };
}

/** One model per fold, or the reason why some fold has none. */
function fitFolds<Model extends CalibratorModel, Options extends FitOptions>(
  set: AnySet,
  calibrator: Calibrator<Model, Options>,
  foldOf: StoredNumbers<Int32Array>,
  folds: number,
  { fit, signal, onProgress }: CrossFitOptions<Options>,
): readonly Model[] | string {
  const models: Model[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    throwIfAborted(signal);
    onProgress?.(fold, folds);
    const model = fitOrRefuse(() => fitOutside(set, calibrator, foldOf, fold, fit));
    if (model === undefined || !calibrator.isUsable(model)) {
      const count = foldOf.length - rowsInside(foldOf, fold);
      const outside = count === 1 ? 'only row outside one of' : `${count} rows outside one of`;
      return `the ${outside} ${folds} folds ${count === 1 ? 'admits' : 'admit'} no fit`;
    }
    models.push(model);
  }
  onProgress?.(folds, folds);
  return models;
}

/** Cells above which a fold's rows are not copied: the others get the weight 0, which takes them out just as well. */
const mostCellsCopied = 4_000_000;

function fitOutside<Model extends CalibratorModel, Options extends FitOptions>(
  set: AnySet,
  calibrator: Calibrator<Model, Options>,
  foldOf: StoredNumbers<Int32Array>,
  fold: number,
  options: Options | undefined,
): Model {
  const isCopied = set.scores.rows * set.scores.columns <= mostCellsCopied;
  if ('storage' in set) {
    if (calibrator.fitStored === undefined) throw new TypeError('the method fits rows in memory alone');
    const others = isCopied
      ? storedRowsOf(set, rowsWhere(heldNumbers(foldOf), fold, false))
      : { ...set, weights: weightsOutside(set.weights, foldOf, fold) };
    return calibrator.fitStored(others, options);
  }
  const others = isCopied
    ? rowsOf(set, rowsWhere(heldNumbers(foldOf), fold, false))
    : { ...set, weights: heldNumbers(weightsOutside(storedSet(set).weights, foldOf, fold)) };
  return calibrator.fit(others, options);
}

/** The weights with those of the rows inside a fold 0. */
function weightsOutside(
  weights: StoredNumbers<Float64Array> | undefined,
  foldOf: StoredNumbers<Int32Array>,
  fold: number,
): StoredNumbers<Float64Array> {
  const outside = mappedRead(foldOf.read, (number) => (number === fold ? 0 : 1));
  return {
    length: foldOf.length,
    read: (from, to) => {
      const shares = outside(from, to);
      const own = weights?.read(from, to);
      if (own !== undefined) for (let i = 0; i < shares.length; i += 1) shares[i]! *= own[i]!;
      return shares;
    },
  };
}

function rowsInside(foldOf: StoredNumbers<Int32Array>, fold: number): number {
  let count = 0;
  forEachBlock(foldOf.length, (from, to) => {
    for (const number of foldOf.read(from, to)) if (number === fold) count += 1;
  });
  return count;
}

/** `undefined` where the method refuses the rows; any other error is passed on. */
function fitOrRefuse<Model>(attempt: () => Model): Model | undefined {
  try {
    return attempt();
  } catch (error) {
    const refused =
      error instanceof CalibrationError && /^E_(FIT_|TOO_FEW|WEIGHT_ZERO|PROB_ZERO_TRUE)/.test(error.code);
    if (refused) return undefined;
    throw error;
  }
}

/** What each row's own model says of it. */
export function predictOutOfFold<Model extends CalibratorModel, Options extends FitOptions>(
  set: ScoredSet,
  calibrator: Calibrator<Model, Options>,
  foldOf: Int32Array,
  models: readonly Model[],
): Matrix {
  const { rows, columns } = set.scores;
  const data = new Float64Array(rows * columns);
  for (const [fold, model] of models.entries()) {
    const own = rowsWhere(foldOf, fold, true);
    const predicted = calibrator.predict(model, rowsOf(set, own).scores);
    for (let i = 0; i < own.length; i += 1) {
      const [from, to] = [i * columns, own[i]! * columns];
      for (let k = 0; k < columns; k += 1) data[to + k] = predicted.data[from + k]!;
    }
  }
  return { data, rows, columns };
}

/** The rows inside a fold, or those outside. */
function rowsWhere(foldOf: Int32Array, fold: number, isInside: boolean): Int32Array {
  const found = new Int32Array(foldOf.length);
  let count = 0;
  for (let row = 0; row < foldOf.length; row += 1) {
    if ((foldOf[row] === fold) !== isInside) continue;
    found[count] = row;
    count += 1;
  }
  return found.subarray(0, count);
}
