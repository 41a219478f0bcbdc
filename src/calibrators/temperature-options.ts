import type { ProgressListener } from '../core/cancellation.ts';
import { checkList, checkOptionNames, checkPositive, checkWhole, checkWithin } from '../core/checks.ts';
import type { ClusterNames } from '../core/cluster-numbers.ts';
import { CalibrationError } from '../core/errors.ts';
import type { WeightInput } from '../core/labels.ts';
import type { ScoreKind, WeightKind } from '../core/scored-set.ts';
import type { FitOptions } from './calibrator.ts';

/** Options of a temperature fit that do not describe the data. */
export interface TemperatureSearchOptions extends FitOptions {
  /**
   * Temperatures `[low, high]`, 0 < low < high, outside which the optimum is not followed: the nearer one is accepted and
   * the status is `at-bound`. Default: none, so that a set without an optimum is refused.
   */
  readonly bounds?: readonly [number, number];
  /** Coverage of the intervals, 0.5..0.9999. Default 0.95. */
  readonly level?: number;
  /** Largest number of passes over the data in the search, a whole number 2..10000. Default 200; two to five are usual. */
  readonly maxEvaluations?: number;
  /** Clips probabilities to [floor, 1], 0 < floor ≤ 1, without renormalising; it changes the result. Default: no clipping. */
  readonly floor?: number;
}

/** Options of {@link fitTemperatureOfSet}. */
export interface TemperatureOfSetOptions extends TemperatureSearchOptions {
  /**
   * N names of clusters, such as patients, whose rows may depend on one another: standard error, intervals and the test
   * of T = 1 then take clusters, not rows, to be independent. Default: rows are independent.
   */
  readonly clusters?: ClusterNames;
}

/** Options of {@link fitTemperature}. */
export interface TemperatureOptions extends TemperatureOfSetOptions {
  /** What the scores are. Probabilities p stand for the logits ln p. Default `logits`. */
  readonly input?: ScoreKind;
  /** N weights ≥ 0, not all 0. Default: every row counts 1. */
  readonly weights?: WeightInput;
  /**
   * What weights mean. `importance`: only their ratios matter, and the variance of T is the sandwich estimate. `counts`:
   * how many equal rows a row stands for, whole numbers. Default `importance`.
   */
  readonly weightKind?: WeightKind;
}

/** Options with their defaults in place. */
export interface TemperatureSettings {
  readonly bounds: readonly [number, number] | undefined;
  readonly level: number;
  readonly maxEvaluations: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ProgressListener | undefined;
}

const names: readonly (keyof TemperatureOptions)[] = [
  'input',
  'weights',
  'weightKind',
  'clusters',
  'bounds',
  'level',
  'maxEvaluations',
  'floor',
  'signal',
  'onProgress',
];

/** Checks the options that do not describe the data. */
export function temperatureSettings(options: TemperatureOptions): TemperatureSettings {
  checkOptionNames(options, names);
  const { bounds, level = 0.95, maxEvaluations = 200, signal, onProgress } = options;
  checkWithin('level', level, 0.5, 0.9999);
  checkWhole('maxEvaluations', maxEvaluations, 2, 10_000);
  if (bounds !== undefined) {
    checkList<number>('bounds', bounds, 'two temperatures', (bound) => typeof bound === 'number');
    const [low, high] = bounds;
    checkPositive('bounds', low);
    checkPositive('bounds', high);
    if (!(low < high && 1 / low < Number.POSITIVE_INFINITY)) {
      throw new CalibrationError('E_OPTION', {
        what: `option "bounds" must be two temperatures, the lower first, got ${low},${high}`,
        value: bounds,
      });
    }
  }
  return { bounds, level, maxEvaluations, signal, onProgress };
}
