import { checkList } from '../core/checks.ts';

/**
 * Holm's step-down adjustment of p-values: rejecting those at or below α keeps the chance of any false rejection at α,
 * however the tests depend on each other.
 *
 * @param pValues Values in 0..1, in any order; `null` where a test could not be made, which counts as no test.
 * @returns Adjusted values in 0..1 in the same order, none below its own.
 *
 * @example
 * ```ts
 * import { holmAdjusted } from 'calibrant';
 *
 * assert.deepEqual(holmAdjusted([0.25, 0.125, null]), [0.25, 0.25, null]);
 * ```
 *
 * Source: Holm 1979, "A simple sequentially rejective multiple test procedure".
 */
export function holmAdjusted(pValues: readonly (number | null)[]): (number | null)[] {
  checkList('pValues', pValues, 'numbers in 0..1 or null', isPValue);
  const adjusted: (number | null)[] = pValues.map(() => null);
  const made = pValues
    .map((value, at) => ({ value, at }))
    .filter((test): test is { value: number; at: number } => test.value !== null)
    .sort((a, b) => a.value - b.value);
  let least = 0;
  for (const [rank, { value, at }] of made.entries()) {
    least = Math.min(1, Math.max(least, (made.length - rank) * value));
    adjusted[at] = least;
  }
  return adjusted;
}

function isPValue(value: unknown): boolean {
  return value === null || (typeof value === 'number' && value >= 0 && value <= 1);
}
