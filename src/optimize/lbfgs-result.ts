import { largestEntry } from './curvature-history.ts';
import type { LbfgsSettings } from './lbfgs-options.ts';
import type { LineWalk } from './line-walk.ts';

/**
 * How L-BFGS ended.
 *
 * - `converged-gradient`: the largest gradient entry is within `gradientTolerance`.
 * - `converged-function`: the last decrease was within `functionTolerance`.
 * - `converged-rounding`: no lower value was found, and the decrease that the model promises is below the rounding of
 *   the value and of `x`; or 50 steps in a row found neither a lower value nor a smaller gradient. The minimum to
 *   working precision.
 * - `line-search-failed`: no lower value was found though one was promised; the gradient may be wrong or not continuous,
 *   or the value rounded far more coarsely than its size tells.
 * - `max-iterations`, `max-evaluations`: the budget ran out.
 * - `aborted`: the signal fired. `stopped`: `onIteration` returned `stop`.
 * - `non-finite-start`: value or gradient are not finite at the start.
 * - `unbounded`: the function is −Infinity somewhere, or still falls at the edge of the floating-point numbers.
 */
export type LbfgsStatus =
  | 'converged-gradient'
  | 'converged-function'
  | 'converged-rounding'
  | 'line-search-failed'
  | 'max-iterations'
  | 'max-evaluations'
  | 'aborted'
  | 'stopped'
  | 'non-finite-start'
  | 'unbounded';

/** What L-BFGS found: the last iterate, whatever the status. */
export interface LbfgsResult {
  /** n coordinates. */
  readonly x: Float64Array;
  /** The function at exactly this `x`; `Infinity` when it is not finite there or was never asked. */
  readonly value: number;
  /** Gradient at exactly this `x`; filled with `Infinity` when `value` is. */
  readonly gradient: Float64Array;
  /** Largest absolute gradient entry. */
  readonly gradientNorm: number;
  readonly status: LbfgsStatus;
  readonly iterations: number;
  readonly evaluations: number;
  /** One sentence on the outcome with the numbers behind it. */
  readonly message: string;
}

/** The current point of the walk as a result. */
export function outcome(
  walk: LineWalk,
  status: LbfgsStatus,
  iterations: number,
  settings: LbfgsSettings,
): LbfgsResult {
  const { x, gradient, value } = walk.current;
  const isKnown = status !== 'non-finite-start' && walk.evaluations > 0;
  if (!isKnown) gradient.fill(Number.POSITIVE_INFINITY);
  const gradientNorm = largestEntry(gradient);
  const spent = `after ${counted(iterations, 'iteration')} and ${counted(walk.evaluations, 'evaluation')}`;
  return {
    x,
    value: isKnown ? value : Number.POSITIVE_INFINITY,
    gradient,
    gradientNorm,
    status,
    iterations,
    evaluations: walk.evaluations,
    message: `${reason(status, gradientNorm, settings)}, ${spent}`,
  };
}

function reason(status: LbfgsStatus, gradientNorm: number, settings: LbfgsSettings): string {
  const slope = `the largest gradient entry is ${gradientNorm.toPrecision(3)}`;
  switch (status) {
    case 'converged-gradient':
      return `${slope}, within ${settings.gradientTolerance}`;
    case 'converged-function':
      return `the last step lowered the value by no more than ${settings.functionTolerance} of it; ${slope}`;
    case 'converged-rounding':
      return `no lower value can be told apart; ${slope}`;
    case 'line-search-failed':
      return `no step along the gradient lowers the value; ${slope}; check the gradient`;
    case 'max-iterations':
      return `the budget of ${counted(settings.maxIterations, 'iteration')} is used up; ${slope}`;
    case 'max-evaluations':
      return `the budget of ${counted(settings.maxEvaluations, 'evaluation')} is used up; ${slope}`;
    case 'aborted':
      return 'stopped by the signal';
    case 'stopped':
      return 'stopped by onIteration';
    case 'non-finite-start':
      return 'value or gradient are not finite at the start';
    case 'unbounded':
      return 'the function falls without bound';
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
