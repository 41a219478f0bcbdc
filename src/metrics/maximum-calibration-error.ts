import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { EventBinOptions } from './bin-options.ts';
import { checkTable } from './check-table.ts';
import { type ReliabilityBins, reliabilityBins } from './reliability-bins.ts';

/**
 * Top-label maximum calibration error: the largest gap between accuracy and confidence over the bins that hold rows.
 *
 * MCE = max_b |accuracy_b − confidence_b|. It is often the gap of a bin with few rows; read it beside that bin's count.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based.
 * @returns A share in 0..1.
 * @throws CalibrationError as {@link reliabilityBins}.
 *
 * @example
 * ```ts
 * import { maximumCalibrationError } from 'calibrant';
 *
 * const mce = maximumCalibrationError([[0.75, 0.25], [0.5, 0.5]], [0, 0]);
 * assert.equal(mce, 0.5);
 * ```
 *
 * Source: Naeini et al. 2015; Guo et al. 2017, Eq. (5).
 */
export function maximumCalibrationError(
  probabilities: MatrixInput,
  labels: LabelInput,
  options: EventBinOptions = {},
): number {
  return mceOfBins(reliabilityBins(probabilities, labels, options));
}

/**
 * Largest |gap| of a finished table.
 *
 * @example
 * ```ts
 * import { mceOfBins, reliabilityBins } from 'calibrant';
 *
 * assert.equal(mceOfBins(reliabilityBins([[0.75, 0.25]], [1])), 0.75);
 * ```
 */
export function mceOfBins(table: ReliabilityBins): number {
  checkTable(table);
  const { bins } = table;
  return bins.reduce((largest, { gap }) => Math.max(largest, Math.abs(gap ?? 0)), 0);
}
