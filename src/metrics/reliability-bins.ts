import type { LabelInput } from '../core/labels.ts';
import type { MatrixInput } from '../core/matrix.ts';
import { type EventBinOptions, eventBinOptionNames, readBinOptions } from './bin-options.ts';
import type { ReliabilityBins } from './bin-table.ts';
import { readSample } from './measure-sample.ts';

export type {
  BinClosure,
  BinRule,
  BinScheme,
  ReliabilityBin,
  ReliabilityBins,
} from './bin-table.ts';

/**
 * The reliability table of top-label confidence: per bin the rows, their mean confidence, their accuracy, the gap
 * between the two and how sure the accuracy is.
 *
 * A row's confidence is its largest probability, its prediction the first class that has it. Equal-width bins have the
 * edges i/n, found by comparison and never by multiplication; 0 and 1 always belong to the first and the last bin.
 * Equal-mass bins cut between values, so that ties stay together and there may be fewer bins than asked for.
 * Probabilities are used as they are, neither renormalised nor clipped. With two classes `binary: 'positive'` makes the
 * table of the probability of class 1 against whether the label is 1.
 *
 * @param probabilities N×K probabilities, or logits as `input` says; one column is the probability of class 1, or its
 * logit.
 * @param labels N class indices, 0-based.
 * @returns The table. Empty bins stay, with `null` where a mean would be; intervals of weighted rows use the effective
 * number of rows (Σw)²/Σw².
 * @throws CalibrationError `E_BINS`, `E_OPTION`, `E_PROB_RANGE`, `E_PROB_SUM`, or one of the label and weight codes.
 *
 * @example
 * ```ts
 * import { reliabilityBins } from 'calibrant';
 *
 * const { bins } = reliabilityBins([[0.9, 0.1], [0.8, 0.2], [0.4, 0.6]], [0, 1, 1], { bins: 2 });
 * assert.deepEqual(bins.map(({ count }) => count), [0, 3]);
 * assert.equal(bins[0]?.accuracy, null);
 * assert.equal(bins[1]?.accuracy, 2 / 3);
 * ```
 *
 * Source: Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks"; intervals: Wilson 1927,
 * "Probable inference, the law of succession, and statistical inference"; Clopper and Pearson 1934, "The use of
 * confidence or fiducial limits illustrated in the case of the binomial".
 */
export function reliabilityBins(
  probabilities: MatrixInput,
  labels: LabelInput,
  options: EventBinOptions = {},
): ReliabilityBins {
  const rule = readBinOptions(options, eventBinOptionNames);
  return readSample(probabilities, labels, options).table(rule);
}
