import { checkOneOf } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { CompensatedSum } from '../numerics/compensated-sum.ts';
import { type BinOptions, binOptionNames, readBinOptions, type TableRule } from './bin-options.ts';
import { eceOfBins } from './expected-calibration-error.ts';
import { type MeasureSample, readSample } from './measure-sample.ts';
import { tabulate } from './tabulate.ts';
import type { PartialClasswiseError } from './thresholded-adaptive-calibration-error.ts';

/** Options of {@link topLabelCalibrationError}. */
export interface TopLabelOptions extends BinOptions {
  /** `by-frequency`: classes count by how often they are predicted. `by-class`: alike. Default `by-frequency`. */
  readonly average?: 'by-frequency' | 'by-class';
}

/**
 * Top-label conditional calibration error: the expected calibration error of the confidence, among the rows with the
 * same predicted class, averaged over the predicted classes.
 *
 * Σ_k (n_k/n)·ECE(rows with ŷ = k). Overconfidence in one class and underconfidence in another cancel in the plain ECE
 * and do not cancel here, so it is never the smaller one on the same equal-width bins.
 *
 * @param scores N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its logit.
 * @param labels N class indices, 0-based.
 * @returns The mean and the error of each predicted class, shares in 0..1; `null` for classes never predicted.
 * @throws CalibrationError as `reliabilityBins`.
 *
 * @example
 * ```ts
 * import { expectedCalibrationError, topLabelCalibrationError } from 'calibrant';
 *
 * // Class 0 is underconfident and class 1 overconfident, by as much.
 * const rows = [...Array(4).fill([0.75, 0.25]), ...Array(4).fill([0.25, 0.75])];
 * const labels = [0, 0, 0, 0, 1, 1, 0, 0];
 * assert.equal(topLabelCalibrationError(rows, labels).mean, 0.25);
 * assert.equal(expectedCalibrationError(rows, labels), 0);
 * ```
 *
 * Source: Gupta and Ramdas 2022, "Top-label calibration and multiclass-to-binary reductions".
 */
export function topLabelCalibrationError(
  scores: MatrixInput,
  labels: LabelInput,
  options: TopLabelOptions = {},
): PartialClasswiseError {
  const rule = readBinOptions(options, [...binOptionNames, 'average']);
  const { average = 'by-frequency' } = options;
  checkOneOf('average', average, ['by-frequency', 'by-class']);
  return topLabelErrorOfSample(readSample(scores, labels, options), rule, average);
}

/** Top-label conditional error of a checked sample. */
export function topLabelErrorOfSample(
  sample: MeasureSample,
  rule: TableRule,
  average: 'by-frequency' | 'by-class' = 'by-frequency',
): PartialClasswiseError {
  const sum = new CompensatedSum();
  const total = new CompensatedSum();
  const perClass = rowsByPrediction(sample).map((rows) => {
    if (rows.length === 0) return null;
    const { confidence, correct } = sample.rowScores();
    const { weights } = sample;
    const table = tabulate(
      {
        confidence: Float64Array.from(rows, (i) => confidence[i]!),
        correct: Uint8Array.from(rows, (i) => correct[i]!),
        weights: weights && Float64Array.from(rows, (i) => weights[i]!),
      },
      rule,
    );
    const error = eceOfBins(table);
    const share = average === 'by-class' ? 1 : table.totalWeight;
    sum.add(share * error);
    total.add(share);
    return error;
  });
  return { mean: sum.value / total.value, perClass };
}

/** The rows of weight above 0 that each class is predicted for. */
function rowsByPrediction({ source, weights }: MeasureSample): number[][] {
  const rows = Array.from({ length: source.classes }, (): number[] => []);
  const p = new Float64Array(source.classes);
  for (let i = 0; i < source.rows; i += 1) {
    const predicted = source.read(i, p);
    if (weights === undefined || weights[i]! > 0) rows[predicted]!.push(i);
  }
  return rows;
}
