import type { RandomSource } from '../core/random.ts';
import { log, log1p } from '../numerics/logarithm.ts';
import { normalDeviates } from './normal-deviates.ts';
import { isNearLimit, limitDraw, type SumMoments } from './sum-moments.ts';

/** Draws one number. */
export type Drawn = (random: RandomSource) => number;

/** Unlikely outcomes per draw, up to which each is drawn for itself. */
const mostEvents = 300;

/**
 * Draws Σ w over the rows that come true, each by its own chance.
 *
 * Where few rows go against what is likelier for them, those are found one by one: a Poisson process that runs through
 * −ln(1 − q) at each row, q being the smaller of its two chances, hits it with chance q, so the draw is exact at a cost
 * that grows with the hits alone. Otherwise the sum is drawn from its normal limit with skewness, and rounded to whole
 * rows where they have no weights.
 *
 * @param chances Chance of each row, in 0..1.
 * @param weights Their weights; `undefined` when each counts 1.
 */
export function drawnRight(chances: Float64Array, weights: Float64Array | undefined): Drawn {
  const { length } = chances;
  const reached = new Float64Array(length);
  const moments = { mean: 0, variance: 0, third: 0, absoluteThird: 0 };
  let total = 0;
  for (let i = 0; i < length; i += 1) {
    const chance = chances[i]!;
    const w = weights === undefined ? 1 : weights[i]!;
    if (w > 0) total -= log1p(-Math.min(chance, 1 - chance));
    reached[i] = total;
    addEvent(moments, chance, w);
  }
  if (total > mostEvents && isNearLimit(moments)) {
    return (random) => {
      const drawn = limitDraw(moments, normalDeviates(random)());
      return weights === undefined ? Math.min(Math.max(Math.round(drawn), 0), length) : Math.max(drawn, 0);
    };
  }
  let likely = 0;
  const turned = new Float64Array(length);
  for (let i = 0; i < length; i += 1) {
    const w = weights === undefined ? 1 : weights[i]!;
    const isLikely = chances[i]! > 0.5;
    if (isLikely) likely += w;
    turned[i] = isLikely ? -w : w;
  }
  return ({ uniform }) => {
    let right = likely;
    let at = 0;
    for (;;) {
      at -= log(1 - uniform());
      if (!(at < total)) return right;
      const row = firstAbove(reached, at);
      right += turned[row]!;
      // What is left of the row could only hit it again.
      at = reached[row]!;
    }
  };
}

function addEvent(moments: { -readonly [Key in keyof SumMoments]: number }, chance: number, w: number): void {
  const spread = w * w * chance * (1 - chance);
  moments.mean += w * chance;
  moments.variance += spread;
  moments.third += spread * w * (1 - 2 * chance);
  moments.absoluteThird += spread * w * (chance * chance + (1 - chance) * (1 - chance));
}

/** Index of the first value above `at`; there is one. */
function firstAbove(ascending: Float64Array, at: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
