import { checkOptionNames, checkPositive, checkRequired, checkWhole, checkWithin } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import {
  createLineSearch,
  type LineFunction,
  type LinePoint,
  roundingNoise,
  type StrongWolfeStatus,
  searchLine,
  type WolfeConstants,
  wolfeConstants,
  wolfeNames,
} from './line-search.ts';

/** Options of {@link strongWolfe}. */
export interface StrongWolfeOptions extends WolfeConstants {
  /** First step tried, above 0. Default 1. */
  readonly initialStep?: number;
  /** Largest step allowed, above 0. Default the largest number. */
  readonly maxStep?: number;
  /** Steps closer together than this count as one, ≥ 0. Default 0: until the floating-point numbers run out. */
  readonly minStep?: number;
  /** Difference of two values that rounding alone can make, ≥ 0. Default 16·2^-52·|φ(0)|. */
  readonly noise?: number;
  /** Largest number of evaluations, a whole number in 1..10000. Default 60. */
  readonly maxEvaluations?: number;
  /** Ends the search before the next evaluation. */
  readonly signal?: AbortSignal;
}

/** What {@link strongWolfe} found. */
export interface StrongWolfeResult {
  /** The step t, 0 where none is better than staying. */
  readonly step: number;
  /** φ(t); `Infinity` where φ(0) is not finite. */
  readonly value: number;
  /** φ′(t); `Infinity` where φ′(0) is not finite. */
  readonly slope: number;
  readonly status: StrongWolfeStatus;
  readonly evaluations: number;
}

const optionNames = [...wolfeNames, 'initialStep', 'maxStep', 'minStep', 'noise', 'maxEvaluations', 'signal'];

/**
 * Finds a step along a descent direction that meets the strong Wolfe conditions.
 *
 * Convention: φ(t) = f(x + t d) for t ≥ 0. The search widens from the first step until the minimum is bracketed, then
 * narrows by cubic interpolation, by the secant of the slopes where values differ by rounding only, and by halving
 * where neither narrows it enough; undefined regions are backed away from. Growth and retreat accelerate, so a first
 * step wrong by a hundred orders of magnitude costs some twenty evaluations.
 *
 * @param line φ and φ′ at a step.
 * @param start φ(0) and φ′(0) < 0.
 * @returns A step with its value and slope, how it was accepted, and the evaluations spent.
 * @throws CalibrationError `E_OPTION` for an unknown option or one out of range. Numerical trouble is a status.
 *
 * @example
 * ```ts
 * import { strongWolfe } from 'calibrant';
 *
 * const parabola = (t: number) => ({ value: (t - 3) ** 2, slope: 2 * (t - 3) });
 * const found = strongWolfe(parabola, parabola(0), { curvature: 0.1 });
 * assert.equal(found.status, 'wolfe');
 * assert.ok(Math.abs(found.slope) <= 0.1 * 6);
 * ```
 *
 * Source: Nocedal and Wright 2006, Numerical Optimization, algorithms 3.5 and 3.6; the approximate Wolfe conditions
 * from Hager and Zhang 2005, SIAM Journal on Optimization 16(1).
 */
export function strongWolfe(
  line: LineFunction,
  start: LinePoint,
  options: StrongWolfeOptions = {},
): StrongWolfeResult {
  checkOptionNames(options, optionNames);
  checkRequired('line function', line);
  checkStart(start);
  const { initialStep = 1, maxStep = Number.MAX_VALUE, minStep = 0, maxEvaluations = 60 } = options;
  const { noise = roundingNoise(start.value) } = options;
  checkPositive('initialStep', initialStep);
  checkPositive('maxStep', maxStep);
  checkWithin('minStep', minStep, 0, Number.MAX_VALUE);
  if (options.noise !== undefined) checkWithin('noise', options.noise, 0, Number.MAX_VALUE);
  checkWhole('maxEvaluations', maxEvaluations, 1, 10_000);
  const search = createLineSearch(wolfeConstants(options), options.signal);
  search.initialStep = initialStep;
  search.maxStep = maxStep;
  search.minStep = minStep;
  search.noise = noise;
  search.maxEvaluations = maxEvaluations;
  searchLine(line, start.value, start.slope, search);
  const { step, value, slope, status, evaluations } = search;
  return { step, value: finiteOrInfinity(value), slope: finiteOrInfinity(slope), status, evaluations };
}

function finiteOrInfinity(value: number): number {
  return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
}

function checkStart(start: unknown): void {
  const { value, slope } = (typeof start === 'object' && start !== null ? start : {}) as Partial<LinePoint>;
  if (typeof value === 'number' && typeof slope === 'number') return;
  throw new CalibrationError('E_OPTION', {
    what: `the start is ${foundText(start)}, expected { value, slope } of numbers`,
    value: start,
  });
}
