import { type ProgressListener, throwIfAborted } from '../core/cancellation.ts';
import { seededRandom } from '../core/random.ts';
import { quantileOfSorted } from '../numerics/order-statistics.ts';
import type { BootstrapRecord, Change, Evaluation } from './evaluation.ts';
import type { JudgedRows } from './judge-rows.ts';
import { pairRows } from './paired-rows.ts';
import { resampleCells } from './resample-cells.ts';
import { resampleRows } from './resample-rows.ts';
import { rowPairs } from './row-pairs.ts';

/** Options of {@link bootstrapChanges}, all decided by the caller. */
export interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
  readonly level: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  /** Default: `rows` up to 20,000 rows, `normal-limit` above. */
  readonly method?: BootstrapRecord['method'];
}

/** Up to here, drawing rows takes about half a second for 1,000 resamples. */
const mostRowsDrawn = 20_000;

/** Resamples between two looks at the signal. */
const stride = 50;

/**
 * Paired bootstrap of the changes in NLL, Brier score and ECE: every resample computes both sides on the same rows, and
 * the middle `level` of the differences is the interval (percentile method). Bins stay those of the full data.
 *
 * Resampling adds noise to every bin, so the ECE of a resample is a little above the ECE of the data, on both sides of
 * the comparison; where one side is nearly calibrated its interval leans towards 0 by that much.
 *
 * Cost O(N) per resample up to 20,000 rows, above that O(N) once (see `resampleCells`).
 *
 * Source: Efron and Tibshirani 1993, "An Introduction to the Bootstrap", on percentile intervals.
 */
export function bootstrapChanges(
  before: JudgedRows,
  after: JudgedRows,
  options: BootstrapOptions,
): { readonly changes: NonNullable<Evaluation['changes']>; readonly record: BootstrapRecord } {
  const { resamples, seed, level, signal, onProgress } = options;
  const pairs = rowPairs(before, after);
  const { method = pairs.rows > mostRowsDrawn ? 'normal-limit' : 'rows' } = options;
  const resample =
    method === 'rows' ? resampleRows(pairRows(pairs), seed) : resampleCells(pairs, seededRandom(seed));
  const [nll, brier, ece] = [0, 1, 2].map(() => [] as number[]) as [number[], number[], number[]];
  for (let done = 0; done < resamples; done += 1) {
    if (done % stride === 0) {
      throwIfAborted(signal);
      onProgress?.(done, resamples);
    }
    const sums = resample();
    // Only rows of weight 0 were drawn: such a resample has no means.
    if (!(sums.weight > 0)) continue;
    nll.push(sums.nll / sums.weight);
    brier.push(sums.brier / sums.weight);
    ece.push(sums.eceChange() / sums.weight);
  }
  onProgress?.(resamples, resamples);
  const change = (a: number | null, b: number | null, differences: number[]): Change =>
    changeOf(a, b, pairs.rows > 1 ? differences : [], level);
  return {
    changes: {
      nll: change(before.figures.nll, after.figures.nll, nll),
      brier: change(before.figures.brier, after.figures.brier, brier),
      ece: change(before.figures.ece, after.figures.ece, ece),
    },
    record: { resamples, seed, level, method },
  };
}

function changeOf(before: number | null, after: number | null, differences: number[], level: number): Change {
  if (before === null || after === null || differences.length === 0) {
    const difference = before === null || after === null ? null : after - before;
    return { before, after, difference, interval: null, withinNoise: true };
  }
  const sorted = Float64Array.from(differences).sort();
  const low = quantileOfSorted(sorted, (1 - level) / 2);
  const high = quantileOfSorted(sorted, (1 + level) / 2);
  return {
    before,
    after,
    difference: after - before,
    interval: [low, high],
    withinNoise: low <= 0 && high >= 0,
  };
}
