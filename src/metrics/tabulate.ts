import { equalMassEdges, equalWidthEdges } from '../numerics/binning.ts';
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

/** Bin edges by the rule; equal-mass edges depend on the values. */
export function edgesBy(rule: TableRule, values: Float64Array, weights?: Float64Array): Float64Array {
  return rule.scheme === 'equal-width'
    ? equalWidthEdges(rule.requested)
    : equalMassEdges(values, rule.requested, rule.closure, weights);
}

/** Sorts confidences into bins: the table every top-label measure reads. */
export function tabulate(
  { confidence, correct, weights }: JudgedConfidences,
  rule: TableRule,
): ReliabilityBins {
  const sums = new BinSums([edgesBy(rule, confidence, weights)], rule);
  for (let i = 0; i < confidence.length; i += 1) {
    sums.add(0, confidence[i]!, correct[i] === 1, weights === undefined ? 1 : weights[i]!);
  }
  return sums.table(0);
}
