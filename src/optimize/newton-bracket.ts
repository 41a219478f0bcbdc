import { checkOneOf, checkOptionNames, checkRequired, checkWhole, checkWithin } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';

/** First and second derivative of a function at a point. */
export interface SlopeAndCurvature {
  readonly slope: number;
  readonly curvature: number;
}

/** Derivatives at `x`, by a function that may hand out the same record each time: it is read at once. */
export type SlopeFunction = (x: number) => SlopeAndCurvature;

/** Options of {@link newtonInBracket}. */
export interface NewtonInBracketOptions {
  /** Largest number of evaluations, a whole number in 1..10000. Default 60. */
  readonly maxSteps?: number;
  /** Distance in `x` below which two points count as one, ≥ 0; the last ulp of `x` where that is larger. Default 0. */
  readonly resolution?: number;
  /** A slope of this size or less counts as settled, ≥ 0: the rounding error of the slope, say. Default 0. */
  readonly slopeTolerance?: number;
  /**
   * `bracketed` steps over the zero once Newton's method has settled, so that the returned bracket is a few ulps wide
   * and shows the sign change; `settled` saves those one to three evaluations. Default `bracketed`.
   */
  readonly finish?: 'bracketed' | 'settled';
}

/**
 * How {@link newtonInBracket} ended.
 *
 * - `converged`: the step fell below the resolution, the slope below its tolerance, or the bracket cannot shrink.
 * - `zero-slope`: the slope is exactly 0 at `x`; the bracket is `[x, x]`.
 * - `at-low`, `at-high`: the slope does not change sign inside; `x` is that end.
 * - `max-steps`: the evaluations ran out.
 * - `non-finite`: a derivative was NaN; `x` is the best point before it.
 */
export type NewtonInBracketStatus =
  | 'converged'
  | 'zero-slope'
  | 'at-low'
  | 'at-high'
  | 'max-steps'
  | 'non-finite';

/** What {@link newtonInBracket} found. */
export interface NewtonInBracketResult {
  /** The point of smallest absolute slope among those evaluated. */
  readonly x: number;
  /** Slope at `x`; `Infinity` when the very first one was NaN. */
  readonly slope: number;
  /** Curvature at `x`; `Infinity` when the very first one was NaN. */
  readonly curvature: number;
  /** The bracket as far as it shrank: slope < 0 at its low end and > 0 at its high end, where those were evaluated. */
  readonly bracket: readonly [number, number];
  /** Evaluations made. */
  readonly steps: number;
  readonly status: NewtonInBracketStatus;
}

const optionNames = ['maxSteps', 'resolution', 'slopeTolerance', 'finish'] as const;

/** An overshoot of this many ulps outruns the rounding of a well-conditioned slope; it grows eightfold on a miss. */
const firstReach = 4;
const reachGrowth = 8;

/**
 * Finds the zero of a rising slope, that is the minimum of a convex function of one variable, to the last ulp.
 *
 * Newton's step x − slope/curvature is taken where it stays inside the bracket and at least halves the step before
 * last; otherwise the bracket is halved. The ends are not evaluated unless the search runs into one. Convention: the
 * slope rises with `x`.
 *
 * @param slopeAndCurvature Slope and curvature at a point. Infinite slopes are fine: their sign counts.
 * @param low Lower end of the bracket, finite.
 * @param high Upper end, finite, above `low`.
 * @param start First point, inside the bracket.
 * @returns The point, its derivatives, the bracket left, the evaluations spent, and how it ended.
 * @throws CalibrationError `E_OPTION` when the bracket is empty, the start lies outside, or an option is unknown or
 *   out of range.
 *
 * Cost: one evaluation per step, quadratic convergence near the zero, never more than `maxSteps`.
 *
 * @example
 * ```ts
 * import { newtonInBracket } from 'calibrant';
 *
 * const found = newtonInBracket((x) => ({ slope: x * x - 2, curvature: 2 * x }), 0, 2, 1);
 * assert.ok(Math.abs(found.x - Math.SQRT2) <= 2 * Number.EPSILON);
 * assert.equal(found.status, 'converged');
 * ```
 *
 * Source: safeguarding as in Press, Teukolsky, Vetterling and Flannery, Numerical Recipes, "Newton-Raphson method
 * using derivative".
 */
