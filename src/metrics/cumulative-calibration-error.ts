import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import type { EventOptions } from './measure-options.ts';
import { measureSample } from './measure-sample.ts';

/** How far the running sum of outcomes strays from that of the probabilities. */
export interface CumulativeCalibrationError {
  /** Largest |C|: the Kolmogorov-Smirnov calibration error, also called ECCE-MAD. */
  readonly maximum: number;
  /** Largest C minus smallest C, each 0 or beyond: the Kuiper error, ECCE-R or cutoff calibration error. */
  readonly range: number;
  /** Standard deviation of the last C under perfect calibration, √(Σ w² c(1 − c))/Σ w. */
  readonly scale: number;
}

/**
 * Cumulative calibration errors: rows in order of confidence, the running sum of outcome minus confidence, and how far
 * it strays from 0.
 *
 * C_k = (1/n)·Σ_{i≤k} (a_(i) − c_(i)) with C_0 = 0, read at the ends of runs of equal confidence so that their order
 * does not matter. No bins and no bandwidth. `maximum` is the Kolmogorov-Smirnov (KS) error of Gupta et al. and the
 * ECCE-MAD of Arrieta-Ibarra et al., `range` the ECCE-R, which is Kuiper's statistic and the plug-in estimate of the
 * cutoff calibration error, the largest |Σ (a − c)|/n over intervals of confidence. Both divided by `scale` are the
 * statistics of the tests of perfect calibration.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns Shares in 0..1.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) for long inputs.
 *
 * @example
 * ```ts
 * import { cumulativeCalibrationError } from 'calibrant';
 *
 * // C runs 0, 0.25, −0.125.
 * const error = cumulativeCalibrationError([[0.5, 0.5], [0.75, 0.25]], [0, 1]);
 * assert.equal(error.maximum, 0.25);
 * assert.equal(error.range, 0.375);
 * ```
 *
 * Source: Gupta et al. 2021, "Calibration of neural networks using splines"; Arrieta-Ibarra et al. 2022, "Metrics of
 * calibration for probabilistic predictions"; Rossellini et al. 2025, "Can a calibration metric be both testable and
 * actionable?" (arXiv 2502.19851).
 */
export function cumulativeCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: EventOptions = {},
): CumulativeCalibrationError {
  const sample = measureSample(scores, labels, options);
  return cumulativeErrorOfBlocks(sample.blocks(), sample.events().weights, sample.events().confidence);
}

/**
 * Cumulative errors of pooled events.
 *
 * @param weights Weights of the rows, from which the scale takes their squares.
 */
export function cumulativeErrorOfBlocks(
  { values, weights: sums, hits, totalWeight }: TieBlocks,
  weights: Float64Array | undefined,
  confidence: Float64Array,
): CumulativeCalibrationError {
  const running = new CompensatedSum();
  let [highest, lowest] = [0, 0];
  for (let b = 0; b < values.length; b += 1) {
    running.add(hits[b]!);
    running.add(-sums[b]! * values[b]!);
    highest = Math.max(highest, running.value);
    lowest = Math.min(lowest, running.value);
  }
  const spread = new CompensatedSum();
  for (let i = 0; i < confidence.length; i += 1) {
    const c = Math.min(confidence[i]!, 1);
    const w = weights === undefined ? 1 : weights[i]!;
    spread.add(w * w * c * (1 - c));
  }
  return {
    maximum: Math.max(highest, -lowest) / totalWeight,
    range: (highest - lowest) / totalWeight,
    scale: Math.sqrt(spread.value) / totalWeight,
  };
}
