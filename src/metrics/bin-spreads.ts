import { binIndex } from '../numerics/binning.ts';
import type { TableRule } from './bin-options.ts';
import type { ReliabilityBins } from './bin-table.ts';
import { CompensatedCells } from './compensated-cells.ts';
import type { JudgedConfidences } from './tabulate.ts';

/** What a table does not keep of the rows in its bins. */
export interface BinSpreads {
  /** Σ w (p − p̄_b)² of each bin. */
  readonly variance: Float64Array;
  /** Σ w (y − ȳ_b)(p − p̄_b) of each bin. */
  readonly covariance: Float64Array;
}

/** Sums about the means of a finished table, in a second pass over its rows. */
export function binSpreads(
  { bins }: ReliabilityBins,
  { confidence, correct, weights }: JudgedConfidences,
  { closure }: TableRule,
): BinSpreads {
  const edges = Float64Array.from([...bins.map(({ low }) => low), bins[bins.length - 1]!.high]);
  const variance = new CompensatedCells(bins.length);
  const covariance = new CompensatedCells(bins.length);
  for (let i = 0; i < confidence.length; i += 1) {
    const w = weights === undefined ? 1 : weights[i]!;
    if (w === 0) continue;
    const b = binIndex(confidence[i]!, edges, closure);
    const away = confidence[i]! - bins[b]!.confidence!;
    variance.add(b, w * away * away);
    covariance.add(b, w * away * (correct[i]! - bins[b]!.accuracy!));
  }
  const each = (value: (b: number) => number): Float64Array => Float64Array.from(bins, (_, b) => value(b));
  return {
    variance: each((b) => variance.value(b)),
    covariance: each((b) => covariance.value(b)),
  };
}
