import type { TieBlocks } from './tie-blocks.ts';

/**
 * Quantile of weighted values by linear interpolation; without weights exactly type 7 of Hyndman and Fan 1996, the
 * default of R and NumPy.
 *
 * The i-th value stands at position (W_i − w_i/2 − w_1/2)/(W − w_1/2 − w_n/2) with W_i the running weight. Equal
 * values are taken to weigh alike, so their order does not matter; scaling all weights changes nothing.
 *
 * @param blocks Values with their counts and weights.
 * @param p Probability in 0..1.
 */
export function weightedQuantile({ values, counts, weights }: TieBlocks, p: number): number {
  const last = values.length - 1;
  const share = (block: number): number => weights[block]! / counts[block]!;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const span = total - share(0) / 2 - share(last) / 2;
  const target = p * span + share(0) / 2;
  let reached = 0;
  for (let block = 0; block < last; block += 1) {
    const end = reached + weights[block]! - share(block) / 2;
    const next = reached + weights[block]! + share(block + 1) / 2;
    if (target <= end) return values[block]!;
    if (target < next) {
      const part = (target - end) / (next - end);
      return values[block]! + (values[block + 1]! - values[block]!) * part;
    }
    reached += weights[block]!;
  }
  return values[last]!;
}
