import { CompensatedSum } from './compensated-sum.ts';
import { exp } from './exponential.ts';
import { log1p } from './logarithm.ts';

/** Numbers of trials and of successes at some places; both may be sums of weights. */
export interface Trials {
  readonly places: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly hits: ArrayLike<number>;
}

/** The line a + b·x of log odds that is most likely, and how it was reached. */
export interface LogisticLine {
  readonly intercept: number;
  readonly slope: number;
  readonly steps: number;
  readonly converged: boolean;
}

/** Steps below this part of the scale of the line count as none: rounding of the gradient. */
const settled = 1e-14;
/** Steps below it are in the range of quadratic convergence. */
const nearby = 1e-5;
const mostSteps = 100;
const longestStep = 4;

/**
 * Maximum-likelihood logistic regression of outcomes on one variable, by Newton's method with halved steps.
 *
 * The places are centred and scaled first. A maximum must exist: the outcomes must overlap (see the callers).
 *
 * @param fixedSlope The slope where only the intercept is looked for.
 */
export function fitLogisticLine({ places, weights, hits }: Trials, fixedSlope?: number): LogisticLine {
  const { centre, scale } = placeScale({ places, weights, hits });
  const isFixed = fixedSlope !== undefined;
  let a = 0;
  let b = isFixed ? fixedSlope * scale : 0;
  let current = derivatives({ places, weights, hits }, centre, scale, a, b);
  let converged = false;
  let steps = 0;
  let lastSize = Number.POSITIVE_INFINITY;
  while (steps < mostSteps && !converged) {
    const [da, db] = newtonStep(current, isFixed);
    const size = Math.max(Math.abs(da), Math.abs(db)) / (1 + Math.abs(a) + Math.abs(b));
    let share = 1;
    let next = derivatives({ places, weights, hits }, centre, scale, a + da, b + db);
    // Close to the maximum the loss is flat to rounding and Newton's steps are to be trusted.
    while (size > nearby && !(next.loss <= current.loss) && share > 1e-10) {
      share /= 2;
      next = derivatives({ places, weights, hits }, centre, scale, a + share * da, b + share * db);
    }
    steps += 1;
    converged = size <= settled || (size <= nearby && size >= lastSize);
    if (converged && size >= lastSize) break;
    a += share * da;
    b += share * db;
    current = next;
    lastSize = size;
  }
  const slope = isFixed ? fixedSlope : b / scale;
  return { intercept: a - slope * centre, slope, steps, converged };
}

interface Derivatives {
  readonly loss: number;
  readonly gradient: readonly [number, number];
  readonly curvature: readonly [number, number, number];
}

function newtonStep({ gradient, curvature }: Derivatives, isFixed: boolean): [number, number] {
  const [ga, gb] = gradient;
  const [haa, hab, hbb] = curvature;
  // Where all outcomes look certain the curvature vanishes and the step would leave for infinity.
  if (isFixed) return [Math.min(Math.max(-ga / haa, -longestStep), longestStep), 0];
  const determinant = haa * hbb - hab * hab;
  return [(hab * gb - hbb * ga) / determinant, (hab * ga - haa * gb) / determinant];
}

/** Negative log-likelihood with its first and second derivatives at log odds a + b·(x − centre)/scale. */
function derivatives(
  { places, weights, hits }: Trials,
  centre: number,
  scale: number,
  a: number,
  b: number,
): Derivatives {
  const [loss, ga, gb, haa, hab, hbb] = Array.from({ length: 6 }, () => new CompensatedSum()) as [
    CompensatedSum,
    CompensatedSum,
    CompensatedSum,
    CompensatedSum,
    CompensatedSum,
    CompensatedSum,
  ];
  for (let i = 0; i < places.length; i += 1) {
    const x = (places[i]! - centre) / scale;
    const z = a + b * x;
    const w = weights[i]!;
    const small = exp(-Math.abs(z));
    const p = z > 0 ? 1 / (1 + small) : small / (1 + small);
    const residual = w * p - hits[i]!;
    const spread = (w * small) / ((1 + small) * (1 + small));
    loss.add(w * (Math.max(z, 0) + log1p(small)) - hits[i]! * z);
    ga.add(residual);
    gb.add(residual * x);
    haa.add(spread);
    hab.add(spread * x);
    hbb.add(spread * x * x);
  }
  return {
    loss: loss.value,
    gradient: [ga.value, gb.value],
    curvature: [haa.value, hab.value, hbb.value],
  };
}

function placeScale({ places, weights }: Trials): { readonly centre: number; readonly scale: number } {
  const total = new CompensatedSum();
  const sum = new CompensatedSum();
  for (let i = 0; i < places.length; i += 1) {
    total.add(weights[i]!);
    sum.add(weights[i]! * places[i]!);
  }
  const centre = sum.value / total.value;
  const square = new CompensatedSum();
  for (let i = 0; i < places.length; i += 1) {
    const away = places[i]! - centre;
    square.add(weights[i]! * away * away);
  }
  const scale = Math.sqrt(square.value / total.value);
  return { centre, scale: scale > 0 ? scale : 1 };
}
