import { checkOneOf, checkOptionNames, checkPositive, checkWhole } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { exp } from '../numerics/exponential.ts';
import { medianOfMany } from '../numerics/median-of-many.ts';
import { medianOfValues } from '../numerics/median-of-values.ts';
import { type ScoreOptions, scoreOptionNames } from './measure-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';
import { allProbabilities } from './probability-matrix.ts';

/** Options of {@link squaredKernelCalibrationError}. */
export interface SquaredKernelOptions extends ScoreOptions {
  /**
   * `unbiased`: all pairs of different rows. `block`: pairs within blocks of neighbouring rows. `biased`: all pairs, a
   * row with itself included. Default `unbiased`.
   */
  readonly estimator?: SquaredKernelEstimator;
  /** Rows of each block, 2..1000000; rows of weight 0 and those left over at the end play no part. Default 2. */
  readonly blockSize?: number;
  /** Width ν of the kernel, above 0. Default: the median distance of the pairs, or 1 where that is 0. */
  readonly bandwidth?: number;
}

/** Which pairs of rows a squared kernel calibration error is taken over. */
export type SquaredKernelEstimator = 'unbiased' | 'block' | 'biased';

/** A squared kernel calibration error with the width of its kernel. */
export interface SquaredKernelCalibrationError {
  /** The estimate; below 0 as often as not when calibrated. `null` where there is no pair of rows. */
  readonly value: number | null;
  readonly bandwidth: number;
}

/**
 * Squared kernel calibration error (SKCE) of all classes' probabilities together, with kernel
 * exp(−TV(p, p′)/ν)·identity.
 *
 * Mean over pairs i < j of h_ij = exp(−½‖p_i − p_j‖₁/ν)·(e_{y_i} − p_i)·(e_{y_j} − p_j). The unbiased estimate of a
 * perfectly calibrated model averages to 0, so it needs no noise floor. Weighted pairs count w_i w_j.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The estimate, about −1..2, and the width of the kernel. `block` depends on the order of the rows.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N²K); O(N·K·blockSize) in blocks. The median takes a few more passes over the pairs.
 *
 * @example
 * ```ts
 * import { squaredKernelCalibrationError } from 'calibrant';
 *
 * // One pair of equal rows: (0.5, −0.5)·(−0.5, 0.5).
 * const { value } = squaredKernelCalibrationError([[0.5, 0.5], [0.5, 0.5]], [0, 1]);
 * assert.equal(value, -0.5);
 * ```
 *
 * Source: Widmann, Lindsten and Zachariah 2019, "Calibration tests in multi-class classification: a unifying
 * framework".
 */
export function squaredKernelCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: SquaredKernelOptions = {},
): SquaredKernelCalibrationError {
  checkOptionNames(options, [...scoreOptionNames, 'estimator', 'blockSize', 'bandwidth']);
  const { estimator = 'unbiased', blockSize = 2, bandwidth } = options;
  checkOneOf('estimator', estimator, ['unbiased', 'block', 'biased']);
  checkWhole('blockSize', blockSize, 2, 1_000_000);
  if (bandwidth !== undefined) checkPositive('bandwidth', bandwidth);
  return squaredKernelErrorOfSample(readSample(scores, labels, options), estimator, blockSize, bandwidth);
}

/** SKCE of a checked sample. */
export function squaredKernelErrorOfSample(
  sample: MeasureSample,
  estimator: SquaredKernelEstimator,
  blockSize = 2,
  bandwidth?: number,
): SquaredKernelCalibrationError {
  const pairs = kernelPairs(sample, estimator, blockSize);
  const width = bandwidth ?? medianDistance(pairs);
  const sum = new CompensatedSum();
  const weight = new CompensatedSum();
  pairs.forEach((i, j, w) => {
    sum.add(w * exp(-pairs.distance(i, j) / width) * pairs.product(i, j));
    weight.add(w);
  });
  return { value: weight.value > 0 ? sum.value / weight.value : null, bandwidth: width };
}

/** Pairs of rows, and what their kernel is made of. */
export interface KernelPairs {
  readonly forEach: (visit: (i: number, j: number, weight: number) => void) => void;
  /** Total variation ½‖p_i − p_j‖₁. */
  readonly distance: (i: number, j: number) => number;
  /** (e_{y_i} − p_i)·(e_{y_j} − p_j). */
  readonly product: (i: number, j: number) => number;
}

/** The pairs that an estimator is taken over. */
export function kernelPairs(
  { source, labels, weights }: MeasureSample,
  estimator: SquaredKernelEstimator,
  blockSize: number,
): KernelPairs {
  const { rows, classes } = source;
  const p = allProbabilities(source);
  const weightOf = (i: number): number => (weights === undefined ? 1 : weights[i]!);
  // Rows of weight 0 play no part, so that they part no neighbours.
  const counted = Uint32Array.from({ length: rows }, (_, i) => i).filter((i) => weightOf(i) > 0);
  const size = estimator === 'block' ? blockSize : Math.max(counted.length, 1);
  const distance = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < classes; k += 1) sum += Math.abs(p[i * classes + k]! - p[j * classes + k]!);
    return sum / 2;
  };
  const product = (i: number, j: number): number => {
    let sum = labels[i] === labels[j] ? 1 : 0;
    for (let k = 0; k < classes; k += 1) sum += p[i * classes + k]! * p[j * classes + k]!;
    // The same bits for either order of the two.
    return sum - (p[i * classes + labels[j]!]! + p[j * classes + labels[i]!]!);
  };
  return {
    distance,
    product,
    forEach: (visit) => {
      for (let start = 0; start + size <= counted.length; start += size) {
        for (let at = start; at < start + size; at += 1) {
          const i = counted[at]!;
          const w = weightOf(i);
          if (estimator === 'biased') visit(i, i, w * w);
          for (let next = at + 1; next < start + size; next += 1) {
            const j = counted[next]!;
            const both = w * weightOf(j) * (estimator === 'biased' ? 2 : 1);
            if (both > 0) visit(i, j, both);
          }
        }
      }
    },
  };
}

/** Distances kept rather than worked out again each time they are looked at: 64 MB. */
const mostKept = 2 ** 23;

/** The usual width of the kernel: the median distance of the pairs, or 1 where that is 0. */
export function medianDistance({ forEach, distance }: KernelPairs): number {
  let count = 0;
  forEach((i, j) => {
    if (i !== j) count += 1;
  });
  if (count === 0) return 1;
  const eachDistance = (visit: (value: number) => void): void =>
    forEach((i, j) => {
      if (i !== j) visit(distance(i, j));
    });
  const median = count <= mostKept ? medianOfKept(eachDistance, count) : medianOfMany(eachDistance);
  return median > 0 ? median : 1;
}

function medianOfKept(forEach: (visit: (value: number) => void) => void, count: number): number {
  const kept = new Float64Array(count);
  let at = 0;
  forEach((value) => {
    kept[at] = value;
    at += 1;
  });
  return medianOfValues(kept);
}
