import type { ReliabilityBins } from '../metrics/reliability-bins.ts';
import { binIndex } from '../numerics/binning.ts';

/** The bin of each confidence in a finished table. */
export function rowBins(confidence: Float64Array, { bins, rule }: ReliabilityBins): Uint16Array {
  const edges = Float64Array.of(...bins.map(({ low }) => low), bins.at(-1)!.high);
  return Uint16Array.from(confidence, (value) => binIndex(value, edges, rule.closure));
}