export function newtonInBracket(
  slopeAndCurvature: SlopeFunction,
  low: number,
  high: number,
  start: number,
  options: NewtonInBracketOptions = {},
): NewtonInBracketResult {
  checkOptionNames(options, optionNames);
  checkRequired('slope function', slopeAndCurvature);
  const { maxSteps = 60, resolution = 0, slopeTolerance = 0, finish = 'bracketed' } = options;
  checkWhole('maxSteps', maxSteps, 1, 10_000);
  checkWithin('resolution', resolution, 0, Number.MAX_VALUE);
  checkWithin('slopeTolerance', slopeTolerance, 0, Number.MAX_VALUE);
  checkOneOf('finish', finish, ['bracketed', 'settled']);
  checkBracket(low, high, start);

  let [a, b, x] = [low, high, start];
  let [lowSeen, highSeen] = [false, false];
  let [bestX, bestSlope, bestCurvature] = [start, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [move, moveBefore] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let overshoots = 0;
  let reach = 0;
  let settledSide = 0;
  const outcome = (status: NewtonInBracketStatus, steps: number): NewtonInBracketResult => ({
    x: bestX,
    slope: bestSlope,
    curvature: bestCurvature,
    bracket: status === 'zero-slope' ? [bestX, bestX] : [a, b],
    steps,
    status,
  });

  for (let steps = 1; steps <= maxSteps; steps += 1) {
    const { slope, curvature } = slopeAndCurvature(x);
    if (Number.isNaN(slope) || Number.isNaN(curvature)) return outcome('non-finite', steps);
    if (Math.abs(slope) <= Math.abs(bestSlope)) [bestX, bestSlope, bestCurvature] = [x, slope, curvature];
    if (slope === 0) return outcome('zero-slope', steps);
    if (slope < 0 && x === b && !highSeen) return outcome('at-high', steps);
    if (slope > 0 && x === a && !lowSeen) return outcome('at-low', steps);
    if (slope < 0) [a, lowSeen] = [x, true];
    else [b, highSeen] = [x, true];
    if (reach > 0 && Math.sign(slope) !== settledSide) return outcome('converged', steps);

    const ulp = Math.max(resolution, Number.EPSILON * Math.abs(x));
    const isUsable = curvature > 0 && curvature < Number.POSITIVE_INFINITY;
    const newton = isUsable ? -slope / curvature : Number.NaN;
    if (reach === 0 && (Math.abs(newton) <= ulp || Math.abs(slope) <= slopeTolerance)) {
      if (finish === 'settled') return outcome('converged', steps);
      settledSide = Math.sign(slope);
      reach = firstReach * ulp;
    } else if (reach > 0) reach *= reachGrowth;

    let next = reach > 0 ? x - settledSide * reach : x + newton;
    if (next >= b || next <= a) overshoots += 1;
    else overshoots = 0;
    const slow = reach === 0 && !(Math.abs(newton) <= 0.5 * moveBefore);
    if (overshoots >= 2 && next >= b && !highSeen) next = b;
    else if (overshoots >= 2 && next <= a && !lowSeen) next = a;
    else if (slow || !(next > a && next < b)) next = a / 2 + b / 2;

    const closed = b - a <= ulp || next === a || next === b;
    if (closed && lowSeen && highSeen) return outcome('converged', steps);
    if (closed) next = lowSeen ? b : a;
    [moveBefore, move] = [move, Math.abs(next - x)];
    x = next;
  }
  return outcome('max-steps', maxSteps);
}

function checkBracket(low: number, high: number, start: number): void {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new CalibrationError('E_OPTION', {
      what: `a bracket needs finite ends, low below high, got [${foundText(low)}, ${foundText(high)}]`,
      value: [low, high],
    });
  }
  if (!(typeof start === 'number' && start >= low && start <= high)) {
    throw new CalibrationError('E_OPTION', {
      what: `the start must lie in the bracket [${low}, ${high}], got ${foundText(start)}`,
      value: start,
    });
  }
}
