import { countText } from '../core/count-text.ts';
import type { StoredNumbers } from '../core/number-store.ts';
import type { WeightKind } from '../core/scored-set.ts';
import { weightSums } from '../core/weight-sums.ts';

/** What the weights of a table were taken for: `weights as importance weights (effective rows 512 of 2000)`. */
export function weightingText(weights: StoredNumbers<Float64Array>, kind: WeightKind): string {
  const { rows, sum, effective } = weightSums(weights);
  return kind === 'counts'
    ? `weights as counts (${countText(rows)} rows written out as ${countText(Math.round(sum))})`
    : `weights as importance weights (effective rows ${countText(Math.round(effective))} of ${countText(rows)})`;
}
