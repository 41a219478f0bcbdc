/**
 * How far a probability may lie below 0 or above 1 and still be a rounded 0 or 1: one step of half precision above 1 is
 * 2^-10 = 9.8e-4. Single and double precision miss by 1e-7 and 1e-16.
 */
export const rangeTolerance = 1e-3;

/** Whether a value is a probability, but for rounding. NaN is none. */
export function isProbability(value: number): boolean {
  return value >= -rangeTolerance && value <= 1 + rangeTolerance;
}

/** A probability with its rounding outside 0..1 removed. */
export function clippedProbability(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
