import type { CalibratorModel } from '../core/calibrator-model.ts';
import type { ProgressListener } from '../core/cancellation.ts';
import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import type { Matrix } from '../core/matrix.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { ScoredSet, ScoreKind } from '../core/scored-set.ts';
import type { AnySet, StoredSet } from '../core/stored-set.ts';

/** Options every method's `fit` understands. */
export interface FitOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
}

/**
 * A calibration method as an object of pure functions, for code that works with any method: the registry,
 * cross-fitting, the command line, the contract tests.
 */
export interface Calibrator<Model extends CalibratorModel, Options extends FitOptions = FitOptions> {
  readonly type: Model['type'];
  /** What a reader calls the method: `temperature scaling`. */
  readonly title: string;
  /** Kinds of score it accepts. */
  readonly inputs: readonly ScoreKind[];
  /** `true` when applying it never changes which class is largest. */
  readonly preservesArgmax: boolean;
  readonly fit: (set: ScoredSet, options?: Options) => Model;
  /** The same, to the last bit, of a set that is read some rows at a time, where the method does not need all at once. */
  readonly fitStored?: (set: StoredSet, options?: Options) => Model;
  /**
   * The temperatures that the fit would find for the rows outside each fold, but for the last digit, where the method has a quicker
   * way to all of them than a fit each; `undefined` where that does not do. They do not depend on where the set is kept.
   */
  readonly foldTemperatures?: (
    set: AnySet,
    foldOf: StoredNumbers<Int32Array>,
    folds: number,
    options?: Options,
  ) => readonly number[] | undefined;
  /** Whether the outcome of the fit can be applied; a separable set, for one, yields a record that cannot. */
  readonly isUsable: (model: Model) => boolean;
  /** N×K probabilities. `scores` are of the model's own input kind. */
  readonly predict: (model: Model, scores: Matrix) => Matrix;
}

/**
 * Checks that a value is a method.
 *
 * @throws CalibrationError `E_OPTION`.
 */
export function checkCalibrator(calibrator: unknown): void {
  const methods = (typeof calibrator === 'object' && calibrator !== null ? calibrator : {}) as {
    readonly [name: string]: unknown;
  };
  const missing = ['fit', 'predict', 'isUsable'].find((name) => typeof methods[name] !== 'function');
  if (missing === undefined) return;
  throw new CalibrationError('E_OPTION', {
    what: `the calibrator is ${foundText(calibrator)} without a function "${missing}", expected a method such as temperatureScaling`,
    value: calibrator,
  });
}
