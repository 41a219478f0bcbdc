import { checkOneOf } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import type { TieBlocks } from '../numerics/tie-blocks.ts';
import { readBinOptions } from './bin-options.ts';
import type { BinScheme } from './bin-table.ts';
import { eceOfBins } from './expected-calibration-error.ts';
import { type EventOptions, eventOptionNames } from './measure-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';
import { rmsceOfBins } from './root-mean-square-calibration-error.ts';
import { mostMonotoneBins } from './sweep-bins.ts';
import { tabulate } from './tabulate.ts';

/** Options of {@link sweepCalibrationError}. */
export interface SweepOptions extends EventOptions {
  /** How the edges are laid. Default `equal-mass`. */
  readonly scheme?: BinScheme;
  /** 1: mean gap, as in the ECE; 2: root mean square gap. Default 1. */
  readonly norm?: 1 | 2;
}

/** A calibration error with the number of bins that was found for it. */
export interface SweepCalibrationError {
  readonly value: number;
  /** Bins asked for; with ties there may be fewer in effect. */
  readonly bins: number;
}

/**
 * Monotone-sweep calibration error: the calibration error over as many bins as keep the accuracy rising from bin to
 * bin.
 *
 * The number of bins goes up from 2 until the accuracies of some number of bins are not in ascending order for the
 * first time; the number before it counts. Bins are those of `reliabilityBins` of the chosen scheme, right-closed.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The error, a share in 0..1, and the number of bins.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * Cost O(N log N + B²) for B bins found, with equal mass; O(N·B) with equal width.
 *
 * @example
 * ```ts
 * import { sweepCalibrationError } from 'calibrant';
 *
 * const p = [0.1, 0.2, 0.3, 0.8, 0.7, 0.9];
 * const { value, bins } = sweepCalibrationError(p, [0, 0, 1, 1, 0, 1], { binary: 'positive' });
 * assert.equal(bins, 4);
 * assert.ok(Math.abs(value - 0.1) < 1e-15);
 * ```
 *
 * Source: Roelofs, Cain, Shlens and Mozer 2022, "Mitigating bias in calibration error estimation".
 */
export function sweepCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: SweepOptions = {},
): SweepCalibrationError {
  const { scheme } = readBinOptions(options, [...eventOptionNames, 'scheme', 'norm'], defaults);
  const { norm = 1 } = options;
  checkOneOf('norm', String(norm), ['1', '2']);
  return sweepErrorOfSample(readSample(scores, labels, options), scheme, norm);
}

const defaults = { scheme: 'equal-mass' } as const;

/** Monotone-sweep error of a checked sample. */
export function sweepErrorOfSample(
  sample: MeasureSample,
  scheme: BinScheme,
  norm: 1 | 2,
): SweepCalibrationError {
  const blocks: TieBlocks = sample.blocks();
  const bins = mostMonotoneBins(blocks, scheme, sample.weights);
  const table = tabulate(sample.events(), {
    scheme,
    closure: 'right-closed',
    requested: bins,
    level: 0.95,
  });
  return { value: norm === 1 ? eceOfBins(table) : rmsceOfBins(table), bins };
}
