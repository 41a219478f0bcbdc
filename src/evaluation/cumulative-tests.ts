import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { cumulativeErrorOfBlocks } from '../metrics/cumulative-calibration-error.ts';
import type { EventOptions } from '../metrics/measure-options.ts';
import { type MeasureSample, measureSample } from '../metrics/measure-sample.ts';
import { brownianMaximumSurvival, brownianRangeSurvival } from '../numerics/brownian-tails.ts';

/** A statistic with its p-value from the limit for many rows. */
export interface CumulativeTest {
  /** The error divided by its scale under perfect calibration; `null` where all probabilities are 0 or 1. */
  readonly statistic: number | null;
  readonly pValue: number | null;
}

/** Both tests on the running sum of outcomes less probabilities. */
export interface CumulativeTests {
  /** On the largest distance from 0. */
  readonly kolmogorovSmirnov: CumulativeTest;
  /** On the largest less the smallest value. */
  readonly kuiper: CumulativeTest;
}

/**
 * The Kolmogorov-Smirnov and the Kuiper test of calibration: how far the running sum of outcomes less probabilities
 * strays, against a Brownian motion, which it is near to under perfect calibration and many rows.
 *
 * Where few distinct probabilities are tested, or few rows, the p-values are too large rather than too small.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N) for long inputs.
 *
 * @example
 * ```ts
 * import { cumulativeTests } from 'calibrant';
 *
 * // 100 rows at 0.5, all right: C ends at 0.5, ten times its scale of 0.05.
 * const { kuiper } = cumulativeTests(Array(100).fill([0.5, 0.5]), Array(100).fill(0));
 * assert.equal(kuiper.statistic, 10);
 * assert.ok(kuiper.pValue! < 1e-20);
 * ```
 *
 * Source: Arrieta-Ibarra et al. 2022, "Metrics of calibration for probabilistic predictions".
 */
export function cumulativeTests(
  scores: MatrixInput,
  labels: LabelInput,
  options: EventOptions = {},
): CumulativeTests {
  return cumulativeTestsOfSample(measureSample(scores, labels, options));
}

/** {@link cumulativeTests} of a checked sample. */
export function cumulativeTestsOfSample(sample: MeasureSample): CumulativeTests {
  const { maximum, range, scale } = cumulativeErrorOfBlocks(
    sample.blocks(),
    sample.weights,
    sample.events().confidence,
  );
  const test = (error: number, survival: (x: number) => number): CumulativeTest => {
    if (scale === 0)
      return error > 0
        ? { statistic: Number.POSITIVE_INFINITY, pValue: 0 }
        : { statistic: null, pValue: null };
    return { statistic: error / scale, pValue: survival(error / scale) };
  };
  return {
    kolmogorovSmirnov: test(maximum, brownianMaximumSurvival),
    kuiper: test(range, brownianRangeSurvival),
  };
}
