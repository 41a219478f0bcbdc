import { checkBinCount, checkOptionNames } from '../core/checks.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { binIndex, equalWidthEdges } from '../numerics/binning.ts';
import { checkedSample } from './checked-sample.ts';
import { judgePredictions } from './row-scores.ts';
import type { JudgedConfidences } from './tabulate.ts';

/** Rows per bin of confidence. */
export interface ConfidenceHistogram {
  /** All rows. */
  readonly all: readonly number[];
  /** Rows whose prediction is right. */
  readonly correct: readonly number[];
}

/** Options of {@link confidenceHistogram}. */
export interface HistogramOptions {
  /** Number of equal-width bins over 0..1, right-closed; a whole number 1..10000. Default 20. */
  readonly bins?: number;
}

/**
 * Counts rows by confidence, all of them and the correct ones, in right-closed bins of equal width over 0..1.
 *
 * @param probabilities N×K probabilities, or one column with the probability of class 1.
 * @param labels N class indices, 0-based.
 * @returns Two lists of counts, one number per bin; weights play no part.
 * @throws CalibrationError `E_BINS`, `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, or a label code.
 *
 * @example
 * ```ts
 * import { confidenceHistogram } from 'calibrant';
 *
 * const { all, correct } = confidenceHistogram([[0.9, 0.1], [0.4, 0.6]], [0, 0], { bins: 4 });
 * assert.deepEqual(all, [0, 0, 1, 1]);
 * assert.deepEqual(correct, [0, 0, 0, 1]);
 * ```
 */
export function confidenceHistogram(
  probabilities: MatrixInput,
  labels: ArrayLike<number>,
  options: HistogramOptions = {},
): ConfidenceHistogram {
  checkOptionNames(options, ['bins']);
  const { bins = 20 } = options;
  checkBinCount(bins);
  const sample = checkedSample(probabilities, labels, undefined);
  return histogramOf(judgePredictions(sample.source, sample.labels), bins);
}

/** The histogram of confidences already at hand. */
export function histogramOf({ confidence, correct }: JudgedConfidences, bins = 20): ConfidenceHistogram {
  const edges = equalWidthEdges(bins);
  const all = new Array<number>(bins).fill(0);
  const right = new Array<number>(bins).fill(0);
  for (let i = 0; i < confidence.length; i += 1) {
    const bin = binIndex(confidence[i]!, edges, 'right-closed');
    all[bin]! += 1;
    right[bin]! += correct[i]!;
  }
  return { all, correct: right };
}
