import type { ReliabilityBin, ReliabilityBins } from '../../../src/metrics/reliability-bins.ts';
import { wilsonInterval } from '../../../src/numerics/wilson-interval.ts';

/** Rows, right rows and mean confidence of one bin. */
export type BinFacts = readonly [count: number, correct: number, confidence: number];

/** A table of equal-width bins written down by hand. */
export function binTable(facts: readonly BinFacts[]): ReliabilityBins {
  const bins = facts.map(([count, correct, confidence], b): ReliabilityBin => {
    const place = { low: b / facts.length, high: (b + 1) / facts.length, count, weight: count };
    if (count === 0) return { ...place, confidence: null, accuracy: null, gap: null, interval: null };
    const accuracy = correct / count;
    const interval = wilsonInterval(correct, count, 0.95);
    return { ...place, confidence, accuracy, gap: accuracy - confidence, interval };
  });
  const count = facts.reduce((sum, [rows]) => sum + rows, 0);
  const rule = { scheme: 'equal-width', closure: 'right-closed', requested: facts.length } as const;
  return { rule, bins, count, totalWeight: count, level: 0.95 };
}

/** An overconfident classifier: 3,000 rows in 15 bins. */
export const overconfident = binTable([
  [0, 0, 0],
  [0, 0, 0],
  [0, 0, 0],
  [4, 2, 0.258],
  [21, 8, 0.309],
  [49, 19, 0.369],
  [76, 31, 0.436],
  [92, 44, 0.501],
  [111, 51, 0.566],
  [108, 58, 0.633],
  [117, 68, 0.7],
  [139, 86, 0.768],
  [193, 141, 0.835],
  [322, 254, 0.905],
  [1768, 1663, 0.985],
]);

/** The same classifier with its confidences softened. */
export const softened = binTable([
  [0, 0, 0],
  [0, 0, 0],
  [2, 1, 0.191],
  [14, 4, 0.242],
  [52, 16, 0.304],
  [82, 30, 0.368],
  [100, 42, 0.433],
  [114, 56, 0.5],
  [128, 72, 0.567],
  [146, 92, 0.634],
  [176, 122, 0.7],
  [240, 184, 0.769],
  [340, 284, 0.836],
  [560, 508, 0.904],
  [1046, 1014, 0.972],
]);

/** The ECE of a table, from its definition: Σ (w_b / w) |gap_b|. */
export function eceOf(table: ReliabilityBins): number {
  return table.bins.reduce(
    (sum, { weight, gap }) => sum + (weight * Math.abs(gap ?? 0)) / table.totalWeight,
    0,
  );
}
