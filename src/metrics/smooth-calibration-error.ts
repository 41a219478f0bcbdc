import { checkOneOf, checkOptionNames, checkWithin } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { absoluteIntegral, zeroBetween } from '../numerics/absolute-integral.ts';
import { sumOf } from '../numerics/compensated-sum.ts';
import { GaussianSum } from '../numerics/gaussian-sum.ts';
import { log } from '../numerics/logarithm.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { remembered } from './computed-once.ts';
import { type EventOptions, eventOptionNames } from './measure-options.ts';
import { readSample } from './measure-sample.ts';

/** The kernel that smooths residuals: a Gaussian mirrored at 0 and 1, or a Gaussian in the log odds. */
export type SmoothingKernel = 'reflected' | 'logit';

/** Options of {@link smoothCalibrationError}. */
export interface SmoothOptions extends EventOptions {
  /** What smooths the residuals. Default `reflected`. */
  readonly kernel?: SmoothingKernel;
  /** Bandwidth σ in 0.0001..1. Default: the one at which the error equals the bandwidth. */
  readonly bandwidth?: number;
}

/** A smooth calibration error with the bandwidth it was measured at. */
export interface SmoothCalibrationError {
  readonly value: number;
  readonly bandwidth: number;
}

/**
 * Smooth calibration error: the mean size of the residuals after a kernel has smoothed them, at the bandwidth where
 * that size equals the bandwidth.
 *
 * smECE_σ = ∫ |(1/n)·Σ_i (f_i − y_i)·K_σ(t, f_i)| dt. The `reflected` kernel is a Gaussian mirrored at 0 and 1; the
 * `logit` kernel is a Gaussian of width 4σ in the log odds, with confidences kept 0.001 away from 0 and 1. The integral
 * is exact between the zeros of the smoothed residual, and σ* is found to rounding; no σ below 0.0001 is tried. The
 * measure is continuous in the predictions and needs no bins. The Python package relplot evaluates it on grids, which
 * usually moves the value by some per cent; `compatCalibrationError` repeats its figure.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The error, a share in 0..1, and the bandwidth.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N log N), and O(N + 1/σ) for each of some ten bandwidths.
 *
 * @example
 * ```ts
 * import { smoothCalibrationError } from 'calibrant';
 *
 * // All residuals are −0.25, whatever the bandwidth smooths.
 * const rows = Array(4).fill([0.75, 0.25]);
 * const { value } = smoothCalibrationError(rows, [0, 0, 0, 0]);
 * assert.ok(Math.abs(value - 0.25) < 1e-12);
 * ```
 *
 * Source: Błasiok and Nakkiran 2024, "Smooth ECE: principled reliability diagrams via kernel smoothing".
 */
export function smoothCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: SmoothOptions = {},
): SmoothCalibrationError {
  checkOptionNames(options, [...eventOptionNames, 'kernel', 'bandwidth']);
  const { kernel = 'reflected', bandwidth } = options;
  checkOneOf('kernel', kernel, ['reflected', 'logit']);
  if (bandwidth !== undefined) checkWithin('bandwidth', bandwidth, smallestWidth, 1);
  return smoothErrorOfBlocks(readSample(scores, labels, options).blocks(), kernel, bandwidth);
}

/** No bandwidth below this is tried. */
const smallestWidth = 1e-4;

/** Confidences are kept this far from 0 and 1 before their log odds are taken. */
export const logitMargin = 0.001;

/** Smooth calibration error of pooled events. */
export function smoothErrorOfBlocks(
  blocks: TieBlocks,
  kernel: SmoothingKernel,
  bandwidth?: number,
): SmoothCalibrationError {
  const errorAt = remembered(exactErrorOf(blocks, kernel));
  const width = bandwidth ?? fixedPoint(errorAt, unsmoothedError(blocks));
  return { value: errorAt(width), bandwidth: width };
}

/** Mean size of the residuals of equal values: what the error rises to as the bandwidth falls to 0. */
function unsmoothedError({ values, weights, hits, totalWeight }: TieBlocks): number {
  return sumOf(values.map((value, b) => Math.abs(weights[b]! * value - hits[b]!))) / totalWeight;
}

/**
 * σ with errorAt(σ) = σ. The error never rises with σ, so no solution is above an upper bound of the error, and none
 * is below the error at a σ above it.
 */
function fixedPoint(errorAt: (width: number) => number, most: number): number {
  const high = Math.min(most, 1);
  const low = high > smallestWidth ? Math.max(errorAt(high), smallestWidth) : smallestWidth;
  const excess = (width: number): number => errorAt(width) - width;
  if (low >= high || excess(low) <= 0) return low;
  return excess(high) >= 0 ? high : zeroBetween(excess, low, high, 1e-14);
}

function exactErrorOf(
  { values, weights, hits, totalWeight }: TieBlocks,
  kernel: SmoothingKernel,
): (width: number) => number {
  const charges = values.map((value, b) => (weights[b]! * value - hits[b]!) / totalWeight);
  if (kernel === 'reflected') {
    // Rounding may have carried confidences above 1.
    const places = values.map((value) => Math.min(value, 1));
    return (width) => {
      const sum = new GaussianSum(places, charges, width, [0, 1], 'reflecting');
      return absoluteIntegral(sum, sum.sampled());
    };
  }
  const places = values.map((value) => {
    const p = Math.min(Math.max(value, logitMargin), 1 - logitMargin);
    return log(p / (1 - p));
  });
  const [low, high] = [places[0]!, places[places.length - 1]!];
  return (width) => {
    const scaled = 4 * width;
    // A single place still needs a cell.
    const interval = [low, Math.max(high, low + scaled)] as const;
    const sum = new GaussianSum(places, charges, scaled, interval, 'open');
    return absoluteIntegral(sum, sum.sampled());
  };
}
