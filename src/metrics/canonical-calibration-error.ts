import { checkOptionNames, checkWithin } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { exp } from '../numerics/exponential.ts';
import { log } from '../numerics/logarithm.ts';
import { DirichletKernels } from './dirichlet-kernels.ts';
import { type ScoreOptions, scoreOptionNames } from './measure-options.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';

/** Options of {@link canonicalCalibrationError}. */
export interface CanonicalOptions extends ScoreOptions {
  /** p of the Lp error, 1..10. Default 1. */
  readonly norm?: number;
  /** Width h of the Dirichlet kernels, 0.00001..1. Default: the most likely of twenty, each row left out in turn. */
  readonly bandwidth?: number;
}

/** A canonical calibration error with the width of its kernels. */
export interface CanonicalCalibrationError {
  /** (mean_i ‖ŷ(p_i) − p_i‖_p^p)^(1/p), `null` with a single row. */
  readonly value: number | null;
  readonly bandwidth: number | null;
}

/**
 * Canonical calibration error by kernel density: how far each row's probabilities, all classes together, are from the
 * class frequencies among rows with similar probabilities.
 *
 * ŷ(p_j) = Σ_{i≠j} k(p_j; p_i) e_{y_i} / Σ_{i≠j} k(p_j; p_i) with the Dirichlet density of parameters p_i/h + 1 as
 * kernel. The width that makes the left-out rows most likely is taken from 15 widths between 10⁻⁵ and 10⁻¹, evenly
 * spaced in the exponent, and 0.2, 0.4, …, 1. Probabilities of 0 count as the smallest double.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The error, 0..2 for p = 1, and the width.
 * @throws CalibrationError `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, `E_LOGIT_NAN`, `E_LOGIT_NEGINF`, or one of the
 * label and weight codes.
 *
 * Cost O(N²K), twenty exponentials per pair where the width is searched for.
 *
 * @example
 * ```ts
 * import { canonicalCalibrationError } from 'calibrant';
 *
 * // Each row sees the other's label: (0, 1) and (1, 0) against (0.5, 0.5).
 * const { value } = canonicalCalibrationError([[0.5, 0.5], [0.5, 0.5]], [0, 1], { bandwidth: 0.1 });
 * assert.equal(value, 1);
 * ```
 *
 * Source: Popordanoska, Sayer and Blaschko 2022, "A consistent and differentiable Lp canonical calibration error
 * estimator".
 */
export function canonicalCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: CanonicalOptions = {},
): CanonicalCalibrationError {
  checkOptionNames(options, [...scoreOptionNames, 'norm', 'bandwidth']);
  const { norm = 1, bandwidth } = options;
  checkWithin('norm', norm, 1, 10);
  if (bandwidth !== undefined) checkWithin('bandwidth', bandwidth, 1e-5, 1);
  return canonicalErrorOfSample(readSample(scores, labels, options), norm, bandwidth);
}

/** Canonical error of a checked sample. */
export function canonicalErrorOfSample(
  sample: MeasureSample,
  norm: number,
  bandwidth?: number,
): CanonicalCalibrationError {
  const { labels, source } = sample;
  const kernels = new DirichletKernels(sample);
  if (kernels.rows.length < 2) return { value: null, bandwidth: null };
  const width = bandwidth ?? kernels.likeliestWidth();
  const sum = new CompensatedSum();
  const weight = new CompensatedSum();
  const frequency = new Float64Array(source.classes);
  kernels.forEachRow(width, (j, w, kernel) => {
    frequency.fill(0);
    let total = 0;
    for (const i of kernels.rows) {
      frequency[labels[i]!]! += kernel[i]!;
      total += kernel[i]!;
    }
    let distance = 0;
    for (let k = 0; k < source.classes; k += 1) {
      distance += power(Math.abs(frequency[k]! / total - kernels.probability(j, k)), norm);
    }
    sum.add(w * distance);
    weight.add(w);
  });
  const mean = sum.value / weight.value;
  return { value: mean === 0 ? 0 : norm === 1 ? mean : exp(log(mean) / norm), bandwidth: width };
}

function power(value: number, norm: number): number {
  if (norm === 1 || value === 0) return value;
  return norm === 2 ? value * value : exp(norm * log(value));
}
