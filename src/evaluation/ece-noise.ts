import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { rowBins } from './row-bins.ts';

/** Mean of |X| for a standard normal X. */
const meanAbsoluteNormal = Math.sqrt(2 / Math.PI);

/**
 * The ECE to be expected of a perfectly calibrated classifier with the same confidences, weights and bins: what sampling
 * noise alone puts there.
 *
 * If row i is right with probability c_i, a bin's Σ w (a − c) has mean 0 and variance v = Σ w² c (1 − c), so its size
 * is near √(2v/π) on average, and never above 2 Σ w c (1 − c), which is its exact value for a single row.
 */
export function eceNoise(
  confidence: Float64Array,
  weights: Float64Array | undefined,
  table: ReliabilityBins,
): number {
  const bins = rowBins(confidence, table);
  const variance = new Float64Array(table.bins.length);
  const most = new Float64Array(table.bins.length);
  for (let i = 0; i < confidence.length; i += 1) {
    const c = Math.min(confidence[i]!, 1);
    const w = weights === undefined ? 1 : weights[i]!;
    variance[bins[i]!]! += w * w * c * (1 - c);
    most[bins[i]!]! += 2 * w * c * (1 - c);
  }
  const total = variance.reduce(
    (sum, v, b) => sum + Math.min(meanAbsoluteNormal * Math.sqrt(v), most[b]!),
    0,
  );
  return total / table.totalWeight;
}
