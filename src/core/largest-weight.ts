import { CalibrationError } from './errors.ts';

/**
 * Largest weights between which sums of squares of weighted figures neither overflow nor vanish, with room for the square
 * of such a sum.
 */
const range = { low: 1e-80, high: 1e80 } as const;

/**
 * Refuses weights by the largest of them. Only ratios of weights enter results, so any other scale can be brought into
 * range; smaller weights beside a large one may be as small as they like.
 *
 * @throws CalibrationError `E_WEIGHT_ZERO` where it is 0, `E_WEIGHT` where it is outside 1e-80..1e80.
 */
export function checkLargestWeight(largest: number, file?: string): void {
  const place = file === undefined ? {} : { file };
  if (largest === 0) throw new CalibrationError('E_WEIGHT_ZERO', { ...place, what: 'the weights sum to 0' });
  if (largest >= range.low && largest <= range.high) return;
  throw new CalibrationError('E_WEIGHT', {
    ...place,
    what: `the largest weight is ${largest}, outside 1e-80..1e80`,
    hint: 'Multiply all weights by one number; that changes no result.',
    value: largest,
  });
}
