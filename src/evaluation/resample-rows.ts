import { seededState } from '../core/random.ts';
import { kernels } from '../kernels/kernels.ts';
import { type Kernels, type PairedRows, resampleSize } from '../kernels/kernels-contract.ts';
import { PairedSums, type Resample } from './paired-sums.ts';

/** Resamples drawn at a time, for a kernel to be called less often. */
const batch = 50;

/**
 * Rows drawn with replacement. The draws only count how often each row came up, so the sums are taken in row order:
 * O(N) per resample, with few cache misses.
 */
export function resampleRows(paired: PairedRows, seed: number, backend: Kernels = kernels()): Resample {
  const size = resampleSize(paired);
  const state = seededState(seed);
  const drawn = new Float64Array(batch * size);
  const sums = new PairedSums(paired.bins);
  let next = drawn.length;
  return () => {
    if (next === drawn.length) {
      backend.resampleRows(paired, state, drawn);
      next = 0;
    }
    const gaps = next + 3;
    sums.weight = drawn[next]!;
    sums.nll = drawn[next + 1]!;
    sums.brier = drawn[next + 2]!;
    sums.before.set(drawn.subarray(gaps, gaps + paired.bins));
    sums.after.set(drawn.subarray(gaps + paired.bins, next + size));
    next += size;
    return sums;
  };
}
