import { randomStream } from '../core/random.ts';
import { type MeasureSample, withDerived } from '../metrics/measure-sample.ts';
import type { KnownMeasure } from '../metrics/registry.ts';
import { canonicalOrder, inOrder } from './canonical-sample.ts';
import { orderedSample } from './ordered-sample.ts';
import { type DrawnOptions, inRounds, layoutOf, type ResampledOptions } from './sample-options.ts';

/**
 * Measures of as many rows as each group has, drawn at random from all rows without replacement: the rows are shuffled and dealt
 * out to all groups at once. What the groups are called, and the order of the rows, do not matter to what is drawn.
 *
 * @param sizes Rows of each group, together no more than there are.
 * @returns For each group and measure the values of the draws in which it existed and was finite.
 */
export function measuresOfRandomSubsets(
  sample: MeasureSample,
  sizes: readonly number[],
  chosen: readonly KnownMeasure[],
  options: ResampledOptions & DrawnOptions & { readonly draws: number; readonly seed: number },
): readonly (readonly number[])[][] {
  const layout = layoutOf(options);
  const order = canonicalOrder([sample]);
  const base = withDerived(inOrder(sample, order), sample.binary);
  const found: number[][][] = sizes.map(() => chosen.map(() => []));
  const shuffled = new Uint32Array(order.length);
  inRounds(options.draws, options, (round) => {
    const { below } = randomStream(options.seed, round);
    for (let i = 0; i < shuffled.length; i += 1) shuffled[i] = i;
    let from = 0;
    for (const [g, size] of sizes.entries()) {
      // Only as far as rows are dealt out.
      for (let i = from; i < from + size; i += 1) {
        const j = i + below(shuffled.length - i);
        [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
      }
      const subset = orderedSample(base, shuffled.slice(from, from + size).sort());
      from += size;
      for (const [m, { compute }] of chosen.entries()) {
        const value = compute(subset, layout);
        if (value !== null && Number.isFinite(value)) found[g]![m]!.push(value);
      }
    }
  });
  return found;
}
