import { dot, largestEntry } from './curvature-history.ts';
import type { LinePoint } from './line-search.ts';
import type { Objective } from './objective.ts';

/** A point with its value and gradient. */
interface WalkPoint {
  x: Float64Array;
  gradient: Float64Array;
  value: number;
  /** Distance from the current point in units of the direction. */
  step: number;
}

/**
 * Where a minimisation stands and looks: the current point, the direction, the last trial along it and the best one so
 * far, in three pairs of buffers that change hands and are never made anew.
 */
export interface LineWalk {
  readonly objective: Objective;
  readonly direction: Float64Array;
  current: WalkPoint;
  trial: WalkPoint;
  best: WalkPoint;
  evaluations: number;
  readonly point: { value: number; slope: number };
}

/** A walk standing at a copy of `start`, not yet evaluated. */
export function createWalk(objective: Objective, start: ArrayLike<number>): LineWalk {
  const n = start.length;
  const place = (x: Float64Array): WalkPoint => ({
    x,
    gradient: new Float64Array(n),
    value: Number.POSITIVE_INFINITY,
    step: 0,
  });
  return {
    objective,
    direction: new Float64Array(n),
    current: place(Float64Array.from(start)),
    trial: place(new Float64Array(n)),
    best: place(new Float64Array(n)),
    evaluations: 0,
    point: { value: 0, slope: 0 },
  };
}

/** Evaluates the current point; `false` where value or gradient are not finite. */
export function evaluateStart(walk: LineWalk): boolean {
  const { current } = walk;
  current.value = walk.objective(current.x, current.gradient);
  walk.evaluations += 1;
  return Number.isFinite(current.value) && Number.isFinite(largestEntry(current.gradient));
}

/**
 * Value and slope at current + step·direction. A point that overflows is undefined and not shown to the objective.
 *
 * @param bestStep The best step so far; the point there is kept if it was the last trial.
 */
export function lookAt(walk: LineWalk, step: number, bestStep: number): LinePoint {
  if (walk.trial.step === bestStep) swapTrialAndBest(walk);
  const { direction, trial, current, point } = walk;
  for (let i = 0; i < direction.length; i += 1) trial.x[i] = current.x[i]! + step * direction[i]!;
  trial.step = step;
  point.value = Number.NaN;
  point.slope = Number.NaN;
  if (!Number.isFinite(largestEntry(trial.x))) return point;
  trial.value = walk.objective(trial.x, trial.gradient);
  walk.evaluations += 1;
  point.value = trial.value;
  if (!Number.isFinite(trial.value) || !Number.isFinite(largestEntry(trial.gradient))) return point;
  point.slope = dot(trial.gradient, direction);
  return point;
}

/** Starts a new line at the current point. */
export function turn(walk: LineWalk): void {
  walk.trial.step = 0;
  walk.best.step = 0;
}

/** Makes the accepted trial, the last or the best, the trial. */
export function choose(walk: LineWalk, step: number): void {
  if (walk.trial.step !== step) swapTrialAndBest(walk);
}

/** Moves to the trial point. */
export function advance(walk: LineWalk): void {
  const { current } = walk;
  walk.current = walk.trial;
  walk.trial = current;
}

function swapTrialAndBest(walk: LineWalk): void {
  const { trial } = walk;
  walk.trial = walk.best;
  walk.best = trial;
}

/** The largest step along the direction that stays within the floating-point numbers. */
export function longestStep({ direction, current }: LineWalk): number {
  const room = Number.MAX_VALUE - largestEntry(current.x);
  const longest = room / largestEntry(direction);
  return Math.min(longest, Number.MAX_VALUE) * (1 - 2 * Number.EPSILON);
}

/** The smallest step along the direction that changes any coordinate. */
export function shortestStep({ direction, current }: LineWalk): number {
  let shortest = Number.MAX_VALUE;
  for (let i = 0; i < direction.length; i += 1) {
    const step = (Number.EPSILON / 4) * Math.abs(current.x[i]! / direction[i]!);
    if (step < shortest) shortest = step;
  }
  return shortest;
}
