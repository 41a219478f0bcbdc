import { countedText, countText } from '../core/count-text.ts';
import { type Notice, notice } from '../core/notices.ts';
import type { CalibrationTest } from '../evaluation/calibration-tests.ts';
import { pText } from '../report/measures-block.ts';

/** Draws unless a smaller `alpha` asks for more, and most that are made without being asked for. */
const usualDraws = { least: 999, most: 9999 } as const;

/** Most draws that may be asked for. */
const mostDraws = 100_000;

/** Most tests that are made of a set. */
const mostTests = 10;

/** Draws with which a resampling test can reject at `alpha` whatever the other tests say, so far as they are affordable. */
export function drawsFor(alpha: number): number {
  return Math.min(Math.max(drawsNeeded(mostTests, alpha), usualDraws.least), usualDraws.most);
}

/** Fewest draws whose smallest p-value, times the number of tests, is no more than `alpha`. */
function drawsNeeded(tests: number, alpha: number): number {
  return Math.ceil(tests / alpha - 1e-9) - 1;
}

/** Warns where no resampling test can reject by itself. */
export function tooFewDraws(
  tests: readonly CalibrationTest[],
  draws: number,
  alpha: number,
): readonly Notice[] {
  const made = tests.filter(({ pValue }) => pValue !== null);
  const needed = drawsNeeded(made.length, alpha);
  if (draws >= needed || made.every(({ leastPValue }) => leastPValue === null)) return [];
  const remedy =
    needed > mostDraws
      ? `${countText(needed)} draws would be needed, more than the ${countText(mostDraws)} there may be`
      : `pass --draws ${needed} or more`;
  return [
    notice(
      'W_FEW_DRAWS',
      `no resampling test can reject at ${alpha} by itself: with ${countedText(draws, 'draw')} its p-value is at least ${pText(1 / (draws + 1))}, ${pText(Math.min(1, made.length / (draws + 1)))} after the correction for ${countText(made.length)} tests; ${remedy}.`,
    ),
  ];
}
