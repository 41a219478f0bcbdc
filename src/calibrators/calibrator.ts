import type { ProgressListener } from '../core/cancellation.ts';
import type { Matrix } from '../core/matrix.ts';
import type { ScoredSet, ScoreKind } from '../core/scored-set.ts';

/** What every fitted calibrator record carries, whatever its method. Plain data: it survives JSON and workers. */
export interface CalibratorModel {
  /** Name of the method, the key into the registry. */
  readonly type: string;
  /** What the scores were that it was fitted on, and must be again where it is applied. */
  readonly input: ScoreKind;
  /** Number of classes K. */
  readonly classes: number;
}

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
  /** Whether the outcome of the fit can be applied; a separable set, for one, yields a record that cannot. */
  readonly isUsable: (model: Model) => boolean;
  /** N×K probabilities. `scores` are of the model's own input kind. */
  readonly predict: (model: Model, scores: Matrix) => Matrix;
}
