import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { binIndex } from '../numerics/binning.ts';

/** Tells the bin of a confidence in a finished table. */
export function binsOf(table: ReliabilityBins): (confidence: number) => number {
  const edges = edgesOf(table);
  return (confidence) => binIndex(confidence, edges, table.rule.closure);
}

/** The bin of each confidence in a finished table. */
export function rowBins(confidence: Float64Array, table: ReliabilityBins): Uint16Array {
  const binOf = binsOf(table);
  const found = new Uint16Array(confidence.length);
  for (let i = 0; i < found.length; i += 1) found[i] = binOf(confidence[i]!);
  return found;
}

/** The edges of a finished table. */
export function edgesOf({ bins }: ReliabilityBins): Float64Array {
  return Float64Array.of(...bins.map(({ low }) => low), bins.at(-1)!.high);
}
