import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import type { EventBinOptions } from './bin-options.ts';
import { checkTable } from './check-table.ts';
import { type ReliabilityBins, reliabilityBins } from './reliability-bins.ts';

/**
 * Root-mean-square calibration error: like the expected calibration error, but large gaps count for more.
 *
 * √(Σ_b (n_b/n)·gap_b²) with gap_b = accuracy_b − confidence_b, over the bins of `reliabilityBins` under the same
 * options. Never below the expected and never above the maximum calibration error of the same bins.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns A share in 0..1.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * @example
 * ```ts
 * import { rootMeanSquareCalibrationError } from 'calibrant';
 *
 * assert.equal(rootMeanSquareCalibrationError([[0.75, 0.25], [0.25, 0.75]], [0, 1]), 0.25);
 * ```
 *
 * Source: Hendrycks, Mazeika and Dietterich 2019, "Deep anomaly detection with outlier exposure".
 */
export function rootMeanSquareCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: EventBinOptions = {},
): number {
  return rmsceOfBins(reliabilityBins(scores, labels, options));
}

/**
 * Root-mean-square calibration error of a finished table, √(Σ_b (w_b/w)·gap_b²).
 *
 * @example
 * ```ts
 * import { reliabilityBins, rmsceOfBins } from 'calibrant';
 *
 * assert.equal(rmsceOfBins(reliabilityBins([[0.75, 0.25]], [1])), 0.75);
 * ```
 */
export function rmsceOfBins(table: ReliabilityBins): number {
  checkTable(table);
  const { bins, totalWeight } = table;
  const sum = new CompensatedSum();
  for (const { gap, weight } of bins) if (gap !== null) sum.add(weight * gap * gap);
  return Math.sqrt(sum.value / totalWeight);
}
