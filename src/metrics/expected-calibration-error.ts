import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { EventBinOptions } from './bin-options.ts';
import { checkTable } from './check-table.ts';
import { eceOfTable } from './ece-of-table.ts';
import { type ReliabilityBins, reliabilityBins } from './reliability-bins.ts';

/**
 * Top-label expected calibration error: the mean gap between accuracy and confidence over the bins, each weighted by
 * its rows.
 *
 * ECE = Σ_b (n_b/n)·|accuracy_b − confidence_b|, over the bins of {@link reliabilityBins} under the same options.
 * With perfect calibration it is still above 0 on finitely many rows.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based.
 * @returns A share in 0..1; times 100 it is in percentage points.
 * @throws CalibrationError as {@link reliabilityBins}.
 *
 * @example
 * ```ts
 * import { expectedCalibrationError } from 'calibrant';
 *
 * // Four rows at confidence 0.9, three of them right: the gap is 0.15.
 * const ece = expectedCalibrationError(Array(4).fill([0.9, 0.1]), [0, 0, 0, 1]);
 * assert.ok(Math.abs(ece - 0.15) < 1e-15);
 * ```
 *
 * Source: Naeini, Cooper and Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning"; Guo et
 * al. 2017, Eq. (3).
 */
export function expectedCalibrationError(
  probabilities: MatrixInput,
  labels: LabelInput,
  options: EventBinOptions = {},
): number {
  return eceOfBins(reliabilityBins(probabilities, labels, options));
}

/**
 * Expected calibration error of a finished table, Σ_b (w_b/w)·|gap_b|.
 *
 * @example
 * ```ts
 * import { eceOfBins, expectedCalibrationError, reliabilityBins } from 'calibrant';
 *
 * const probabilities = [[0.9, 0.1], [0.3, 0.7]];
 * const table = reliabilityBins(probabilities, [0, 0]);
 * assert.equal(eceOfBins(table), expectedCalibrationError(probabilities, [0, 0]));
 * ```
 */
export function eceOfBins(table: ReliabilityBins): number {
  checkTable(table);
  return eceOfTable(table);
}
