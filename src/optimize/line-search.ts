import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import { cutAt, type LineBracket, moveTo, nextTrial, openBracket } from './line-bracket.ts';

/** Value and slope of a function of one variable, φ(t) = f(x + t d). */
export interface LinePoint {
  readonly value: number;
  readonly slope: number;
}

/** φ and φ′ at a step; the same record may be handed out each time, it is read at once. Non-finite means undefined. */
export type LineFunction = (step: number) => LinePoint;

/**
 * How {@link strongWolfe} ended.
 *
 * - `wolfe`: sufficient decrease φ(t) ≤ φ(0) + c1 t φ′(0) and curvature |φ′(t)| ≤ c2 |φ′(0)| both hold at `step`.
 * - `approximate-wolfe`: the curvature holds, and |φ(t) − φ(0)| ≤ `noise`: rounding hides the decrease, while the
 *   slope shows it, (2 c1 − 1) φ′(0) ≥ φ′(t).
 * - `sufficient-decrease`: no step met the curvature condition; `step` meets the other.
 * - `step-limit`: still falling at `maxStep`, which is `step`.
 * - `unbounded`: φ is −Infinity somewhere; `step` is the best finite one.
 * - `no-decrease`: no step with sufficient decrease was found; `step` is 0.
 * - `not-descent`: φ(0) or φ′(0) is not finite, or φ′(0) ≥ 0; `step` is 0.
 * - `aborted`: the signal fired; `step` is the best so far, 0 if none.
 */
export type StrongWolfeStatus =
  | 'wolfe'
  | 'approximate-wolfe'
  | 'sufficient-decrease'
  | 'step-limit'
  | 'unbounded'
  | 'no-decrease'
  | 'not-descent'
  | 'aborted';

/** The two constants of the Wolfe conditions, 0 < `sufficientDecrease` < 1/2, `sufficientDecrease` < `curvature` < 1. */
export interface WolfeConstants {
  /** c1, default 1e-4. */
  readonly sufficientDecrease?: number;
  /** c2, default 0.9. */
  readonly curvature?: number;
}

/** A line search as one reusable record: what is asked, the bracket at work, and the answer. */
export interface LineSearch {
  startValue: number;
  startSlope: number;
  initialStep: number;
  maxStep: number;
  minStep: number;
  noise: number;
  maxEvaluations: number;
  readonly sufficientDecrease: number;
  readonly curvature: number;
  readonly signal: AbortSignal | undefined;
  readonly bracket: LineBracket;
  step: number;
  value: number;
  slope: number;
  status: StrongWolfeStatus;
  evaluations: number;
}

/** Rounding of a value, in units of its last place, as far as a careful objective lets it grow. */
const noiseUlps = 16;

/** How far rounding alone can move a value of this size. */
export function roundingNoise(value: number): number {
  return noiseUlps * Number.EPSILON * Math.abs(value);
}

/** Names of {@link WolfeConstants}. */
export const wolfeNames = ['sufficientDecrease', 'curvature'] as const;

/** Checks the Wolfe constants and puts their defaults in place. */
export function wolfeConstants(constants: WolfeConstants): Required<WolfeConstants> {
  const { sufficientDecrease = 1e-4, curvature = 0.9 } = constants;
  if (!(sufficientDecrease > 0 && sufficientDecrease < 0.5)) {
    throw constantError('sufficientDecrease', 'above 0 and below 0.5', sufficientDecrease);
  }
  if (!(curvature > sufficientDecrease && curvature < 1)) {
    throw constantError('curvature', `above ${sufficientDecrease} and below 1`, curvature);
  }
  return { sufficientDecrease, curvature };
}

/** The record that {@link searchLine} works on. */
export function createLineSearch(constants: Required<WolfeConstants>, signal?: AbortSignal): LineSearch {
  const bracket = {} as LineBracket;
  openBracket(bracket, 0, 0);
  return {
    startValue: 0,
    startSlope: 0,
    initialStep: 1,
    maxStep: Number.MAX_VALUE,
    minStep: 0,
    noise: 0,
    maxEvaluations: 60,
    ...constants,
    signal,
    bracket,
    step: 0,
    value: 0,
    slope: 0,
    status: 'no-decrease',
    evaluations: 0,
  };
}

