import {
  createHistory,
  dot,
  forget,
  largestEntry,
  quasiNewtonDirection,
  remember,
} from './curvature-history.ts';
import { firstScaling, type LbfgsOptions, type LbfgsSettings, lbfgsSettings } from './lbfgs-options.ts';
import { type LbfgsResult, outcome } from './lbfgs-result.ts';
import { createLineSearch, roundingNoise, searchLine } from './line-search.ts';
import {
  advance,
  createWalk,
  evaluateStart,
  type LineWalk,
  longestStep,
  lookAt,
  recall,
  shortestStep,
  turn,
} from './line-walk.ts';
import type { Objective } from './objective.ts';

/** Trials of one line search; a careful search needs 2 or 3, a scale wrong by 1e150 some 20. */
const lineEvaluations = 60;

/**
 * Minimises a smooth function of n variables by the limited-memory BFGS method with a strong-Wolfe line search.
 *
 * Each direction is −H g, H built from the last `memory` steps; each step meets the strong Wolfe conditions, or, where
 * rounding hides the decrease, the approximate ones. A non-finite value is backed away from and never accepted. When
 * no step helps, the memory is dropped and steepest descent is tried once before the search ends. Values never rise
 * by more than their rounding, 16·2^-52 of the smallest seen. Nothing is allocated per iteration.
 *
 * @param objective Value and gradient, see {@link Objective}.
 * @param start n ≥ 1 coordinates; copied.
 * @param options See {@link LbfgsOptions}; the default stops at a largest gradient entry of 1e-8, an absolute size: scale
 *   the function so that it means something, or pass 0 to go on until rounding ends the search.
 * @returns The last iterate with value and gradient at it, and a true status. Numerical trouble is never thrown.
 * @throws CalibrationError `E_SHAPE` when n = 0, `E_OPTION` for an unknown option or one out of range.
 *
 * Cost: O(memory·n) per iteration beside the objective; (2·memory + 7)·n numbers of storage.
 *
 * @example
 * ```ts
 * import { lbfgs } from 'calibrant';
 *
 * const valley = (x: Float64Array, gradient: Float64Array): number => {
 *   const [a, b] = [1 - x[0], x[1] - x[0] * x[0]];
 *   gradient[0] = -2 * a - 400 * x[0] * b;
 *   gradient[1] = 200 * b;
 *   return a * a + 100 * b * b;
 * };
 * const found = lbfgs(valley, [-1.2, 1]);
 * assert.equal(found.status, 'converged-gradient');
 * assert.ok(Math.abs(found.x[0] - 1) < 1e-8);
 * ```
 *
 * Source: Liu and Nocedal 1989, Mathematical Programming 45; line search as in {@link strongWolfe}.
 */
export function lbfgs(
  objective: Objective,
  start: ArrayLike<number>,
  options: LbfgsOptions = {},
): LbfgsResult {
  const settings = lbfgsSettings(options, start.length);
  const walk = createWalk(objective, start);
  if (settings.signal?.aborted === true) return outcome(walk, 'aborted', 0, settings);
  if (!evaluateStart(walk)) return outcome(walk, 'non-finite-start', 0, settings);
  return descend(walk, settings);
}

function descend(walk: LineWalk, settings: LbfgsSettings): LbfgsResult {
  const { gradientTolerance, functionTolerance, maxIterations, maxEvaluations, onIteration, signal } =
    settings;
  const scaling = settings.scaling ?? firstScaling(walk.current.x, walk.current.gradient);
  const history = createHistory(settings.memory, walk.direction.length, scaling, settings.diagonal);
  const search = createLineSearch(settings.wolfe, signal);
  const line = (step: number) => lookAt(walk, step);
  const trace = {
    iteration: 0,
    x: walk.current.x,
    value: walk.current.value,
    gradientNorm: largestEntry(walk.current.gradient),
    step: 0,
    evaluations: walk.evaluations,
  };
  let lowest = walk.current.value;
  let promised = 0;
  let iterations = 0;
  let isNew = true;

  for (;;) {
    const { current, direction } = walk;
    if (isNew && onIteration !== undefined) {
      trace.iteration = iterations;
      trace.x = current.x;
      trace.value = current.value;
      trace.gradientNorm = largestEntry(current.gradient);
      trace.step = search.step;
      trace.evaluations = walk.evaluations;
      if (onIteration(trace) === 'stop') return outcome(walk, 'stopped', iterations, settings);
    }
    isNew = false;
    if (largestEntry(current.gradient) <= gradientTolerance) {
      return outcome(walk, 'converged-gradient', iterations, settings);
    }
    if (iterations >= maxIterations) return outcome(walk, 'max-iterations', iterations, settings);
    if (walk.evaluations >= maxEvaluations) return outcome(walk, 'max-evaluations', iterations, settings);

    quasiNewtonDirection(history, current.gradient, direction);
    turn(walk);
    search.initialStep = 1;
    search.maxStep = longestStep(walk);
    search.minStep = shortestStep(walk);
    search.noise = Math.max(0, lowest + roundingNoise(lowest) - current.value);
    search.maxEvaluations = Math.min(lineEvaluations, maxEvaluations - walk.evaluations);
    const slope = dot(current.gradient, direction);
    searchLine(line, current.value, slope, search);

    if (search.step > 0) {
      recall(walk, search.step);
      const { trial } = walk;
      remember(history, current.x, trial.x, current.gradient, trial.gradient);
      advance(walk);
      iterations += 1;
      isNew = true;
      promised = 0;
      lowest = Math.min(lowest, trial.value);
    }
    if (search.status === 'aborted') return outcome(walk, 'aborted', iterations, settings);
    if (search.status === 'unbounded' || search.status === 'step-limit') {
      return outcome(walk, 'unbounded', iterations, settings);
    }
    if (search.step > 0) {
      const size = Math.max(Math.abs(current.value), Math.abs(walk.current.value), 1);
      const decrease = current.value - walk.current.value;
      if (functionTolerance > 0 && decrease <= functionTolerance * size) {
        return outcome(walk, 'converged-function', iterations, settings);
      }
      continue;
    }
    if (walk.evaluations >= maxEvaluations) continue;
    promised = Math.max(promised, -slope / 2);
    if (history.count > 0) {
      forget(history);
      continue;
    }
    const isRounding = promised <= roundingNoise(current.value);
    return outcome(walk, isRounding ? 'converged-rounding' : 'line-search-failed', iterations, settings);
  }
}
