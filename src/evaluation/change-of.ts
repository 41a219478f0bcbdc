import { quantileOfSorted } from '../numerics/order-statistics.ts';
import { normalCdf, normalQuantile } from '../numerics/special-functions.ts';
import type { ChangeAlone } from './judged-together.ts';
import { deviation, meanOf } from './resample-moments.ts';
import { tailPValue } from './tail-p-value.ts';

/** How a change is told from its resamples. */
export interface ChangeRule {
  readonly level: number;
  /** Largest size that a difference can have. Default: none. */
  readonly limit?: number;
  /** Least and most bias that the difference may have; [0, 0] by default. */
  readonly bias?: readonly [number, number];
  /** Middle of the interval where that is not the difference. */
  readonly centre?: number;
}

/**
 * A change with its centred interval: the middle `level` of the resamples, moved so that their mean is the difference. Where
 * the difference may be biased, the interval reaches as much further, with tails that hold `level` whatever the bias is.
 * A difference and a `centre` of opposite signs show no change: p is 1.
 *
 * Source: Imbens and Manski 2004, "Confidence intervals for partially identified parameters".
 *
 * @param draws The difference in each resample; with fewer than two there is no interval.
 */
export function changeOf(
  before: number | null,
  after: number | null,
  draws: readonly number[],
  { level, limit = Number.POSITIVE_INFINITY, bias: [least, most] = [0, 0], centre }: ChangeRule,
): ChangeAlone {
  const difference = before === null || after === null ? null : after - before;
  const nothing = { before, after, difference, interval: null, standardError: null, pValue: null };
  if (difference === null || draws.length < 2) return nothing;
  const sorted = Float64Array.from(draws).sort();
  const middle = centre ?? difference;
  const shift = middle - meanOf(sorted);
  const standardError = deviation(sorted);
  const tail = tailOf(level, most - least, standardError);
  const low = quantileOfSorted(sorted, tail) + shift - most;
  const high = quantileOfSorted(sorted, 1 - tail) + shift - least;
  const interval = [
    Math.max(Math.min(low, difference), -limit),
    Math.min(Math.max(high, difference), limit),
  ] as const;
  // Draws on the other side of 0, each moved by the bias that brings it there.
  const below = draws.filter((draw) => draw + shift - most <= 0).length;
  const above = draws.filter((draw) => draw + shift - least >= 0).length;
  const distance = Math.max(middle - most, least - middle, 0);
  return {
    before,
    after,
    difference,
    interval,
    standardError,
    pValue:
      Math.sign(difference) !== Math.sign(middle)
        ? 1
        : tailPValue(Math.min(below, above), draws.length, distance / standardError),
  };
}

/** Share of the resamples beyond each end: (1 − level)/2 without bias, up to 1 − level where the bias is all there is. */
function tailOf(level: number, range: number, standardError: number): number {
  if (range === 0) return (1 - level) / 2;
  const ratio = range / Math.max(standardError, Number.MIN_VALUE);
  let [low, high] = [(1 - level) / 2, 1 - level];
  for (let step = 0; step < 50; step += 1) {
    const tail = (low + high) / 2;
    const deviate = -normalQuantile(tail);
    if (normalCdf(deviate + ratio) - normalCdf(-deviate) >= level) low = tail;
    else high = tail;
  }
  return low;
}
