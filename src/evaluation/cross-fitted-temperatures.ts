import type { Calibrator, FitOptions } from '../calibrators/calibrator.ts';
import type { CalibratorModel } from '../core/calibrator-model.ts';
import { clusterNumbers } from '../core/cluster-numbers.ts';
import { CalibrationError } from '../core/errors.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import { seededRandom } from '../core/random.ts';
import { type AnySet, heldWeights } from '../core/stored-set.ts';
import { clusterFolds } from './cluster-folds.ts';
import type { CrossFitOptions } from './cross-fit.ts';
import { stratifiedFolds } from './stratified-folds.ts';

/** What cross-fitting says of a set where the models are temperatures. */
export interface CrossFittedTemperatures {
  readonly foldOf: StoredNumbers<Int32Array>;
  /** T of the rows outside each fold. */
  readonly temperatures: readonly number[];
}

/** Cells from which on a fit per fold takes longer than people like to wait. */
const manyCells = 4_000_000;

/**
 * The temperatures of a cross-fit without its models, by the quicker way that the method has for large sets. The folds are those of
 * `crossFit`, the temperatures too, but for the last digit.
 *
 * @returns `undefined` where there is no such way, or it does not do for every fold: the folds are then to be fitted.
 */
export function crossFittedTemperatures<Model extends CalibratorModel, Options extends FitOptions>(
  set: AnySet,
  { foldTemperatures }: Calibrator<Model, Options>,
  {
    folds = 5,
    seed = 1,
    clusters,
    fit,
  }: Pick<CrossFitOptions<Options>, 'folds' | 'seed' | 'clusters' | 'fit'>,
): CrossFittedTemperatures | undefined {
  const { rows, columns } = set.scores;
  const isSound = Number.isInteger(folds) && folds >= 2 && folds <= Math.min(rows, 100);
  if (foldTemperatures === undefined || !isSound || rows * columns <= manyCells) return undefined;
  const numbers = clusters === undefined ? undefined : clusterNumbers(clusters, rows, heldWeights(set));
  if (numbers !== undefined && numbers.count < folds) return undefined;
  const random = seededRandom(seed);
  const foldOf =
    numbers === undefined ? stratifiedFolds(set, folds, random) : clusterFolds(numbers, folds, random);
  try {
    const temperatures = foldTemperatures(set, foldOf, folds, fit);
    return temperatures === undefined ? undefined : { foldOf, temperatures };
  } catch (error) {
    // The fits will say what is wrong, and in which fold.
    if (error instanceof CalibrationError && error.code !== 'E_ABORTED') return undefined;
    throw error;
  }
}