/** The search itself, without checks and without allocation: reads the settings of `search`, leaves the answer in it. */
export function searchLine(line: LineFunction, value: number, slope: number, search: LineSearch): void {
  const { bracket, maxStep } = search;
  search.startValue = value;
  search.startSlope = slope;
  search.evaluations = 0;
  openBracket(bracket, value, slope);
  if (!(Number.isFinite(value) && slope < 0 && slope > Number.NEGATIVE_INFINITY)) {
    settle(search, 'not-descent');
    return;
  }
  let trial = Math.min(search.initialStep, maxStep);
  while (search.evaluations < search.maxEvaluations) {
    if (search.signal?.aborted === true) {
      settle(search, 'aborted');
      return;
    }
    const point = line(trial);
    search.evaluations += 1;
    const status = judge(search, trial, point.value, point.slope);
    if (status !== undefined) {
      settle(search, status);
      return;
    }
    if (isExhausted(bracket, search.minStep)) break;
    trial = Math.min(nextTrial(bracket, search.noise), maxStep);
    if (trial === bracket.lowStep || trial === bracket.highStep) break;
  }
  settle(search, 'sufficient-decrease');
}

/** Takes a trial in: accepts it, ends the search, or narrows the bracket and returns nothing. */
function judge(
  search: LineSearch,
  step: number,
  value: number,
  slope: number,
): StrongWolfeStatus | undefined {
  const { bracket, startValue, startSlope, noise, sufficientDecrease } = search;
  if (value === Number.NEGATIVE_INFINITY) return 'unbounded';
  if (!(Number.isFinite(value) && Number.isFinite(slope))) {
    cutAt(bracket, step, Number.NaN, Number.NaN);
    return undefined;
  }
  const armijo = startValue + sufficientDecrease * step * startSlope;
  if (Math.abs(slope) <= search.curvature * -startSlope) {
    const decreases = value <= armijo && value < startValue;
    const nearly =
      Math.abs(value - startValue) <= noise && slope <= (2 * sufficientDecrease - 1) * startSlope;
    if (decreases || nearly) {
      moveTo(bracket, step, value, slope);
      return decreases ? 'wolfe' : 'approximate-wolfe';
    }
  }
  if (!(value <= armijo + noise && value <= bracket.lowValue + noise)) {
    cutAt(bracket, step, value, slope);
    return undefined;
  }
  moveTo(bracket, step, value, slope);
  return step === search.maxStep && bracket.highStep === Number.POSITIVE_INFINITY ? 'step-limit' : undefined;
}

/** Nothing is left between the ends. */
function isExhausted({ lowStep, highStep }: LineBracket, minStep: number): boolean {
  if (highStep === Number.POSITIVE_INFINITY) return false;
  const resolution = Math.max(minStep, Number.EPSILON * Math.max(lowStep, highStep));
  return Math.abs(highStep - lowStep) <= resolution;
}

/** Writes the answer: the low end of the bracket if it is a decrease (or was accepted as one), else staying put. */
function settle(search: LineSearch, status: StrongWolfeStatus): void {
  const { bracket, startValue } = search;
  const accepted = status === 'wolfe' || status === 'approximate-wolfe';
  const armijo = startValue + search.sufficientDecrease * bracket.lowStep * search.startSlope;
  const decreases = bracket.lowStep > 0 && bracket.lowValue <= armijo && bracket.lowValue < startValue;
  const moves = accepted || decreases;
  search.step = moves ? bracket.lowStep : 0;
  search.value = moves ? bracket.lowValue : startValue;
  search.slope = moves ? bracket.lowSlope : search.startSlope;
  const promised = status === 'sufficient-decrease' || status === 'step-limit';
  search.status = promised && !decreases ? 'no-decrease' : status;
}

function constantError(name: string, expected: string, value: number): CalibrationError {
  return new CalibrationError('E_OPTION', {
    what: `option "${name}" must be ${expected}, got ${foundText(value)}`,
    value,
  });
}
