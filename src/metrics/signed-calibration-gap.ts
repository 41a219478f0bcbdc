import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import type { EventBinOptions } from './bin-options.ts';
import { checkTable } from './check-table.ts';
import { type ReliabilityBins, reliabilityBins } from './reliability-bins.ts';

/** Miscalibration with its sign, the two directions apart. */
export interface SignedCalibrationGap {
  /** Accuracy minus mean confidence, −1..1: negative is overconfident on the whole. It does not depend on the bins. */
  readonly gap: number;
  /** Σ_b (n_b/n)·max(confidence_b − accuracy_b, 0): the overconfident bins' part of the ECE. */
  readonly overconfidence: number;
  /** Σ_b (n_b/n)·max(accuracy_b − confidence_b, 0): the underconfident bins' part of the ECE. */
  readonly underconfidence: number;
}

/**
 * Accuracy minus mean confidence, and how much of the expected calibration error is over- and underconfidence.
 *
 * gap = underconfidence − overconfidence and ECE = underconfidence + overconfidence, over the bins of
 * `reliabilityBins` under the same options.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The gap and its two directions, shares.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * @example
 * ```ts
 * import { signedCalibrationGap } from 'calibrant';
 *
 * const { gap, overconfidence, underconfidence } = signedCalibrationGap([[0.75, 0.25], [0.5, 0.5]], [1, 0]);
 * assert.equal(overconfidence, 0.375);
 * assert.equal(underconfidence, 0.25);
 * assert.equal(gap, -0.125);
 * ```
 *
 * Source: the gap is the calibration-in-the-large of probabilities; the split follows from the ECE of Guo et al. 2017.
 */
export function signedCalibrationGap(
  scores: MatrixInput,
  labels: LabelInput,
  options: EventBinOptions = {},
): SignedCalibrationGap {
  return signedGapOfBins(reliabilityBins(scores, labels, options));
}

/**
 * The signed gap of a finished table, with its two directions.
 *
 * @example
 * ```ts
 * import { reliabilityBins, signedGapOfBins } from 'calibrant';
 *
 * const { gap, overconfidence } = signedGapOfBins(reliabilityBins([[0.75, 0.25]], [1]));
 * assert.equal(gap, -0.75);
 * assert.equal(overconfidence, 0.75);
 * ```
 */
export function signedGapOfBins(table: ReliabilityBins): SignedCalibrationGap {
  checkTable(table);
  const { bins, totalWeight } = table;
  const over = new CompensatedSum();
  const under = new CompensatedSum();
  const both = new CompensatedSum();
  for (const { gap, weight } of bins) {
    if (gap === null) continue;
    both.add(weight * gap);
    if (gap < 0) over.add(-weight * gap);
    else under.add(weight * gap);
  }
  return {
    gap: both.value / totalWeight,
    overconfidence: over.value / totalWeight,
    underconfidence: under.value / totalWeight,
  };
}
