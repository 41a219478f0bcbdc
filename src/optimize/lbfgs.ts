import { checkRequired } from '../core/checks.ts';
import {
  createHistory,
  dot,
  forget,
  largestEntry,
  quasiNewtonDirection,
  remember,
} from './curvature-history.ts';
import { firstScaling, type LbfgsOptions, type LbfgsSettings, lbfgsSettings } from './lbfgs-options.ts';
import { type LbfgsResult, type LbfgsStatus, outcome } from './lbfgs-result.ts';
import { iterationReporter } from './lbfgs-trace.ts';
import { createLineSearch, type LineSearch, roundingNoise, searchLine } from './line-search.ts';
import {
  advance,
  choose,
  createWalk,
  evaluateStart,
  type LineWalk,
  longestStep,
  lookAt,
  shortestStep,
  turn,
} from './line-walk.ts';
import type { Objective } from './objective.ts';

/** Trials of one line search; a careful search needs 2 or 3, a scale wrong by 1e150 some 20. */
const lineEvaluations = 60;

/**
 * Steps in a row without a smaller value or gradient after which rounding is all that moves. Each such step lowers a
 * value that is already within rounding of the smallest, so a real descent cannot go on like this for long.
 */
const idleSteps = 50;

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
 * @throws CalibrationError `E_SHAPE` when n = 0, `E_OPTION` for a start that is not finite, an unknown option or one
 *   out of range. What `objective` or `onIteration` throw passes through.
 *
 * Cost: O(memory·n) per iteration beside the objective; (2·memory + 9)·n numbers of storage.
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
  checkRequired('objective', objective);
  const settings = lbfgsSettings(options, start);
  const walk = createWalk(objective, start);
  if (settings.signal?.aborted === true) return outcome(walk, 'aborted', 0, settings);
  if (!evaluateStart(walk)) return outcome(walk, 'non-finite-start', 0, settings);
  return descend(walk, settings);
}

function descend(walk: LineWalk, settings: LbfgsSettings): LbfgsResult {
  const { gradientTolerance, functionTolerance, maxIterations, maxEvaluations, signal } = settings;
  const scaling = settings.scaling ?? firstScaling(walk.current.x, walk.current.gradient);
  const history = createHistory(settings.memory, walk.direction.length, scaling, settings.diagonal);
  const search = createLineSearch(settings.wolfe, signal);
  const line = (step: number) => lookAt(walk, step, search.bracket.lowStep);
  const isStopped = iterationReporter(walk, settings.onIteration);
  const end = (status: LbfgsStatus) => outcome(walk, status, iterations, settings);
  let lowest = walk.current.value;
  let smallest = largestEntry(walk.current.gradient);
  let idle = 0;
  let promised = 0;
  let iterations = 0;

  if (isStopped(0, 0, null)) return end('stopped');
  for (;;) {
    const { current, direction } = walk;
    if (largestEntry(current.gradient) <= gradientTolerance) return end('converged-gradient');
    if (iterations >= maxIterations) return end('max-iterations');
    if (walk.evaluations >= maxEvaluations) return end('max-evaluations');

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
      choose(walk, search.step);
      const { trial } = walk;
      remember(history, current.x, trial.x, current.gradient, trial.gradient);
      advance(walk);
      iterations += 1;
      promised = 0;
      const norm = largestEntry(trial.gradient);
      idle = trial.value < lowest || norm < smallest ? 0 : idle + 1;
      lowest = Math.min(lowest, trial.value);
      smallest = Math.min(smallest, norm);
      const stop = isStopped(iterations, search.step, search.status);
      if (search.status === 'aborted') return end('aborted');
      if (search.status === 'unbounded' || isAtTheEdge(search, walk)) return end('unbounded');
      if (stop) return end('stopped');
      const size = Math.max(Math.abs(current.value), Math.abs(trial.value), 1);
      if (functionTolerance > 0 && current.value - trial.value <= functionTolerance * size) {
        return end('converged-function');
      }
      if (idle >= idleSteps) return end('converged-rounding');
      continue;
    }
    if (search.status === 'aborted') return end('aborted');
    if (search.status === 'unbounded') return end('unbounded');
    if (walk.evaluations >= maxEvaluations) return end('max-evaluations');
    promised = Math.max(promised, -slope / 2);
    if (history.count === 0) {
      return end(promised <= roundingAt(walk) ? 'converged-rounding' : 'line-search-failed');
    }
    forget(history);
  }
}

/** How far rounding can move the value at the current point: its own, and that of each coordinate along the gradient. */
function roundingAt({ current: { x, gradient, value } }: LineWalk): number {
  let moved = Math.abs(value);
  for (let i = 0; i < x.length; i += 1) moved += Math.abs(gradient[i]! * x[i]!);
  return roundingNoise(moved);
}

/** A search that ran into its largest step did so because the numbers end there, not because the step could not grow. */
function isAtTheEdge({ status }: LineSearch, { current }: LineWalk): boolean {
  return status === 'step-limit' && largestEntry(current.x) >= Number.MAX_VALUE / 2;
}
