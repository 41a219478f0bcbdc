import { largestEntry } from './curvature-history.ts';
import type { StrongWolfeStatus } from './line-search.ts';
import type { LineWalk } from './line-walk.ts';

/**
 * What `onIteration` is shown. One record is reused: copy what should last. The arrays are work buffers, to be read only.
 */
export interface LbfgsIteration {
  /** 0 for the start. */
  readonly iteration: number;
  readonly x: Float64Array;
  readonly value: number;
  /** Gradient at `x`. */
  readonly gradient: Float64Array;
  /** Largest absolute gradient entry. */
  readonly gradientNorm: number;
  /** Where the last step went: `x` is the point before it plus `step` times this. Zeros for the start. */
  readonly direction: Float64Array;
  /** Step length along the last direction; 0 for the start. */
  readonly step: number;
  /** How the line search accepted the last step; `null` for the start. */
  readonly accepted: StrongWolfeStatus | null;
  /** Evaluations so far. */
  readonly evaluations: number;
}

/** Called at the start and after every step; returning `stop` ends the search there. */
// biome-ignore lint/suspicious/noConfusingVoidType: a listener may return nothing
export type LbfgsListener = (iteration: LbfgsIteration) => 'stop' | void;

/** Shows the walk's current point to the listener, through one record; the answer is whether to stop. */
export function iterationReporter(
  walk: LineWalk,
  listener: LbfgsListener | undefined,
): (iteration: number, step: number, accepted: StrongWolfeStatus | null) => boolean {
  if (listener === undefined) return () => false;
  const shown: { -readonly [Field in keyof LbfgsIteration]: LbfgsIteration[Field] } = {
    iteration: 0,
    x: walk.current.x,
    value: 0,
    gradient: walk.current.gradient,
    gradientNorm: 0,
    direction: walk.direction,
    step: 0,
    accepted: null,
    evaluations: 0,
  };
  return (iteration, step, accepted) => {
    shown.iteration = iteration;
    shown.x = walk.current.x;
    shown.value = walk.current.value;
    shown.gradient = walk.current.gradient;
    shown.gradientNorm = largestEntry(walk.current.gradient);
    shown.step = step;
    shown.accepted = accepted;
    shown.evaluations = walk.evaluations;
    return listener(shown) === 'stop';
  };
}
