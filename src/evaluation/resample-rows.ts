import type { RandomSource } from '../core/random.ts';
import type { PairedRows } from './paired-rows.ts';
import { PairedSums, type Resample } from './paired-sums.ts';

/**
 * Rows drawn with replacement. The draws only count how often each row came up, so the sums are taken in row order:
 * O(N) per resample, with few cache misses.
 */
export function resampleRows(paired: PairedRows, random: RandomSource): Resample {
  const { rows, weight, nll, brier, binBefore, gapBefore, binAfter, gapAfter } = paired;
  const drawn = new Uint32Array(rows);
  const sums = new PairedSums(paired.bins);
  return () => {
    drawn.fill(0);
    for (let i = 0; i < rows; i += 1) drawn[random.below(rows)]! += 1;
    sums.clear();
    for (let i = 0; i < rows; i += 1) {
      const times = drawn[i]!;
      if (times === 0) continue;
      sums.weight += times * weight[i]!;
      sums.nll += times * nll[i]!;
      sums.brier += times * brier[i]!;
      sums.before[binBefore[i]!]! += times * gapBefore[i]!;
      sums.after[binAfter[i]!]! += times * gapAfter[i]!;
    }
    return sums;
  };
}
