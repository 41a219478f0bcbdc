import { type StoredNumbers, storedNumbers } from '../core/number-store.ts';
import { equalWidthEdges } from '../numerics/binning.ts';
import { equalMassEdges } from '../numerics/equal-mass-edges.ts';
import type { TableRule } from './bin-options.ts';
import { BinSums } from './bin-sums.ts';
import type { ReliabilityBins } from './bin-table.ts';

/** Confidences with their outcomes: all that a top-label table is made of. */
export interface JudgedConfidences {
  readonly confidence: Float64Array;
  /** 1 where the prediction was right, else 0. */
  readonly correct: Uint8Array;
  readonly weights?: Float64Array | undefined;
}

/** {@link JudgedConfidences} that are read some at a time. */
export interface StoredConfidences {
  readonly confidence: StoredNumbers<Float64Array>;
  readonly correct: StoredNumbers<Uint8Array>;
  readonly weights: StoredNumbers<Float64Array> | undefined;
}

/** Bin edges by the rule; equal-mass edges depend on the values. */
export function edgesBy(
  rule: TableRule,
  values: StoredNumbers<Float64Array>,
  weights: StoredNumbers<Float64Array> | undefined,
): Float64Array {
  return rule.scheme === 'equal-width'
    ? equalWidthEdges(rule.requested)
    : equalMassEdges({ values, weights }, rule.requested, rule.closure);
}

/** Sorts confidences into bins: the table every top-label measure reads. */
export function tabulate(
  { confidence, correct, weights }: JudgedConfidences,
  rule: TableRule,
): ReliabilityBins {
  return tabulateStored(
    {
      confidence: storedNumbers(confidence),
      correct: storedNumbers(correct),
      weights: weights === undefined ? undefined : storedNumbers(weights),
    },
    rule,
  );
}

/** Values read at a time. */
const atOnce = 4096;

/** {@link tabulate} of confidences that are read some at a time. */
export function tabulateStored(
  { confidence, correct, weights }: StoredConfidences,
  rule: TableRule,
): ReliabilityBins {
  const sums = new BinSums([edgesBy(rule, confidence, weights)], rule);
  for (let from = 0; from < confidence.length; from += atOnce) {
    const to = Math.min(from + atOnce, confidence.length);
    const values = confidence.read(from, to);
    const right = correct.read(from, to);
    const shares = weights?.read(from, to);
    for (let i = 0; i < values.length; i += 1) {
      sums.add(0, values[i]!, right[i] === 1, shares === undefined ? 1 : shares[i]!);
    }
  }
  return sums.table(0);
}
