import type { ReliabilityBin, ReliabilityBins } from '../metrics/bin-table.ts';

/**
 * A table with other outcomes in its bins; what does not depend on them stays. No measure reads the intervals of the
 * bins, so they are left out.
 *
 * @param right Σ w of the rows that are right, bin by bin from `offset` on.
 */
export function tableWithRight(
  model: ReliabilityBins,
  right: ArrayLike<number>,
  offset = 0,
): ReliabilityBins {
  const bins = model.bins.map((bin, b): ReliabilityBin => {
    if (bin.confidence === null) return bin;
    const accuracy = Math.min(Math.max(right[offset + b]! / bin.weight, 0), 1);
    return { ...bin, accuracy, gap: accuracy - bin.confidence, interval: null };
  });
  return { ...model, bins };
}
