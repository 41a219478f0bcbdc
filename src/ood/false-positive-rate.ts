import { checkOptionNames } from '../core/checks.ts';
import { CalibrationError } from '../core/errors.ts';
import { foundText } from '../core/found-text.ts';
import { sortedScores } from './checked-scores.ts';

/** Options of {@link falsePositiveRateAtTruePositiveRate}. */
export interface TruePositiveRateOptions {
  /** Share of the familiar rows to be accepted, in (0, 1]. Default 0.95. */
  readonly truePositiveRate?: number;
}

/** The false positive rate at an operating point, and the point itself. */
export interface OperatingPoint {
  /** Largest score that may be asked for: a row is accepted when its score is at least this. */
  readonly threshold: number;
  /** Share of the familiar rows accepted; at least what was asked for, more only where few rows or ties force it. */
  readonly truePositiveRate: number;
  /** Share of the odd rows accepted, the figure called FPR95 at the default. */
  readonly falsePositiveRate: number;
}

/**
 * How many odd rows pass when the threshold accepts a given share of the familiar ones (FPR at 95 % TPR).
 *
 * The threshold is the largest score t with share{familiar ≥ t} ≥ the rate asked for; the result is share{odd ≥ t}.
 * Nothing is interpolated: it is the first point of the empirical ROC at or above that rate. Cost O(n log n).
 *
 * @param inScores Scores of the familiar rows (the positives), at least one; higher means more familiar.
 * @param outScores Scores of the odd rows, at least one.
 * @throws CalibrationError `E_TOO_FEW`, `E_NUM` (NaN) or `E_OPTION`.
 *
 * @example
 * ```ts
 * import { falsePositiveRateAtTruePositiveRate } from 'calibrant';
 *
 * const point = falsePositiveRateAtTruePositiveRate([5, 4, 3, 2], [3, 1, 1, 0], { truePositiveRate: 0.75 });
 * assert.deepEqual(point, { threshold: 3, truePositiveRate: 0.75, falsePositiveRate: 0.25 });
 * ```
 */
export function falsePositiveRateAtTruePositiveRate(
  inScores: ArrayLike<number>,
  outScores: ArrayLike<number>,
  options: TruePositiveRateOptions = {},
): OperatingPoint {
  checkOptionNames(options, ['truePositiveRate']);
  const { truePositiveRate: wanted = 0.95 } = options;
  if (!(typeof wanted === 'number' && wanted > 0 && wanted <= 1)) {
    throw new CalibrationError('E_OPTION', {
      what: `option "truePositiveRate" must be a number above 0 and at most 1, got ${foundText(wanted)}`,
      value: wanted,
    });
  }
  const familiar = sortedScores('familiar', inScores);
  const odd = sortedScores('odd', outScores);
  const threshold = familiar[familiar.length - rowsNeeded(familiar.length, wanted)]!;
  return {
    threshold,
    truePositiveRate: shareFrom(familiar, threshold),
    falsePositiveRate: shareFrom(odd, threshold),
  };
}

/** Smallest count whose share of `rows` reaches the rate; the product alone may round across a whole number. */
function rowsNeeded(rows: number, rate: number): number {
  let count = Math.ceil(rate * rows);
  if ((count - 1) / rows >= rate) count -= 1;
  else if (count / rows < rate) count += 1;
  return count;
}

/** Share of sorted scores at or above the threshold. */
function shareFrom(sorted: Float64Array, threshold: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < threshold) low = middle + 1;
    else high = middle;
  }
  return (sorted.length - low) / sorted.length;
}
