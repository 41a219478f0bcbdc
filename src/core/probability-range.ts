/**
 * How far a probability may lie below 0 or above 1 and still be a rounded 0 or 1: one step of half precision above 1 is
 * 2^-10 = 9.8e-4. Single and double precision miss by 1e-7 and 1e-16.
 */
export const rangeTolerance = 1e-3;

/** Whether a value is a probability, but for rounding. NaN is none. */
export function isProbability(value: number): boolean {
  return value >= -rangeTolerance && value <= 1 + rangeTolerance;
}

/**
 * A probability as it is used. Rounding below 0 becomes 0, as no logarithm exists there. Rounding above 1 is kept, as
 * probabilities are used as they are, but not in a single column p, where 1 − p is the probability of class 0.
 *
 * @param columns Columns of its table.
 */
export function clippedProbability(value: number, columns: number): number {
  if (value < 0) return 0;
  return columns === 1 && value > 1 ? 1 : value;
}
