import { checkBinCount, checkOptionNames } from '../core/checks.ts';
import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { storedNumbers } from '../core/number-store.ts';
import { binIndex, equalWidthEdges } from '../numerics/binning.ts';
import { checkedSample } from './checked-sample.ts';
import { judgePredictions } from './row-scores.ts';
import type { StoredConfidences } from './tabulate.ts';

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
  labels: LabelInput,
  options: HistogramOptions = {},
): ConfidenceHistogram {
  checkOptionNames(options, ['bins']);
  const { bins = 20 } = options;
  checkBinCount(bins);
  const sample = checkedSample(probabilities, labels, undefined);
  const { confidence, correct } = judgePredictions(sample.source, sample.labels);
  return histogramOf({ confidence: storedNumbers(confidence), correct: storedNumbers(correct) }, bins);
}

/** Confidences read at a time. */
const atOnce = 4096;

/** The histogram of confidences already at hand. */
export function histogramOf(
  { confidence, correct }: Pick<StoredConfidences, 'confidence' | 'correct'>,
  bins = 20,
): ConfidenceHistogram {
  const edges = equalWidthEdges(bins);
  const all = new Array<number>(bins).fill(0);
  const right = new Array<number>(bins).fill(0);
  for (let from = 0; from < confidence.length; from += atOnce) {
    const to = Math.min(from + atOnce, confidence.length);
    const values = confidence.read(from, to);
    const hits = correct.read(from, to);
    for (let i = 0; i < values.length; i += 1) {
      const bin = binIndex(values[i]!, edges, 'right-closed');
      all[bin]! += 1;
      right[bin]! += hits[i]!;
    }
  }
  return { all, correct: right };
}
