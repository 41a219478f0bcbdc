/**
 * The last few steps s and gradient changes y of a minimisation, in a ring of buffers made once, one more than are
 * remembered, so that a pair can be tried without spoiling the oldest. Each is stored divided by its largest entry, so
 * that products neither overflow nor vanish at any scale of `x` or of the function.
 */
export interface CurvatureHistory {
  readonly steps: readonly Float64Array[];
  readonly changes: readonly Float64Array[];
  /** s·y of the stored, scaled pairs. */
  readonly products: Float64Array;
  /** Largest entry of s over largest entry of y. */
  readonly ratios: Float64Array;
  readonly alphas: Float64Array;
  /** Shape of the initial inverse Hessian; absent means the identity. */
  readonly diagonal: Float64Array | undefined;
  /** The initial inverse Hessian is `scaling` times the diagonal. */
  scaling: number;
  count: number;
  next: number;
}

/** Room for `memory` pairs of length `n`. */
export function createHistory(
  memory: number,
  n: number,
  scaling: number,
  diagonal?: Float64Array,
): CurvatureHistory {
  const slots = memory + 1;
  const buffers = (): Float64Array[] => Array.from({ length: slots }, () => new Float64Array(n));
  return {
    steps: buffers(),
    changes: buffers(),
    products: new Float64Array(slots),
    ratios: new Float64Array(slots),
    alphas: new Float64Array(slots),
    diagonal,
    scaling,
    count: 0,
    next: 0,
  };
}

/** Forgets all pairs; the last scaling stays. */
export function forget(history: CurvatureHistory): void {
  history.count = 0;
  history.next = 0;
}

/**
 * Stores the step from `x` to `newX` with its change of gradient, over the oldest pair when full. A pair without
 * positive curvature, s·y ≤ 2^-52·|s||y|, is left out.
 */
export function remember(
  history: CurvatureHistory,
  x: Float64Array,
  newX: Float64Array,
  gradient: Float64Array,
  newGradient: Float64Array,
): void {
  const { next, diagonal } = history;
  const s = history.steps[next]!;
  const y = history.changes[next]!;
  const ratio = scaledDifference(newX, x, s) / scaledDifference(newGradient, gradient, y);
  if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) return;
  let ss = 0;
  let sy = 0;
  let yy = 0;
  let yDy = 0;
  for (let i = 0; i < s.length; i += 1) {
    const si = s[i]!;
    const yi = y[i]!;
    ss += si * si;
    sy += si * yi;
    yy += yi * yi;
    yDy += diagonal === undefined ? yi * yi : yi * yi * diagonal[i]!;
  }
  const scaling = (sy / yDy) * ratio;
  if (!(sy > Number.EPSILON * Math.sqrt(ss * yy) && scaling > 0 && scaling < Number.POSITIVE_INFINITY))
    return;
  history.products[next] = sy;
  history.ratios[next] = ratio;
  history.scaling = scaling;
  history.next = (next + 1) % history.steps.length;
  history.count = Math.min(history.count + 1, history.steps.length - 1);
}

/**
 * Writes the quasi-Newton direction d = −H g by the two-loop recursion (Nocedal 1980; Nocedal and Wright 2006,
 * algorithm 7.4), H₀ being `scaling` times the diagonal.
 */
export function quasiNewtonDirection(
  history: CurvatureHistory,
  gradient: Float64Array,
  direction: Float64Array,
): void {
  const { steps, changes, products, ratios, alphas, diagonal, scaling, count, next } = history;
  const slots = steps.length;
  const n = gradient.length;
  const size = largestEntry(gradient);
  for (let i = 0; i < n; i += 1) direction[i] = -gradient[i]! / size;
  for (let age = 1; age <= count; age += 1) {
    const k = (next - age + slots) % slots;
    const alpha = dot(steps[k]!, direction) / products[k]!;
    alphas[k] = alpha;
    addScaled(direction, -alpha, changes[k]!);
  }
  for (let i = 0; i < n; i += 1) {
    direction[i] = direction[i]! * (diagonal === undefined ? scaling : scaling * diagonal[i]!);
  }
  for (let age = count; age >= 1; age -= 1) {
    const k = (next - age + slots) % slots;
    const beta = dot(changes[k]!, direction) / products[k]!;
    addScaled(direction, alphas[k]! * ratios[k]! - beta, steps[k]!);
  }
  for (let i = 0; i < n; i += 1) direction[i] = direction[i]! * size;
}

/** Sum of products. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

/** Largest absolute value (the sup-norm); NaN if any entry is. */
export function largestEntry(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    const size = Math.abs(a[i]!);
    if (!(size <= largest)) largest = size;
  }
  return largest;
}

function addScaled(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i += 1) target[i] = target[i]! + factor * source[i]!;
}

/** Writes (a − b) divided by its largest entry, and returns that entry; 0 where they are equal. */
function scaledDifference(a: Float64Array, b: Float64Array, out: Float64Array): number {
  for (let i = 0; i < a.length; i += 1) out[i] = a[i]! - b[i]!;
  const size = largestEntry(out);
  if (size > 0) for (let i = 0; i < out.length; i += 1) out[i] = out[i]! / size;
  return size;
}
