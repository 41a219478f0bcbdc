import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { binIndex } from '../numerics/binning.ts';

/** The bin of each confidence in a finished table. */
export function rowBins(confidence: Float64Array, table: ReliabilityBins): Uint16Array {
  const edges = edgesOf(table);
  const found = new Uint16Array(confidence.length);
  for (let i = 0; i < found.length; i += 1) found[i] = binIndex(confidence[i]!, edges, table.rule.closure);
  return found;
}

/** The edges of a finished table. */
export function edgesOf({ bins }: ReliabilityBins): Float64Array {
  return Float64Array.of(...bins.map(({ low }) => low), bins.at(-1)!.high);
}
