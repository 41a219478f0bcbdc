import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import type { EventBinOptions } from './bin-options.ts';
import { checkTable } from './check-table.ts';
import { type ReliabilityBins, reliabilityBins } from './reliability-bins.ts';

/**
 * Average calibration error: the plain mean of the gaps over the bins that hold rows, each bin counting alike.
 *
 * (1/B⁺)·Σ_b |accuracy_b − confidence_b| over the B⁺ bins that are not empty. Bins with few rows weigh as much as full
 * ones, so it is noisier than the ECE. Both this and the adaptive calibration error go by the letters ACE; they are
 * different measures.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns A share in 0..1.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * @example
 * ```ts
 * import { averageCalibrationError } from 'calibrant';
 *
 * const rows = [[0.75, 0.25], [0.75, 0.25], [0.75, 0.25], [0.5, 0.5]];
 * assert.equal(averageCalibrationError(rows, [0, 0, 0, 0]), (0.25 + 0.5) / 2);
 * ```
 *
 * Source: Neumann, Zisserman and Vedaldi 2018, "Relaxed softmax: efficient confidence auto-calibration for safe
 * pedestrian detection".
 */
export function averageCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: EventBinOptions = {},
): number {
  return averageErrorOfBins(reliabilityBins(scores, labels, options));
}

/**
 * Plain mean of |gap| over the bins of a finished table that hold weight.
 *
 * @example
 * ```ts
 * import { averageErrorOfBins, reliabilityBins } from 'calibrant';
 *
 * assert.equal(averageErrorOfBins(reliabilityBins([[0.75, 0.25]], [1])), 0.75);
 * ```
 */
export function averageErrorOfBins(table: ReliabilityBins): number {
  checkTable(table);
  const { bins } = table;
  const sum = new CompensatedSum();
  let filled = 0;
  for (const { gap } of bins) {
    if (gap === null) continue;
    sum.add(Math.abs(gap));
    filled += 1;
  }
  return sum.value / filled;
}
