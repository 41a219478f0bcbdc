import { CompensatedCells } from '../metrics/compensated-cells.ts';
import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { forEachPiece, type JudgedColumns } from './judged-columns.ts';
import { binsOf } from './row-bins.ts';

/** Mean of |X| for a standard normal X. */
const meanAbsoluteNormal = Math.sqrt(2 / Math.PI);

/** What sampling noise alone puts into an ECE. */
export interface EceNoise {
  /** The ECE a perfectly calibrated classifier shows on average. */
  readonly mean: number;
  /** Mean plus two standard deviations: a perfectly calibrated classifier seldom shows more. */
  readonly limit: number;
}

/**
 * The ECE to be expected of a perfectly calibrated classifier with the same confidences, weights and bins.
 *
 * If row i is right with probability c_i, a bin's Σ w (a − c) has mean 0 and variance v = Σ w² c (1 − c), so its size
 * is near √(2v/π) on average, and never above 2 Σ w c (1 − c), which is its exact value for a single row; the variance
 * of that size is v minus the mean's square. Bins are independent of each other.
 */
export function eceNoise(rows: JudgedColumns, table: ReliabilityBins): EceNoise {
  const binOf = binsOf(table);
  const variance = new CompensatedCells(table.bins.length);
  const most = new CompensatedCells(table.bins.length);
  forEachPiece(rows, ({ confidence, weights }) => {
    for (let i = 0; i < confidence.length; i += 1) {
      const bin = binOf(confidence[i]!);
      const c = Math.min(confidence[i]!, 1);
      const w = weights === undefined ? 1 : weights[i]!;
      variance.add(bin, w * w * c * (1 - c));
      most.add(bin, 2 * w * c * (1 - c));
    }
  });
  let mean = 0;
  let spread = 0;
  for (let b = 0; b < table.bins.length; b += 1) {
    const v = variance.value(b);
    const size = Math.min(meanAbsoluteNormal * Math.sqrt(v), most.value(b));
    mean += size;
    spread += Math.max(v - size * size, 0);
  }
  return { mean: mean / table.totalWeight, limit: (mean + 2 * Math.sqrt(spread)) / table.totalWeight };
}
