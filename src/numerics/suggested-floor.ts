import type { ScoreRows } from '../core/score-rows.ts';
import { decimalPlaces } from './decimal-places.ts';

/** Tables of more decimals than this are taken as unrounded. */
const mostDecimals = 7;

/**
 * A floor for probabilities in place of those that were rounded to 0: half the smallest step of a table rounded to d decimals,
 * 0.5·10^-d; else half the smallest positive value, to one digit. It stays below 1/(2K), half of what guessing gives; whole
 * numbers alone, whose step is no measure, give a tenth of that of guessing.
 *
 * @param scores N×K probabilities with some positive value, before any floor; one column stands for two classes.
 */
export function suggestedFloor(scores: ScoreRows): number {
  const classes = Math.max(scores.columns, 2);
  const decimals = decimalPlaces(scores, mostDecimals);
  if (decimals === 0) return oneDigit(1 / (10 * classes));
  const half = decimals === undefined ? smallestPositive(scores) / 2 : 0.5 * 10 ** -decimals;
  return oneDigit(Math.min(half, 1 / (2 * classes)));
}

/** Rows looked at together. */
const atOnce = 4096;

function smallestPositive({ rows, read }: ScoreRows): number {
  let least = 1;
  for (let from = 0; from < rows; from += atOnce) {
    for (const p of read(from, Math.min(from + atOnce, rows))) if (p > 0 && p < least) least = p;
  }
  return least;
}

/** Rounded to one digit, which is never 0: half of the smallest double would be. */
function oneDigit(value: number): number {
  return Math.max(Number(value.toPrecision(1)), Number.MIN_VALUE);
}
