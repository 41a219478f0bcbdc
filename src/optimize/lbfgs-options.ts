import { checkOptionNames, checkPositive, checkWhole, checkWithin } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import { isScoreList } from '../core/number-cells.ts';
import { largestEntry } from './curvature-history.ts';
import type { LbfgsListener } from './lbfgs-trace.ts';
import { type WolfeConstants, wolfeConstants, wolfeNames } from './line-search.ts';

/** Options of L-BFGS. */
export interface LbfgsOptions {
  /** Steps remembered, a whole number in 1..1000. Default 10. */
  readonly memory?: number;
  /** Converged when the largest absolute gradient entry is at most this, ≥ 0. Default 1e-8. */
  readonly gradientTolerance?: number;
  /** Converged when a step lowers the value by at most this times max(1, |value|), ≥ 0. Default 0: never. */
  readonly functionTolerance?: number;
  /** A whole number ≥ 0. Default 10000. */
  readonly maxIterations?: number;
  /** A whole number ≥ 1. Default 100000. */
  readonly maxEvaluations?: number;
  /** Constants of the Wolfe conditions. */
  readonly wolfe?: WolfeConstants;
  /**
   * Inverse curvature assumed before the first step, which is then −h·g: one positive number, or one per coordinate,
   * whose proportions are kept throughout. Default: a first step of 1 % of the largest coordinate of the start.
   */
  readonly initialCurvature?: number | Float64Array;
  /** Called at the start and after every iteration; returning `stop` ends the search there. */
  readonly onIteration?: LbfgsListener;
  /** Ends the search before the next evaluation. The search is synchronous: the objective or `onIteration` must fire it. */
  readonly signal?: AbortSignal;
}

/** Options with their defaults in place. */
export interface LbfgsSettings {
  readonly memory: number;
  readonly gradientTolerance: number;
  readonly functionTolerance: number;
  readonly maxIterations: number;
  readonly maxEvaluations: number;
  readonly wolfe: Required<WolfeConstants>;
  readonly scaling: number | undefined;
  readonly diagonal: Float64Array | undefined;
  readonly onIteration: LbfgsListener | undefined;
  readonly signal: AbortSignal | undefined;
}

const optionNames: readonly (keyof LbfgsOptions)[] = [
  'memory',
  'gradientTolerance',
  'functionTolerance',
  'maxIterations',
  'maxEvaluations',
  'wolfe',
  'initialCurvature',
  'onIteration',
  'signal',
];

/** Share of the largest coordinate that the first step moves (Hager and Zhang 2005, their psi_0). */
const firstShare = 0.01;

/** Checks the start and the options of a search. */
export function lbfgsSettings(options: LbfgsOptions, start: ArrayLike<number>): LbfgsSettings {
  checkOptionNames(options, optionNames);
  checkStart(start);
  const n = start.length;
  const {
    memory = 10,
    gradientTolerance = 1e-8,
    functionTolerance = 0,
    maxIterations = 10_000,
    maxEvaluations = 100_000,
    wolfe = {},
    initialCurvature,
    onIteration,
    signal,
  } = options;
  checkWhole('memory', memory, 1, 1000);
  checkWithin('gradientTolerance', gradientTolerance, 0, Number.MAX_VALUE);
  checkWithin('functionTolerance', functionTolerance, 0, Number.MAX_VALUE);
  checkWhole('maxIterations', maxIterations, 0, Number.MAX_SAFE_INTEGER);
  checkWhole('maxEvaluations', maxEvaluations, 1, Number.MAX_SAFE_INTEGER);
  checkOptionNames(wolfe, wolfeNames);
  const diagonal = initialCurvature instanceof Float64Array ? initialCurvature : undefined;
  if (diagonal !== undefined) checkDiagonal(diagonal, n);
  else if (initialCurvature !== undefined) checkPositive('initialCurvature', initialCurvature);
  const scaling = initialCurvature instanceof Float64Array ? 1 : initialCurvature;
  return {
    memory,
    gradientTolerance,
    functionTolerance,
    maxIterations,
    maxEvaluations,
    wolfe: wolfeConstants(wolfe),
    scaling,
    diagonal,
    onIteration,
    signal,
  };
}

/** Scaling that makes the first steepest-descent step 1 % of the start's largest coordinate, or 1 from the origin. */
export function firstScaling(x: Float64Array, gradient: Float64Array): number {
  const size = largestEntry(x);
  const scaling = (size > 0 ? firstShare * size : 1) / largestEntry(gradient);
  return Math.min(Math.max(scaling, Number.MIN_VALUE), Number.MAX_VALUE);
}

function checkStart(start: ArrayLike<number>): void {
  if (!isScoreList(start)) {
    throw new CalibrationError('E_SHAPE', {
      what: `the start is ${foundText(start)}, expected a list of numbers`,
      value: start,
    });
  }
  if (!(start.length >= 1)) throw new CalibrationError('E_SHAPE', { what: 'the start has no coordinates' });
  for (let i = 0; i < start.length; i += 1) {
    if (Number.isFinite(start[i])) continue;
    throw new CalibrationError('E_OPTION', {
      what: `the start must be finite, got ${foundText(start[i])} at coordinate ${i}`,
      value: start[i],
    });
  }
}

function checkDiagonal(diagonal: Float64Array, n: number): void {
  if (diagonal.length !== n) {
    throw new CalibrationError('E_SHAPE', {
      what: `option "initialCurvature" has ${diagonal.length} entries, the start has ${n}`,
    });
  }
  for (const entry of diagonal) checkPositive('initialCurvature', entry);
}
