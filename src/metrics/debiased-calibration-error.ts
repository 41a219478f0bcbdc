import { checkWhole, checkWithin } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { seededRandom } from '../core/random.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { exp } from '../numerics/exponential.ts';
import { log } from '../numerics/logarithm.ts';
import { normalCdf, normalQuantile } from '../numerics/special-functions.ts';
import { type EventBinOptions, eventBinOptionNames, readBinOptions } from './bin-options.ts';
import type { ReliabilityBin, ReliabilityBins } from './bin-table.ts';
import { effectiveRowsOf } from './effective-rows.ts';
import { readSample } from './measure-sample.ts';

/** How a debiased error is taken. */
export interface DebiasOptions {
  /** p of the Lp error, 1..10. Default 2. */
  readonly norm?: number;
  /** Draws where the bias has no closed form (p other than 1 and 2), a whole number 1..1000000. Default 1000. */
  readonly draws?: number;
  /** Seed of those draws, a whole number. Default 0. */
  readonly seed?: number;
}

/** Options of {@link debiasedCalibrationError}. */
export interface DebiasedOptions extends EventBinOptions, DebiasOptions {}

/** A binned calibration error with most of its upward bias taken off. */
export interface DebiasedCalibrationError {
  /** The error, never below 0. */
  readonly value: number;
  /** Before anything below 0 was cut off: the estimate of E² for p = 2, of E otherwise. */
  readonly raw: number;
  /** The plug-in error of the same bins, bias and all. */
  readonly plugin: number;
}

/**
 * Debiased calibration error: the binned Lp error less the part that the noise of the bins' accuracies adds.
 *
 * For p = 2, E² = Σ_b (n_b/n)·(gap_b² − ȳ_b(1 − ȳ_b)/(n_b − 1)), which is free of bias but for the binning; bins with
 * one row count 0. For other p, twice the plug-in error less its mean when each ȳ_b is drawn from
 * N(ȳ_b, ȳ_b(1 − ȳ_b)/n_b): in closed form for p = 1, by seeded draws otherwise. Weighted rows use the effective
 * number of rows (Σw)²/Σw².
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @param options Bins are of equal mass by default, 15 of them.
 * @returns The error, its raw estimate and the plug-in error.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * @example
 * ```ts
 * import { debiasedCalibrationError } from 'calibrant';
 *
 * // One bin: gap ¼ and ȳ = ½ over four rows, E² = 1/16 − (1/4)/3.
 * const { value, raw, plugin } = debiasedCalibrationError(Array(4).fill([0.75, 0.25]), [0, 0, 1, 1]);
 * assert.ok(Math.abs(raw - (1 / 16 - 1 / 12)) < 1e-16);
 * assert.equal(value, 0);
 * assert.equal(plugin, 0.25);
 * ```
 *
 * Source: Kumar, Liang and Ma 2019, "Verified uncertainty calibration".
 */
export function debiasedCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: DebiasedOptions = {},
): DebiasedCalibrationError {
  const allowed = [...eventBinOptionNames, ...debiasOptionNames];
  const rule = readBinOptions(options, allowed, { scheme: 'equal-mass' });
  const debias = readDebiasOptions(options);
  return debiasedErrorOfTable(readSample(scores, labels, options).table(rule), debias);
}

/** Names of {@link DebiasOptions}. */
export const debiasOptionNames: readonly string[] = ['norm', 'draws', 'seed'];

/** Checks how the debiased error is taken, and takes the defaults. */
export function readDebiasOptions({
  norm = 2,
  draws = 1000,
  seed = 0,
}: DebiasOptions): Required<DebiasOptions> {
  checkWithin('norm', norm, 1, 10);
  checkWhole('draws', draws, 1, 1_000_000);
  checkWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  return { norm, draws, seed };
}

/** Debiased error of a table. */
export function debiasedErrorOfTable(
  { bins, totalWeight }: ReliabilityBins,
  { norm, draws, seed }: Required<DebiasOptions>,
): DebiasedCalibrationError {
  const cells = bins
    .map((bin) => cellOf(bin, bin.weight / totalWeight, effectiveRowsOf(bin)))
    .filter((cell) => cell !== undefined);
  const plugin = root(
    meanOver(cells, ({ gap }) => power(Math.abs(gap), norm)),
    norm,
  );
  if (norm === 2) {
    const raw = meanOver(cells, ({ gap, variance, rows }) =>
      rows > 1 + 1e-9 ? gap * gap - (variance * rows) / (rows - 1) : 0,
    );
    return { value: Math.sqrt(Math.max(raw, 0)), raw, plugin };
  }
  const noisy =
    norm === 1
      ? meanOver(cells, ({ gap, variance }) => foldedNormalMean(gap, Math.sqrt(variance)))
      : meanOfDraws(cells, norm, draws, seed);
  const raw = 2 * plugin - noisy;
  return { value: Math.max(raw, 0), raw, plugin };
}

/** A bin's share of the weight, its gap, and how surely its accuracy is known. */
interface Cell {
  readonly share: number;
  readonly gap: number;
  /** ȳ(1 − ȳ)/n. */
  readonly variance: number;
  readonly rows: number;
}

function cellOf({ gap, accuracy }: ReliabilityBin, share: number, rows: number): Cell | undefined {
  if (gap === null || accuracy === null) return undefined;
  return { share, gap, variance: (accuracy * (1 - accuracy)) / rows, rows };
}

function meanOver(cells: readonly Cell[], value: (cell: Cell) => number): number {
  const sum = new CompensatedSum();
  for (const cell of cells) sum.add(cell.share * value(cell));
  return sum.value;
}

/** Mean of |X| for X normal with this mean and standard deviation: the folded normal distribution. */
export function foldedNormalMean(mean: number, deviation: number): number {
  if (deviation === 0) return Math.abs(mean);
  const z = mean / deviation;
  return (
    deviation * 0.7978845608028654 * exp(-0.5 * z * z) + Math.abs(mean) * (1 - 2 * normalCdf(-Math.abs(z)))
  );
}

function meanOfDraws(cells: readonly Cell[], norm: number, draws: number, seed: number): number {
  const random = seededRandom(seed);
  const sum = new CompensatedSum();
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = meanOver(cells, ({ gap, variance }) => {
      const z = variance === 0 ? 0 : normalQuantile(random.uniform() || 2 ** -54);
      return power(Math.abs(gap + z * Math.sqrt(variance)), norm);
    });
    sum.add(root(drawn, norm));
  }
  return sum.value / draws;
}

function power(value: number, norm: number): number {
  if (norm === 1 || value === 0) return value;
  return norm === 2 ? value * value : exp(norm * log(value));
}

function root(value: number, norm: number): number {
  if (norm === 1 || value <= 0) return Math.max(value, 0);
  return norm === 2 ? Math.sqrt(value) : exp(log(value) / norm);
}
