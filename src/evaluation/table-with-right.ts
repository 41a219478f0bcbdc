import type { ReliabilityBin, ReliabilityBins } from '../metrics/bin-table.ts';

/**
 * A table with other outcomes in its bins; what does not depend on them stays. No measure reads the intervals of the
 * bins, so they are left out.
 *
 * @param right Σ w of the rows that are right, bin by bin from `offset` on.
 * @param isBounded Keeps accuracies in 0..1, which sums with flipped residuals may leave.
 */
export function tableWithRight(
  model: ReliabilityBins,
  right: ArrayLike<number>,
  offset = 0,
  isBounded = true,
): ReliabilityBins {
  const bins = model.bins.map((bin, b): ReliabilityBin => {
    if (bin.confidence === null) return bin;
    const share = right[offset + b]! / bin.weight;
    const accuracy = isBounded ? Math.min(Math.max(share, 0), 1) : share;
    return { ...bin, accuracy, gap: accuracy - bin.confidence, interval: null };
  });
  return { ...model, bins };
}
