/** Value and slope of a function at a point. */
export interface Knot {
  readonly t: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * The cubic that has the values and slopes of two points (Hermite), with its slope, over u from 0 at the one to 1 at the
 * other.
 */
export function cubicBetween(
  left: Knot,
  right: Knot,
): { readonly value: (u: number) => number; readonly slope: (u: number) => number } {
  const width = right.t - left.t;
  const [rise, fall] = [width * left.slope, width * right.slope];
  return {
    value: (u) => {
      const v = 1 - u;
      return v * v * ((1 + 2 * u) * left.value + u * rise) + u * u * ((1 + 2 * v) * right.value - v * fall);
    },
    slope: (u) => {
      const v = 1 - u;
      return 6 * u * v * (right.value - left.value) + v * (1 - 3 * u) * rise + u * (3 * u - 2) * fall;
    },
  };
}
